/**
 * The trace flag that marks at least the last 56 bits of the trace id as random. The API has only
 * `TraceFlags.SAMPLED` so far.
 *
 * @see https://www.w3.org/TR/trace-context-2/#random-trace-id-flag
 */
export const RANDOM_FLAG = 0x02;
