/** The parts of a file's code that its telemetry depends on. */
export interface SourceFacts {
  /** Whether a tracer provider is registered globally, or used without that. */
  hasProvider: boolean;
  hasOtlpExporter: boolean;
  /** The same for metrics; undefined if it counts none. */
  hasMetricExporter?: boolean;
  /** Whether the resource reads `OTEL_SERVICE_NAME`. */
  readsEnvironment: boolean;
  /** How many spans it starts and ends, as written. */
  starts: number;
  ends: number;
  /** The exporter's address, if it is written in the code. */
  exporterUrl?: string;
  /** Whether the exporter uses gRPC. */
  isGrpc: boolean;
  /** Texts in double quotes, which contain the names of services. */
  texts: ReadonlySet<string>;
}

/** Comments; a URL in a string is not one. */
const COMMENTS = /\/\*[^]*?\*\/|(?<!:)\/\/[^\n]*/g;

/**
 * Finds facts in the text of a file. It doesn't run or parse the code, so it is good enough for advice once
 * telemetry is missing, but not to judge a step.
 */
export function readSource(text: string): SourceFacts {
  const code = text.replace(COMMENTS, "");
  const count = (pattern: RegExp) => code.match(pattern)?.length ?? 0;
  const exporterUrl = /OTLPTraceExporter\(\{[^}]{0,500}?\burl:\s*["'`]([^"'`]+)/.exec(code)?.[1];
  return {
    hasProvider: /\bsetGlobalTracerProvider\(|\.register\(|(?<!\btrace)\.getTracer\(/.test(code),
    hasOtlpExporter: /new OTLPTraceExporter\b/.test(code),
    readsEnvironment: /\benvDetector\b/.test(code),
    ...count(/new MeterProvider\b/g) > 0 &&
      { hasMetricExporter: /new OTLPMetricExporter\b/.test(code) },
    starts: count(/\.start(Active)?Span\(/g),
    ends: count(/\.end\(/g),
    isGrpc: code.includes("exporter-trace-otlp-grpc"),
    texts: new Set(Array.from(code.matchAll(/"([^"\n]*)"/g), ([, text]) => text!)),
    ...exporterUrl !== undefined && { exporterUrl },
  };
}
