import { type Subject, SUBJECTS } from "./knowledge.ts";

/** A row of the comparison. */
export type RowId = "mode" | "code" | "answer" | "known" | Subject | "next";

export interface Row {
  id: RowId;
  label: string;
}

const BEFORE: readonly Row[] = [{ id: "mode", label: "" }, { id: "code", label: "You write" }];

const LABELS: Record<Subject, string> = {
  span: "Span",
  event: "Event",
  exception: "Exception",
  route: "Route",
  status: "Status",
  client: "Client",
  headers: "Headers",
  logs: "Logs",
  duration: "Duration",
};

/** The rows in their order; before the first request, only those that don't need one. */
export function rowsOf(hasRun: boolean): readonly Row[] {
  if (!hasRun) return BEFORE;
  return [
    ...BEFORE,
    { id: "answer", label: "The client saw" },
    { id: "known", label: "You know" },
    ...SUBJECTS.map((id) => ({ id, label: LABELS[id] })),
    { id: "next", label: "Look next" },
  ];
}

/** The class and the place of a row's cell. */
export function rowAt(rows: readonly Row[], id: RowId) {
  const index = rows.findIndex((row) => row.id === id);
  return { class: `row row-${id}`, style: { gridRow: index + 1 } };
}
