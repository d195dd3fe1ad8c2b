import type { LinearPattern } from "../linear_pattern.ts";
import type { TelemetryPlan } from "./plan.ts";

/** Decides whether the name of a header matches. */
type HeaderPattern = string | Pick<LinearPattern, "matches">;

/** A name that may contain `.*`, which the instrumentation reads itself. */
const NAME = /^(?:[a-z0-9_-]|\.\*)+$/i;

/** Options of the HTTP instrumentation, with parsed patterns. */
export interface HttpOptions {
  captureRequestHeaders?: readonly HeaderPattern[];
  captureResponseHeaders?: readonly HeaderPattern[];
  sanitizeHeaders?: readonly HeaderPattern[];
  knownMethods?: readonly string[];
  trustProxy?: boolean;
}

/**
 * Parses the patterns of a plan, which are regular expressions in RE2's syntax that match whole names. An
 * invalid pattern captures nothing. In the list of headers to sanitize, it matches every header.
 */
export async function readHeaderPatterns(
  { captureRequestHeaders, captureResponseHeaders, sanitizeHeaders, ...others }:
    TelemetryPlan["http"],
  report: (line: string) => void,
): Promise<HttpOptions> {
  const read = async (sources: readonly string[], unreadable: HeaderPattern[]) =>
    (await Promise.all(sources.map((source) => readPattern(source, unreadable, report)))).flat();
  return {
    ...others,
    ...captureRequestHeaders &&
      { captureRequestHeaders: await read(captureRequestHeaders, []) },
    ...captureResponseHeaders &&
      { captureResponseHeaders: await read(captureResponseHeaders, []) },
    ...sanitizeHeaders && { sanitizeHeaders: await read(sanitizeHeaders, [".*"]) },
  };
}

async function readPattern(
  source: string,
  unreadable: HeaderPattern[],
  report: (line: string) => void,
): Promise<HeaderPattern[]> {
  if (NAME.test(source)) return [source];
  const { LinearPattern, PatternError } = await import("../linear_pattern.ts");
  try {
    return [new LinearPattern(source, { ignoresCase: true })];
  } catch (error) {
    if (!(error instanceof PatternError)) throw error;
    const instead = unreadable.length > 0 ? "no value of any header is recorded" : "it is left out";
    report(`Cannot look for headers like "${source}": ${error.message}, so ${instead}`);
    return unreadable;
  }
}
