import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.util.concurrent.TimeUnit;

/**
 * Sends a hundred spans, log records and increments of a counter with OpenTelemetry's Java SDK, as
 * tests/collector/receivers/sdk_senders_test.ts wants it. The variables OTEL_* configure it.
 */
class Sender {
    private static final int COUNT = 100;

    public static void main(String[] arguments) {
        OpenTelemetrySdk sdk = AutoConfiguredOpenTelemetrySdk.builder()
            .disableShutdownHook()
            .build()
            .getOpenTelemetrySdk();
        var tracer = sdk.getTracer("test");
        var logger = sdk.getLogsBridge().get("test");
        var calls = sdk.getMeter("test").counterBuilder("calls").build();
        for (int i = 0; i < COUNT; i++) {
            var span = tracer.spanBuilder("span " + i).startSpan();
            logger.logRecordBuilder().setBody("record " + i).emit();
            calls.add(1);
            span.end();
        }
        boolean isDone = sdk.shutdown().join(30, TimeUnit.SECONDS).isSuccess();
        System.exit(isDone ? 0 : 1);
    }
}
