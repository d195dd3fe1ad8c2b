//! Sends a hundred spans, log records and increments of a counter with OpenTelemetry's Rust SDK, as
//! tests/collector/receivers/sdk_senders_test.ts wants it. The variables OTEL_EXPORTER_OTLP_* configure it.

use std::error::Error;

use opentelemetry::logs::{AnyValue, LogRecord, Logger, LoggerProvider};
use opentelemetry::metrics::MeterProvider;
use opentelemetry::trace::{Span, Tracer, TracerProvider};
use opentelemetry_otlp::{LogExporter, MetricExporter, SpanExporter};
use opentelemetry_sdk::logs::SdkLoggerProvider;
use opentelemetry_sdk::metrics::SdkMeterProvider;
use opentelemetry_sdk::trace::SdkTracerProvider;

const COUNT: u64 = 100;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Runtime::new()?;
    // The gRPC exporters start tasks.
    let _guard = runtime.enter();
    let (spans, records, points) = exporters()?;
    let tracers = SdkTracerProvider::builder().with_batch_exporter(spans).build();
    let loggers = SdkLoggerProvider::builder().with_batch_exporter(records).build();
    let meters = SdkMeterProvider::builder().with_periodic_exporter(points).build();
    let tracer = tracers.tracer("test");
    let logger = loggers.logger("test");
    let calls = meters.meter("test").u64_counter("calls").build();
    for i in 0..COUNT {
        let mut span = tracer.start(format!("span {i}"));
        let mut record = logger.create_log_record();
        record.set_body(AnyValue::from(format!("record {i}")));
        logger.emit(record);
        calls.add(1, &[]);
        span.end();
    }
    tracers.shutdown()?;
    loggers.shutdown()?;
    meters.shutdown()?;
    Ok(())
}

fn exporters() -> Result<(SpanExporter, LogExporter, MetricExporter), Box<dyn Error>> {
    if std::env::var("OTEL_EXPORTER_OTLP_PROTOCOL").as_deref() == Ok("grpc") {
        return Ok((
            SpanExporter::builder().with_tonic().build()?,
            LogExporter::builder().with_tonic().build()?,
            MetricExporter::builder().with_tonic().build()?,
        ));
    }
    Ok((
        SpanExporter::builder().with_http().build()?,
        LogExporter::builder().with_http().build()?,
        MetricExporter::builder().with_http().build()?,
    ))
}
