import { visible } from "../unsafe_text.ts";
import { type ClassView, standingOf } from "./class_view.ts";

const COLUMNS = [
  "name",
  "step",
  "title",
  "state",
  "broken link",
  "at this step since",
  "last seen",
];

/** Spreadsheets run cells that begin with these as formulas; in some languages, also with the wide ones. */
const FORMULA = /^[=+\-@＝＋－＠]/;

/** Where spreadsheets cut, depending on the country, and the quotation mark. */
const SEPARATOR = /[",;]/;

/**
 * The learners as CSV (RFC 4180), times in UTC. Names are from others: control characters are escaped, and a
 * cell that a spreadsheet would run begins with an apostrophe.
 *
 * @see https://owasp.org/www-community/attacks/CSV_Injection
 */
export function classCsv({ steps, learners, at }: ClassView): string {
  const rows = learners.map((learner) => {
    const { name, step: id, link = "", stepSince, seenAt } = learner;
    const step = steps.find((one) => one.id === id);
    const times = [stepSince, seenAt].map((millis) => new Date(millis).toISOString());
    return [name, step?.label ?? "", step?.title ?? id, standingOf(learner, at), link, ...times];
  });
  return [COLUMNS, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

function cell(text: string): string {
  const shown = visible(text);
  const harmless = FORMULA.test(shown) ? `'${shown}` : shown;
  return SEPARATOR.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
