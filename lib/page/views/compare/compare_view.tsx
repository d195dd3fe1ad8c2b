import { useSignal } from "@preact/signals";
import type { CompareRun } from "../../../guests/compare.ts";
import { formatClock } from "../../format/time.ts";
import { guide } from "../../state/guide.ts";
import { modes } from "../../state/modes.ts";
import { hrefWith, place } from "../../state/place.ts";
import { CodeView } from "./code_view.tsx";
import { Columns } from "./columns.tsx";
import { currentRun, failure, isSending, send, useAddressedRun } from "./current_run.ts";

const PATHS = ["/", "/error"];

/** One request to the app in its four modes, with what each of them reports. */
export function CompareView() {
  useAddressedRun();
  const chosen = modes.value.find(({ mode }) => mode === place.value.params.get("code"));
  return (
    <section
      class={chosen ? "view compare of-code" : "view compare"}
      aria-labelledby="compare-title"
    >
      <header class="compare-head">
        <h1 id="compare-title">One request, four ways to watch it</h1>
        <p class="soft">{summaryOf(currentRun.value)}</p>
      </header>
      <Sender />
      {chosen
        ? <CodeView mode={chosen} closeHref={hrefWith({ code: undefined })} />
        : <Columns run={currentRun.value} />}
      {!chosen && <Onward />}
    </section>
  );
}

/** What there is to see, and what to do. */
function summaryOf(run: CompareRun | undefined): string {
  if (!run) {
    return "The same app runs four times, instrumented in four ways. Send all four the same " +
      "request, and compare what each way costs in code with what it tells you.";
  }
  const answers = run.answers.filter(({ error }) => error === undefined);
  const failed = answers.filter(({ status }) => status >= 500).length;
  if (answers.length > 0 && failed === answers.length) {
    return "Every client saw the same error, and nothing else. Read down the columns: which way " +
      "tells you why it happened, and in which line?";
  }
  if (answers.length > 0 && answers.every(({ status }) => status === 404)) {
    return "No route has this path. Read down the columns: which way tells you that somebody asked?";
  }
  return "The clients saw the same response. Read down the columns: what do you know about the " +
    "request, and what did you write for that?";
}

/** Sends the request to all apps. */
function Sender() {
  const path = useSignal("/error?id=7");
  const run = currentRun.value;
  return (
    <div class="sender">
      <span>Send one request to all four:</span>
      {PATHS.map((path) => (
        <button
          key={path}
          type="button"
          class="button"
          disabled={isSending.value}
          onClick={() => void send(path)}
        >
          GET {path}
        </button>
      ))}
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void send(path.value);
        }}
      >
        <input
          class="field"
          aria-label="Another path"
          value={path.value}
          onInput={(event) => path.value = event.currentTarget.value}
        />
        <button type="submit" class="button" disabled={isSending.value}>Send</button>
      </form>
      <span class="soft" role="status">
        {failure.value
          ? <span class="error">✕ {failure.value}</span>
          : run && `last: GET ${run.path}, ${formatClock(run.sentAt)}`}
      </span>
    </div>
  );
}

/** Where to go from here. */
function Onward() {
  return (
    <nav class="onward" aria-label="Continue">
      <a href="/tutorial/6-conclusion#which-to-use-when">Which one should you use when?</a>
      <a href="/tutorial/2-base">Build all four yourself: the tutorial</a>
      {!guide.value && <a href="/guide">Practice with checks and hints: the workshop</a>}
    </nav>
  );
}
