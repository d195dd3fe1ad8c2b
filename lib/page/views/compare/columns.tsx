import type { CompareRun } from "../../../guests/compare.ts";
import { modes } from "../../state/modes.ts";
import { Column } from "./column.tsx";
import { rowAt, rowsOf } from "./rows.ts";

/** The modes side by side; their rows are aligned, and named at the left if there is room. */
export function Columns({ run }: { run: CompareRun | undefined }) {
  const rows = rowsOf(run !== undefined);
  return (
    <div class="columns" style={{ "--rows": rows.length }}>
      <div class="column row-names" aria-hidden="true">
        {rows.map(({ id, label }) => <div key={id} {...rowAt(rows, id)}>{label}</div>)}
      </div>
      {modes.value.map((mode) => (
        <Column
          key={mode.mode}
          mode={mode}
          rows={rows}
          run={run}
          answer={run?.answers.find((answer) => answer.mode === mode.mode)}
        />
      ))}
    </div>
  );
}
