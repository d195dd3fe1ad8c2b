import type { ConfigurationModel } from "@opentelemetry/configuration";
import type { Signal } from "../../otlp/signal.ts";
import { type OtlpExporterModel, otlpTarget, TargetError } from "../otlp/target.ts";
import { MAX_TIMER_MS } from "../../time.ts";
import { isHeader, PAIRS } from "../value_types.ts";
import { attributeProblem } from "./attribute_type.ts";
import { escapeName } from "./json_pointer.ts";
import type { SchemaProblem } from "./schema_problems.ts";

type Model = Readonly<Record<string, unknown>>;

/** A problem of a value, and the property that it is in; undefined if there is none. */
type Rule = (value: unknown, pointer: string) => { text: string; at?: string } | undefined;

/** By the last part of the JSON pointer. */
const RULES: readonly (readonly [RegExp, Rule])[] = [
  [/\/exporter\/otlp_(http|grpc)$/, judgeOtlp],
  [/\/headers\/\d+$/, judgeHeader],
  [/\/(schedule_delay|export_timeout|timeout|interval)$/, judgeTime],
  [/^\/resource\/attributes_list$/, judgeAttributesList],
  [/^\/resource\/attributes\/\d+$/, (value) => attributeProblem(value as Model)],
  [/^\/meter_provider\/views\/\d+$/, judgeView],
  [/^\/distribution\/otel_kit\/trust_proxy$/, judgeBoolean],
];

/** Problems that the schema can't express. */
export function findMeaningProblems(configuration: ConfigurationModel): SchemaProblem[] {
  const problems: SchemaProblem[] = [];
  const visit = (value: unknown, pointer: string) => {
    if (value === null || value === undefined) return;
    for (const [place, rule] of RULES) {
      if (!place.test(pointer)) continue;
      const problem = rule(value, pointer);
      if (problem) problems.push({ pointer: pointer + (problem.at ?? ""), text: problem.text });
    }
    if (typeof value !== "object") return;
    for (const [name, member] of Object.entries(value)) {
      visit(member, `${pointer}/${escapeName(name)}`);
    }
  };
  visit(configuration, "");
  return problems;
}

const SIGNALS: Readonly<Record<string, Signal>> = {
  tracer_provider: "traces",
  meter_provider: "metrics",
  logger_provider: "logs",
};

/** Checks headers one by one. */
function judgeOtlp(value: unknown, pointer: string): ReturnType<Rule> {
  const name = pointer.slice(pointer.lastIndexOf("/") + 1);
  const signal = SIGNALS[pointer.split("/")[1] ?? ""] ?? "traces";
  try {
    otlpTarget({ [name]: value } as OtlpExporterModel, signal);
    return undefined;
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    return { text: error.message, at: `/${error.property}` };
  }
}

function judgeHeader(value: unknown): ReturnType<Rule> {
  const { name, value: text } = value as { name: string; value: string | null };
  return isHeader(name, text ?? "")
    ? undefined
    : { text: "must be a valid HTTP header name and value (the value is not shown)" };
}

function judgeTime(value: unknown): ReturnType<Rule> {
  return typeof value === "number" && value > MAX_TIMER_MS
    ? { text: `must be at most ${MAX_TIMER_MS}; it is in milliseconds` }
    : undefined;
}

function judgeAttributesList(value: unknown): ReturnType<Rule> {
  return value === "" || PAIRS.parse(String(value))
    ? undefined
    : { text: `must be ${PAIRS.expected}, percent-encoded` };
}

function judgeBoolean(value: unknown): ReturnType<Rule> {
  return typeof value === "boolean" ? undefined : { text: "must be boolean" };
}

/** Several instruments can't share a name. */
function judgeView(value: unknown): ReturnType<Rule> {
  const { selector, stream } = value as { selector: Model; stream: Model };
  const { instrument_name: instrument } = selector;
  const isOne = typeof instrument === "string" && !/[*?]/.test(instrument);
  return isOne || typeof stream.name !== "string" ? undefined : {
    text: "must not be set for several instruments: expected one instrument_name, " +
      "without wildcards, in the selector",
    at: "/stream/name",
  };
}
