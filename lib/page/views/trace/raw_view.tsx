import { useMemo } from "preact/hooks";
import type { TracesData } from "../../../otlp/json.ts";
import { CopyButton } from "../../components/copy_button.tsx";
import { formatBytes } from "../../format/number.ts";

/** Longer texts would slow down the browser; copying gives the whole text. */
const MOST_CHARACTERS = 500_000;

/** The trace as OTLP JSON. */
export function RawView({ data }: { data: TracesData }) {
  const text = useMemo(() => JSON.stringify(data, null, 2), [data]);
  const isCut = text.length > MOST_CHARACTERS;
  return (
    <div class="raw">
      <p class="soft">
        OTLP in JSON, {formatBytes(text.length)}.
        {isCut && " Only the beginning is shown; copying takes everything."}{" "}
        <CopyButton text={text} />
      </p>
      <pre
        data-scrolls
        tabIndex={0}
        aria-label="OTLP in JSON"
      >{isCut ? text.slice(0, MOST_CHARACTERS) : text}</pre>
    </div>
  );
}
