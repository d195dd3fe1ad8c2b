import type { ComponentChildren } from "preact";
import type { CompareAnswer, CompareMode, CompareRun } from "../../../guests/compare.ts";
import { formatDuration } from "../../format/duration.ts";
import { countOf } from "../../format/number.ts";
import { hrefOf, hrefWith, traceHref, tutorialHref } from "../../state/place.ts";
import { explainMedian, formatMedian, type Median } from "../metrics/median.ts";
import { type ColumnFindings, useFindings } from "./findings.ts";
import { type Fact, type Subject, SUBJECTS } from "./knowledge.ts";
import { type Row, rowAt, type RowId } from "./rows.ts";
import { Waiting } from "./waiting.tsx";

export interface ColumnProps {
  mode: CompareMode;
  rows: readonly Row[];
  run: CompareRun | undefined;
  answer: CompareAnswer | undefined;
}

/** A mode: its code, the client's view, and its telemetry. */
export function Column({ mode, rows, run, answer }: ColumnProps) {
  const findings = useFindings(mode, run, answer);
  const cell = (id: RowId, content: ComponentChildren) => {
    const label = rows.find((row) => row.id === id)?.label;
    return (
      <div key={id} {...rowAt(rows, id)}>
        <dt>{label}</dt>
        <dd>{content}</dd>
      </div>
    );
  };
  return (
    <article class="column" aria-labelledby={`column-${mode.mode}`}>
      <header {...rowAt(rows, "mode")}>
        <h2 id={`column-${mode.mode}`}>{mode.mode}</h2>
        <p class="soft">{mode.summary}</p>
      </header>
      <dl aria-live="polite">
        {cell("code", <Code mode={mode} hasRun={run !== undefined} />)}
        {run && (
          <>
            {cell("answer", answer ? <Answer answer={answer} /> : "not sent")}
            {cell("known", answer && <Known mode={mode} answer={answer} findings={findings} />)}
            {SUBJECTS.map((subject) =>
              cell(subject, <Facts subject={subject} findings={findings} />)
            )}
            {cell("next", <Next mode={mode} answer={answer} findings={findings} />)}
          </>
        )}
      </dl>
    </article>
  );
}

/** What the mode costs; before the first request, also where the tutorial explains it. */
function Code({ mode, hasRun }: { mode: CompareMode; hasRun: boolean }) {
  const { serviceName, addedLines } = mode;
  return (
    <>
      <b class="cost">
        {serviceName === undefined ? "nothing: no telemetry" : `+${countOf(addedLines, "line")}`}
      </b>
      <a class="button small" href={hrefWith({ code: mode.mode })}>code</a>
      {!hasRun && <TutorialLink mode={mode} />}
    </>
  );
}

function TutorialLink({ mode: { tutorial } }: { mode: CompareMode }) {
  return <a class="button small" href={tutorialHref(tutorial)}>tutorial</a>;
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

interface KnownProps {
  mode: CompareMode;
  answer: CompareAnswer;
  findings: ColumnFindings;
}

/** How much is known, or why nothing is. */
function Known({ mode, answer, findings: { knowledge } }: KnownProps) {
  if (mode.serviceName === undefined) return <>nothing else</>;
  if (knowledge) {
    const count = SUBJECTS.filter((subject) => knowledge[subject].length > 0).length;
    return <>{count} of {SUBJECTS.length}</>;
  }
  if (answer.error !== undefined) return <>nothing: the app did not respond</>;
  if (answer.noSpanReason !== undefined) return <>nothing: {answer.noSpanReason}</>;
  return <Waiting mode={mode} answer={answer} />;
}

function Facts({ subject, findings }: { subject: Subject; findings: ColumnFindings }) {
  const facts = findings.knowledge?.[subject] ?? [];
  if (facts.length === 0) return <span class="soft">not known</span>;
  return (
    <ul class="known">
      {facts.map((fact, index) => <FactItem key={index} fact={fact} />)}
      {subject === "duration" && findings.median && <MedianItem median={findings.median} />}
    </ul>
  );
}

function FactItem({ fact: { text, detail, isError = false, depth = 0 } }: { fact: Fact }) {
  return (
    <li class={isError ? "error" : ""} style={{ paddingLeft: `${depth}em` }}>
      <span>{isError && "✕ "}{text}</span>
      {detail && <span class="soft number">{detail}</span>}
    </li>
  );
}

function MedianItem({ median }: { median: Median }) {
  return (
    <li title={explainMedian(median)}>
      <span class="soft">median of all requests {formatMedian(median)}</span>
    </li>
  );
}

/** Links to the telemetry; without any, the questions that stay open. */
function Next({ mode, answer, findings: { traceId, knowledge } }: NextProps) {
  return (
    <>
      {answer && mode.serviceName === undefined && (
        <ul class="questions">
          {questionsAbout(answer).map((question) => <li key={question}>{question}</li>)}
        </ul>
      )}
      {traceId !== undefined && <a class="button small" href={traceHref(traceId)}>trace</a>}
      {traceId !== undefined && knowledge !== undefined && knowledge.logs.length > 0 && (
        <a class="button small" href={hrefOf(traceHref(traceId), { view: "logs" })}>logs</a>
      )}
      <TutorialLink mode={mode} />
    </>
  );
}

interface NextProps {
  mode: CompareMode;
  answer: CompareAnswer | undefined;
  findings: ColumnFindings;
}

function questionsAbout({ error, status }: CompareAnswer): string[] {
  return error !== undefined || status >= 500
    ? ["Why did it fail?", "Is it still up?", "Who else is affected?"]
    : ["What took the time?", "Which route was it?", "Does it always take this long?"];
}
