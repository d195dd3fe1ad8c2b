import { MOMENT_FORMAT, readMoment } from "../../query/moment.ts";
import { UsageError } from "../errors.ts";
import type { FlagTable, FlagValues } from "../flags/flags.ts";

/** The flag of commands that read what started after a time. */
export const SINCE_FLAG = {
  since: {
    placeholder: "TIME",
    nonEmpty: true,
    help: `Only what started at or after ${MOMENT_FORMAT}`,
  },
} as const satisfies FlagTable;

/** The flags of commands that read what started within a range of time. */
export const RANGE_FLAGS = {
  ...SINCE_FLAG,
  until: { placeholder: "TIME", nonEmpty: true, help: "Only what started before this time" },
} as const satisfies FlagTable;

/**
 * The range, in nanoseconds since 1970; a bound that is not given is undefined.
 *
 * @throws {UsageError} If a time is invalid.
 */
export function readRange(
  { since, until }: FlagValues<typeof SINCE_FLAG> & Partial<FlagValues<typeof RANGE_FLAGS>>,
): { since: string | undefined; until: string | undefined } {
  return { since: read("since", since), until: read("until", until) };
}

function read(name: string, given: string | undefined): string | undefined {
  if (given === undefined) return undefined;
  try {
    return readMoment(given, Date.now());
  } catch {
    throw new UsageError(`Cannot use --${name} "${given}": expected ${MOMENT_FORMAT}`);
  }
}
