import { useSignal } from "@preact/signals";
import type { ConnectionStats } from "../../collector/model.ts";
import { messageOf } from "../../error_message.ts";
import { SIGNALS } from "../../otlp/signal.ts";
import { clearData, dataUrl, importData } from "../api.ts";
import { countOf, formatBytes, formatCount } from "../format/number.ts";
import { stats } from "../state/live.ts";
import { Dialog } from "./dialog.tsx";

/** The stored data, with export, import, and delete. */
export function DataDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const said = useSignal("");
  const attempt = async (work: () => Promise<string>) => {
    try {
      said.value = await work();
    } catch (error) {
      said.value = messageOf(error);
    }
  };
  const close = () => {
    said.value = "";
    onClose();
  };
  return (
    <Dialog title="Stored data" isOpen={isOpen} onClose={close}>
      <Limits />
      <Connections />
      <Save />
      <BringIn attempt={attempt} />
      {isOpen && <Forget attempt={attempt} />}
      <p role="status">{said.value}</p>
    </Dialog>
  );
}

/** Runs an action, and shows the result. */
interface AttemptProps {
  attempt: (work: () => Promise<string>) => Promise<void>;
}

function Save() {
  return (
    <>
      <h3>Save</h3>
      <p class="dialog-actions">
        {SIGNALS.map((signal) => (
          <a key={signal} class="button small" href={dataUrl(signal)} download={`${signal}.jsonl`}>
            {signal}.jsonl
          </a>
        ))}
      </p>
      <p class="soft">
        One line of OTLP JSON per request, in the format of the Collector's file exporter.
      </p>
    </>
  );
}

function BringIn({ attempt }: AttemptProps) {
  const bringIn = async (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (!file) return "";
    const { accepted, rejected, message } = await importData(await file.text());
    input.value = "";
    const counts = `${formatCount(accepted)} accepted, ${formatCount(rejected)} rejected.`;
    return message ? `${counts} ${message}` : counts;
  };
  return (
    <>
      <h3>Import</h3>
      <input
        type="file"
        aria-label="A file of OTLP JSON"
        accept=".json,.jsonl,.ndjson"
        onChange={({ currentTarget }) => attempt(() => bringIn(currentTarget))}
      />
    </>
  );
}

function Forget({ attempt }: AttemptProps) {
  const isSure = useSignal(false);
  const forget = async () => {
    await clearData();
    isSure.value = false;
    return "All data is deleted.";
  };
  return (
    <>
      <h3>Delete</h3>
      <p class="dialog-actions">
        <button
          type="button"
          class="button small"
          onClick={() => {
            if (isSure.value) void attempt(forget);
            else isSure.value = true;
          }}
        >
          {isSure.value ? "Yes, delete all data" : "Delete all data …"}
        </button>
      </p>
    </>
  );
}

/** Connections to all ports: how many there are, and how many the collector had to close. */
function Connections() {
  if (!stats.value) return null;
  const ports = Object.values(stats.value.connections);
  const sum = (count: keyof ConnectionStats) =>
    ports.reduce((total, counts) => total + counts[count], 0);
  const closed = [
    `${formatCount(sum("timedOut"))} for being idle or slow`,
    `${formatCount(sum("refused"))} for violations`,
    `${formatCount(sum("evicted"))} to make room`,
  ];
  const pauses = sum("pauses");
  return (
    <p>
      {countOf(sum("open"), "connection")} open. Closed so far: {closed.join(", ")}.
      {pauses > 0 &&
        ` New ones had to wait ${formatCount(pauses)} times: too few open files are allowed.`}
    </p>
  );
}

function Limits() {
  if (!stats.value) return null;
  const { traces, bytes, maxBytes, maxTraces, file } = stats.value.store;
  return (
    <p>
      {countOf(traces.kept, "trace")} of at most {formatCount(maxTraces)}, {formatBytes(bytes)} of
      {" "}
      {formatBytes(maxBytes)},{" "}
      {file === undefined ? "in memory" : `in ${file}`}. The oldest traces make room for new ones:
      {" "}
      {formatCount(traces.evicted)} so far.
    </p>
  );
}
