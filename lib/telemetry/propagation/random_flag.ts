/**
 * The trace flag which says that at least the last 56 bits of the trace id are random. The API knows
 * only `TraceFlags.SAMPLED` as yet.
 *
 * @see https://www.w3.org/TR/trace-context-2/#random-trace-id-flag
 */
export const RANDOM_FLAG = 0x02;
