/**
 * The ranges of severity numbers.
 *
 * @see https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber
 */
export const SEVERITIES = [
  { name: "TRACE", from: 1 },
  { name: "DEBUG", from: 5 },
  { name: "INFO", from: 9 },
  { name: "WARN", from: 13 },
  { name: "ERROR", from: 17 },
  { name: "FATAL", from: 21 },
] as const;

export type SeverityName = typeof SEVERITIES[number]["name"];

/** From this level on, something is wrong. */
export const ERROR_SEVERITY = 17;

/**
 * The lowest severity number that a text names, such as "Warning" or "FATAL2"; 0 if it names none.
 * A few senders set the text only.
 */
export function severityOfText(text: string): number {
  const upper = text.toUpperCase();
  return SEVERITIES.find(({ name }) => upper.startsWith(name))?.from ?? 0;
}

/** The name of a severity number's range; undefined for 0, which means unspecified. */
export function severityName(number: number): SeverityName | undefined {
  return SEVERITIES.findLast(({ from }) => number >= from)?.name;
}
