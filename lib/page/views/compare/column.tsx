import type { CompareAnswer, CompareMode, CompareRun } from "../../../guests/compare.ts";
import { formatDuration } from "../../format/duration.ts";
import { countOf } from "../../format/number.ts";
import { useLive } from "../../state/live.ts";
import { useLoaded } from "../../state/loaded.ts";
import { hrefWith, traceHref } from "../../state/place.ts";
import { findTrace, isWithin, medianDuration } from "./column_trace.ts";
import { explainMedian, formatMedian, type Median } from "../metrics/median.ts";
import { type Fact, factsOf } from "./knowledge.ts";
import { Waiting } from "./waiting.tsx";

export interface ColumnProps {
  mode: CompareMode;
  run: CompareRun | undefined;
  answer: CompareAnswer | undefined;
}

/** A mode: its duration, the client's view, and its telemetry. */
export function Column({ mode, run, answer }: ColumnProps) {
  const loaded = useLoaded(`${mode.mode} ${run?.sentAt}`, async (signal) => {
    const trace = answer && await findTrace(mode, answer, signal);
    const median = trace && mode.serviceName !== undefined
      ? await medianDuration(mode.serviceName, signal)
      : undefined;
    return { trace, median };
  });
  useLive("traces", (summaries) => {
    if (answer && summaries.some((summary) => isOf(mode, summary) && isWithin(summary, answer))) {
      loaded.reload();
    }
  });
  // The histogram may arrive after the trace.
  useLive("metrics", () => loaded.data?.trace && !loaded.data.median && loaded.reload());
  useLive("resync", () => loaded.reload());

  const { trace, median } = loaded.data ?? {};
  return (
    <article class="column" aria-labelledby={`column-${mode.mode}`}>
      <header>
        <h2 id={`column-${mode.mode}`}>{mode.mode}</h2>
        <p class="soft">{mode.summary}</p>
        <p class="cost">
          {mode.serviceName === undefined
            ? "no telemetry"
            : `+${countOf(mode.addedLines, "line")}${
              mode.addedLines === 0 ? `: ${mode.file}, unchanged` : ""
            }`}
        </p>
      </header>
      <section>
        <h3>The client saw</h3>
        {answer ? <Answer answer={answer} /> : <p class="soft">nothing yet: send a request</p>}
      </section>
      <section aria-live="polite">
        <h3>You know</h3>
        {!answer
          ? <p class="soft">–</p>
          : mode.serviceName === undefined
          ? <Nothing answer={answer} />
          : trace
          ? <Facts facts={factsOf(trace.data, mode.serviceName)} median={median} />
          : <Waiting mode={mode} answer={answer} />}
      </section>
      <footer>
        <a class="button small" href={hrefWith({ code: mode.mode })}>code</a>
        {trace && <a class="button small" href={traceHref(trace.summary.traceId)}>trace</a>}
      </footer>
    </article>
  );
}

function Answer({ answer }: { answer: CompareAnswer }) {
  const { status, statusText, body, durationMillis, error } = answer;
  if (error !== undefined) return <p class="error">✕ {error}</p>;
  return (
    <>
      <p class={status >= 500 ? "error" : ""}>
        {status >= 500 && "✕ "}
        <b class="number">{status}</b> {statusText}{" "}
        <span class="soft number">{formatDuration(durationMillis * 1e6)}</span>
      </p>
      <pre class="body">{body}</pre>
    </>
  );
}

/** What remains without telemetry. */
function Nothing({ answer }: { answer: CompareAnswer }) {
  const isFailure = answer.error !== undefined || answer.status >= 500;
  return (
    <>
      <p>nothing else.</p>
      <ul class="questions">
        {(isFailure
          ? ["Why did it fail?", "Is it still up?", "Who else is affected?"]
          : ["What took the time?", "Which route was it?", "Does it always take this long?"])
          .map((question) => <li key={question}>{question}</li>)}
      </ul>
    </>
  );
}

function Facts({ facts, median }: { facts: Fact[]; median: Median | undefined }) {
  return (
    <ul class="known">
      {facts.map(({ kind, text, time, depth }, i) => (
        <li key={i} class={`known-${kind}`} style={{ paddingLeft: `${depth}em` }} title={text}>
          <span class="cut">{SIGNS[kind]}{text}</span>
          {time && <span class="number soft">{time}</span>}
        </li>
      ))}
      {median && (
        <li class="known-detail" title={explainMedian(median)}>
          <span class="cut">median of all requests</span>
          <span class="number soft">{formatMedian(median)}</span>
        </li>
      )}
    </ul>
  );
}

const SIGNS: Record<Fact["kind"], string> = {
  span: "",
  event: "• ",
  exception: "✕ ",
  place: "at ",
  detail: "",
  missing: "",
};

function isOf(
  { serviceName }: CompareMode,
  { services }: { services: readonly { name: string }[] },
): boolean {
  return services.some(({ name }) => name === serviceName);
}
