import type { LoadOptions, LoadResult } from "../../workshop/load/load.ts";
import { type CommandContext, defineCommand } from "../command.ts";
import { readDuration } from "../flags/duration.ts";
import { maskCredentials } from "../../telemetry/value_types.ts";
import { UsageError } from "../errors.ts";
import type { FlagTable, FlagValues } from "../flags/flags.ts";

const DEFAULT_URL = "http://localhost:5000";
const DEFAULT_RATE = 10;
const DEFAULT_DURATION = "30s";

const MAX_RATE = 10_000;
const PERCENTILES = [0.5, 0.9, 0.99];

const FLAGS = {
  rate: {
    placeholder: "N",
    aliases: ["r"],
    help: `Requests per second, even if the app is slow (default ${DEFAULT_RATE})`,
  },
  duration: {
    placeholder: "TIME",
    aliases: ["d"],
    help: `How long, such as 500ms, 30s, or 2m (default ${DEFAULT_DURATION})`,
  },
  errors: {
    placeholder: "SHARE",
    help: "Share of requests that go to /error, such as 10% or 0.1 (default 0)",
  },
  json: { help: "Print the result as JSON" },
} as const satisfies FlagTable;

/** `otel-kit load`: requests at a steady rate, so that there is telemetry to look at. */
export const load = defineCommand({
  name: "load",
  flags: FLAGS,
  arguments: "mixed",
  help: () => ({
    usage: "[URL] [flags]",
    about: `Sends requests at a steady rate, to ${DEFAULT_URL} by default, and reports the ` +
      `responses. The address can have a path.`,
  }),
  async run({ flags, rest }, context) {
    const url = readUrl(rest);
    const options = { ...readOptions(flags), url, signal: context.stop };
    const result = await watchLoad(options, context);
    context.output.data(
      flags.json ? JSON.stringify(jsonOf(result)) : report(result).join("\n"),
    );
    return result.statuses.size > 0 ? 0 : 1;
  },
});

function readUrl([url = DEFAULT_URL, other]: readonly string[]): string {
  if (other !== undefined) throw new UsageError(`Cannot use "${other}": load takes one address`);
  if (!URL.canParse(url) || !/^https?:/.test(url)) {
    throw new UsageError(`Cannot send to "${url}": expected an address such as ${DEFAULT_URL}`);
  }
  return url;
}

function readOptions(flags: FlagValues<typeof FLAGS>): Omit<LoadOptions, "url"> {
  const rate = Number(flags.rate ?? DEFAULT_RATE);
  if (!(rate > 0 && rate <= MAX_RATE)) {
    throw new UsageError(
      `Cannot use --rate "${flags.rate}": expected a number above 0 and at most ${MAX_RATE}`,
    );
  }
  const durationMillis = readDuration("duration", flags.duration ?? DEFAULT_DURATION);
  const { errors = "0" } = flags;
  const [, share, percent] = /^(\d+(?:\.\d+)?|\.\d+)(%)?$/.exec(errors) ?? [];
  const errorShare = Number(share) / (percent ? 100 : 1);
  if (!(errorShare <= 1)) {
    throw new UsageError(`Cannot use --errors "${errors}": expected a share from 0% to 100%`);
  }
  return { rate, durationMillis, errorShare };
}

async function watchLoad(options: LoadOptions, { output }: CommandContext): Promise<LoadResult> {
  const { runLoad } = await import("../../workshop/load/load.ts");
  const { url, rate, durationMillis, errorShare } = options;
  const share = errorShare > 0 ? `, ${percent(errorShare)} of them to /error` : "";
  output.status(
    `Sending ${rate} requests a second to ${maskCredentials(url)} for ${
      durationMillis / 1000
    } s${share}; Ctrl-C ends it`,
  );
  const { openProgressLine } = await import("../terminal/progress_line.ts");
  using progress = openProgressLine(output);
  return await runLoad({
    ...options,
    onProgress: (soFar) => progress.show(progressText(soFar, durationMillis)),
  });
}

/** One line: how far it is, and how many responses of each status there were. */
function progressText(
  { sent, elapsedMillis, statuses, failures, latencies }: LoadResult,
  durationMillis: number,
): string {
  const counts = [...statuses].sort().map(([status, count]) => `${status}: ${count}`);
  const failed = total(failures);
  return [
    `${Math.round(elapsedMillis / 1000)} s of ${durationMillis / 1000} s: ${sent} sent`,
    ...counts,
    ...failed > 0 ? [`${failed} without answer`] : [],
    ...latencies.count > 0 ? [`p50 ${millis(latencies.percentile(0.5))}`] : [],
  ].join(", ");
}

function report({ sent, skipped, statuses, failures, elapsedMillis, latencies }: LoadResult) {
  const seconds = elapsedMillis / 1000;
  return [
    `${sent} requests in ${seconds.toFixed(1)} s: ${(sent / seconds).toFixed(1)} a second`,
    ...[...statuses].sort().map(([status, count]) => row(`answered ${status}`, count, sent)),
    ...[...failures].map(([reason, count]) => row(reason, count, sent)),
    ...skipped > 0 ? [`  ${skipped} not sent: the app does not keep up. Lower --rate`] : [],
    latencies.count > 0
      ? `  latency  ${
        PERCENTILES.map((share) => `p${share * 100} ${millis(latencies.percentile(share))}`)
          .join("   ")
      }   max ${millis(latencies.maxMillis)}`
      : "  no answer: is the app running there? Start it with otel-kit serve",
  ];
}

function jsonOf({ statuses, failures, latencies, ...counts }: LoadResult) {
  return {
    ...counts,
    statuses: Object.fromEntries(statuses),
    failures: Object.fromEntries(failures),
    latencyMillis: Object.fromEntries([
      ...PERCENTILES.map((share) => [`p${share * 100}`, latencies.percentile(share)]),
      ["max", latencies.maxMillis],
    ]),
  };
}

function row(what: string, count: number, sent: number): string {
  return `  ${String(count).padStart(7)}  ${percent(count / sent).padStart(6)}  ${what}`;
}

function total(counts: ReadonlyMap<unknown, number>): number {
  return counts.values().reduce((sum, count) => sum + count, 0);
}

function percent(share: number): string {
  return `${Number((share * 100).toPrecision(3))}%`;
}

function millis(value: number): string {
  return Number.isNaN(value) ? "-" : `${Number(value.toPrecision(3))} ms`;
}
