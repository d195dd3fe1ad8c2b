import { replaceUnsafe } from "../unsafe_text.ts";

/** Called with an error of the collector's own: what it was about to do, and the exception. */
export type ReportFault = (doing: string, error: unknown) => void;

/** Options of {@linkcode createFaultReport}. */
export interface FaultReportOptions {
  /** Receives a message for the user. */
  report: (message: string) => void;
  /** Whether to report the stack, too. */
  isDebug: boolean;
  /** In milliseconds. */
  now?: () => number;
}

/** The same error is reported again after this time, so that frequent requests don't flood the terminal. */
const AGAIN_AFTER_MS = 1000;
/** The number of different errors that are remembered. */
const MAX_REMEMBERED = 100;

/** Reports each error in one line; when debugging, with its stack. */
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

/** Puts a text that may come from a sender on one line. */
function oneLine(text: string): string {
  return replaceUnsafe(text, () => " ").slice(0, 500);
}
