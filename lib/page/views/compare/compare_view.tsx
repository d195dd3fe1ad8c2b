import { useSignal } from "@preact/signals";
import { messageOf } from "../../../error_message.ts";
import type { CompareRun } from "../../../guests/compare.ts";
import { runCompare } from "../../api.ts";
import { formatClock } from "../../format/time.ts";
import { modes } from "../../state/modes.ts";
import { hrefWith, navigate, place } from "../../state/place.ts";
import { CodeView } from "./code_view.tsx";
import { Column } from "./column.tsx";
import { lastRun } from "./last_run.ts";

const PATHS = ["/", "/error"];

/** One request to the app in its four modes, with what each of them reports. */
export function CompareView() {
  const chosen = modes.value.find(({ mode }) => mode === place.value.params.get("code"));
  return (
    <section class="view compare" aria-labelledby="compare-title">
      <h1 id="compare-title" class="visually-hidden">One request, four modes</h1>
      <Sender />
      {chosen
        ? <CodeView mode={chosen} closeHref={hrefWith({ code: undefined })} />
        : <Columns run={lastRun.value} />}
      <p class="note">
        What each method costs in code, and what it tells you.{" "}
        <a href="/tutorial/5-no-code">Which one should you use?</a>
      </p>
    </section>
  );
}

function Columns({ run }: { run: CompareRun | undefined }) {
  return (
    <div class="columns">
      {modes.value.map((mode) => (
        <Column
          key={mode.mode}
          mode={mode}
          run={run}
          answer={run?.answers.find((answer) => answer.mode === mode.mode)}
        />
      ))}
    </div>
  );
}

/** Sends the request to all apps. */
function Sender() {
  const isSending = useSignal(false);
  const failure = useSignal("");
  const path = useSignal("/error?id=7");
  const send = async (path: string) => {
    isSending.value = true;
    failure.value = "";
    try {
      lastRun.value = await runCompare(path);
      navigate(hrefWith({ code: undefined }), { replace: true });
    } catch (error) {
      failure.value = messageOf(error);
    } finally {
      isSending.value = false;
    }
  };
  const run = lastRun.value;
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
