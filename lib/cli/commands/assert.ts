import { messageOf } from "../../error_message.ts";
import { embeddedBackends } from "../../workshop/backends/backends.ts";
import { checkStep } from "../../workshop/check/check_step.ts";
import type { CheckContext, Outcome } from "../../workshop/conditions/outcome.ts";
import { CourseError } from "../../workshop/course/read_course.ts";
import { EXPECTATION_KINDS, parseExpectations } from "../../workshop/course/expectations.ts";
import type { Condition } from "../../workshop/course/step.ts";
import { ADDRESSES } from "../collector/answer_shapes.ts";
import { type ApiClient, clientOf, UI_URL_FLAG } from "../collector/api_client.ts";
import { readRange, SINCE_FLAG } from "../collector/time_flags.ts";
import { defineCommand } from "../command.ts";
import { UsageError } from "../errors.ts";
import { readDuration } from "../flags/duration.ts";
import type { FlagTable } from "../flags/flags.ts";
import { type Help, section } from "../flags/help.ts";
import { paint } from "../terminal/style.ts";
import { visible } from "../../unsafe_text.ts";

const DEFAULT_TIMEOUT = "10s";

const FLAGS = {
  timeout: {
    placeholder: "TIME",
    nonEmpty: true,
    help: "How long to wait for telemetry that an expectation needs, such as 500ms, 30s, or 2m " +
      `(default ${DEFAULT_TIMEOUT})`,
  },
  ...SINCE_FLAG,
  json: { help: "Print one line of JSON per expectation" },
  ...UI_URL_FLAG,
} as const satisfies FlagTable;

/** `otel-kit assert`: checks what a collector stores against expectations in a file. */
export const assert = defineCommand({
  name: "assert",
  flags: FLAGS,
  arguments: "mixed",
  help,
  async run({ flags, rest }, { output, stop }) {
    const client = clientOf(flags);
    const maxPatienceMillis = readDuration("timeout", flags.timeout ?? DEFAULT_TIMEOUT, {
      minMillis: 0,
    });
    const startedAt = Number(BigInt(readRange(flags).since ?? "0") / 1_000_000n);
    const conditions = await readConditions(rest);
    const context = await contextOf(client, startedAt);
    const outcomes = await checkStep({ conditions }, context, { maxPatienceMillis, signal: stop });
    for (const outcome of outcomes) {
      output.data(flags.json ? JSON.stringify(jsonOf(outcome)) : linesOf(outcome).join("\n"));
    }
    const failed = outcomes.filter(({ state }) => state !== "passed").length;
    const all = outcomes.length === 1 ? "The expectation is" : `All ${outcomes.length} are`;
    output.status(failed === 0 ? `${all} met` : `${failed} of ${outcomes.length} are not met`);
    return failed === 0 ? 0 : 1;
  },
});

async function readConditions([file, other]: readonly string[]): Promise<Condition[]> {
  if (file === undefined || other !== undefined) {
    throw new UsageError("Cannot assert: expected one file, such as telemetry.yaml");
  }
  try {
    return parseExpectations(file, await Deno.readTextFile(file));
  } catch (error) {
    if (error instanceof CourseError) throw new UsageError(error.message);
    const reason = error instanceof Deno.errors.NotFound
      ? "there is no such file"
      : messageOf(error);
    throw new UsageError(`Cannot read "${file}": ${reason}`);
  }
}

/** Conditions about a learner's files or answers can't occur in a file of expectations. */
async function contextOf(client: ApiClient, startedAt: number): Promise<CheckContext> {
  const addresses = await client.get("/api/kit/stats", ADDRESSES);
  return {
    backends: embeddedBackends({ ...addresses, uiUrl: client.origin }),
    appUrl: "",
    folder: ".",
    hasFolder: false,
    startedAt,
    readings: {},
    own: { addSpan: () => Promise.resolve(), countSpans: () => Promise.resolve(0) },
    seen: [],
    answers: {},
    memory: new Map(),
  };
}

function linesOf({ says, state, evidence, found, advice }: Outcome): string[] {
  if (state === "passed") {
    const trace = evidence?.traceId ? ` (trace ${evidence.traceId})` : "";
    return [paint("green", `✓ ${visible(says)}`), `  ${visible(evidence?.text ?? "")}${trace}`];
  }
  return [
    paint("red", `✕ ${visible(says)}`),
    `  ${visible(found)}`,
    ...advice ? [`  ${advice}`] : [],
  ];
}

function jsonOf({ id, says, state, evidence, reason, found }: Outcome): unknown {
  return { id, says, isMet: state === "passed", ...evidence && { evidence }, reason, found };
}

function help(): Help {
  return {
    usage: "FILE [flags]",
    about: "Checks what a running collector stores against the expectations in a YAML file, and " +
      "prints the evidence. Exits with 1 if one is not met, for CI. " +
      `Kinds of expectations: ${EXPECTATION_KINDS.join(", ")}.`,
    more: [
      section("A file", [
        ["expect:", ""],
        ["- says: an order is traced", ""],
        ["  trace: { service: shop, span: POST /orders, kind: server }", ""],
        ["- says: no request makes more than ten SQL statements", ""],
        ["  spans: { query: db.system.name exists, perTrace: true, atMost: 10 }", ""],
        ["- says: no mistakes of instrumentation", ""],
        ["  hints: {}", ""],
      ]),
    ],
  };
}
