import { replaceUnsafe } from "../unsafe_text.ts";

/** Is told of a fault of the collector's own: what it was about to do, and what was thrown. */
export type ReportFault = (doing: string, error: unknown) => void;

/** Options of {@linkcode createFaultReport}. */
export interface FaultReportOptions {
  /** Takes a message for the person who runs the collector. */
  report: (message: string) => void;
  /** Whether the stack is told, too. */
  isDebug: boolean;
  /** In milliseconds. */
  now?: () => number;
}

/** The same fault is told again after so long: who asks often may not fill the terminal. */
const AGAIN_AFTER_MS = 1000;
/** Different faults that are remembered. */
const MAX_REMEMBERED = 100;

/** Tells of each fault in a line, or in debugging with its stack. */
export function createFaultReport(
  { report, isDebug, now = Date.now }: FaultReportOptions,
): ReportFault {
  const toldAt = new Map<string, number>();
  return (doing, error) => {
    const line = `Cannot ${oneLine(doing)}, by a fault of the collector: ${oneLine(String(error))}`;
    const last = toldAt.get(line);
    if (last !== undefined && now() - last < AGAIN_AFTER_MS) return;
    toldAt.delete(line);
    toldAt.set(line, now());
    if (toldAt.size > MAX_REMEMBERED) toldAt.delete(toldAt.keys().next().value!);
    const stack = isDebug && error instanceof Error ? error.stack : undefined;
    report(
      stack === undefined
        ? `${line}${isDebug ? "" : ". OTEL_KIT_DEBUG=1 shows where"}`
        : `${line}\n${stack}`,
    );
  };
}

/** A text that may hold what a sender chose. */
function oneLine(text: string): string {
  return replaceUnsafe(text, () => " ").slice(0, 500);
}
