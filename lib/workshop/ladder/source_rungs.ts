import { join } from "node:path";
import { findSpans } from "../backends/jaeger.ts";
import { broken, type Climb, type Rung } from "./rung.ts";
import { readSource, type SourceFacts } from "./source.ts";

/** What the learner's file contains; undefined if the step has no file, or it can't be read. */
export async function readLearnerSource(
  { program }: Pick<Climb, "program">,
): Promise<SourceFacts | undefined> {
  if (!program?.file) return undefined;
  try {
    const { folder, name } = program.file;
    return readSource(await Deno.readTextFile(join(folder, name)));
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return undefined;
  }
}

/**
 * If nothing arrives from an app that responds: which part of its file is missing? A program that is
 * instrumented from outside has none of these parts.
 */
export async function sourceRungs(way: Climb): Promise<Rung[]> {
  const { backends, service, startedAt, program, signals } = way;
  if (!program?.file || program.isAuto) return [];
  if (signals.includes("metrics")) return await metricRungs(way);
  if (service === undefined) return [];
  if ((await findSpans(backends.jaegerUrl, { service, since: startedAt })).length > 0) return [];
  const facts = await readLearnerSource(way);
  if (!facts) return [];
  const { name } = program.file;
  const silent = `no spans from the app arrived, and ${name}`;
  if (facts.starts > 0 && facts.ends === 0) {
    return [
      broken(
        "span-end",
        `${silent} never ends a span`,
        "A span is sent when it ends: call `root.end()`, in `finally` if the route can throw.",
      ),
    ];
  }
  if (!facts.hasProvider) {
    return [
      broken(
        "provider",
        `${silent} registers no provider, so its spans are never recorded`,
        "Register it before the first span: `trace.setGlobalTracerProvider(provider)`.",
      ),
    ];
  }
  if (!facts.hasOtlpExporter) {
    return [
      broken(
        "exporter",
        `${silent} has no exporter for OTLP`,
        "Add one to the provider: `new BatchSpanProcessor(new OTLPTraceExporter())`.",
      ),
    ];
  }
  return urlRungs(facts, way, silent);
}

/** Does the file send the metrics that it creates? */
async function metricRungs(way: Climb): Promise<Rung[]> {
  if ((await readLearnerSource(way))?.hasMetricExporter !== false) return [];
  const { name } = way.program!.file!;
  return [
    broken(
      "exporter",
      `no metrics from the app arrived, and ${name} has no exporter for metrics over OTLP`,
      "Add one to the provider's `readers`: `new PeriodicExportingMetricReader({ exporter: new " +
        "OTLPMetricExporter() })`.",
    ),
  ];
}

/** The address in the code: the exporter uses it unchanged, so it needs the right port and a path. */
function urlRungs(
  { exporterUrl, isGrpc }: SourceFacts,
  { backends }: Climb,
  silent: string,
): Rung[] {
  if (exporterUrl === undefined || !URL.canParse(exporterUrl)) return [];
  const right = isGrpc ? backends.otlpGrpcUrl : `${backends.otlpHttpUrl}/v1/traces`;
  const { port, pathname } = new URL(exporterUrl);
  const isRight = port === new URL(right).port && (isGrpc || pathname === "/v1/traces");
  if (isRight) return [];
  return [
    broken(
      "exporter",
      `${silent} sends to ${exporterUrl}`,
      `For OTLP over ${
        isGrpc ? "gRPC" : "HTTP"
      }, the address is ${right}. Change it, or leave it out.`,
    ),
  ];
}
