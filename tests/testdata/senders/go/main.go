// Sends a hundred spans, log records and increments of a counter with OpenTelemetry's Go SDK, as
// tests/collector/receivers/sdk_senders_test.ts wants it. The variables OTEL_EXPORTER_OTLP_* configure it.
package main

import (
	"context"
	"fmt"
	"log"
	"os"

	"go.opentelemetry.io/otel/attribute"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploggrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlplog/otlploghttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetricgrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlpmetric/otlpmetrichttp"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracegrpc"
	"go.opentelemetry.io/otel/exporters/otlp/otlptrace/otlptracehttp"
	otellog "go.opentelemetry.io/otel/log"
	sdklog "go.opentelemetry.io/otel/sdk/log"
	"go.opentelemetry.io/otel/sdk/metric"
	"go.opentelemetry.io/otel/sdk/trace"
)

const count = 100

func main() {
	ctx := context.Background()
	spans, records, points := exporters(ctx)
	tracers := trace.NewTracerProvider(trace.WithBatcher(spans))
	loggers := sdklog.NewLoggerProvider(sdklog.WithProcessor(sdklog.NewBatchProcessor(records)))
	meters := metric.NewMeterProvider(metric.WithReader(metric.NewPeriodicReader(points)))
	tracer, logger := tracers.Tracer("test"), loggers.Logger("test")
	calls, err := meters.Meter("test").Int64Counter("calls")
	check(err)
	for i := range count {
		inner, span := tracer.Start(ctx, fmt.Sprintf("span %d", i))
		var record otellog.Record
		record.SetBody(attribute.StringValue(fmt.Sprintf("record %d", i)))
		logger.Emit(inner, record)
		calls.Add(ctx, 1)
		span.End()
	}
	check(tracers.Shutdown(ctx))
	check(loggers.Shutdown(ctx))
	check(meters.Shutdown(ctx))
}

func exporters(ctx context.Context) (trace.SpanExporter, sdklog.Exporter, metric.Exporter) {
	if os.Getenv("OTEL_EXPORTER_OTLP_PROTOCOL") == "grpc" {
		spans, err := otlptrace.New(ctx, otlptracegrpc.NewClient())
		check(err)
		records, err := otlploggrpc.New(ctx)
		check(err)
		points, err := otlpmetricgrpc.New(ctx)
		check(err)
		return spans, records, points
	}
	spans, err := otlptrace.New(ctx, otlptracehttp.NewClient())
	check(err)
	records, err := otlploghttp.New(ctx)
	check(err)
	points, err := otlpmetrichttp.New(ctx)
	check(err)
	return spans, records, points
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
