const SAMPLED = 0x01;
const RANDOM = 0x02;
const HAS_IS_REMOTE = 0x100;
const IS_REMOTE = 0x200;

/**
 * The flags of a span or a link in words; empty if none is set. The lower eight bits are those of W3C Trace Context,
 * level 2; two more say where the parent or the linked span was.
 *
 * @param other "parent" or "linked span".
 * @see https://github.com/open-telemetry/opentelemetry-proto/blob/main/opentelemetry/proto/trace/v1/trace.proto
 */
export function describeFlags(flags: number | undefined, other: string): string {
  const set = flags ?? 0;
  const remote = (set & IS_REMOTE) !== 0
    ? `${other} in another process`
    : `${other} in the same process`;
  return [
    (set & SAMPLED) !== 0 && "sampled",
    (set & RANDOM) !== 0 && "random trace ID",
    (set & HAS_IS_REMOTE) !== 0 && remote,
  ].filter(Boolean).join(", ");
}
