import type { OwnTraffic } from "../../lib/workshop/backends/own_traffic.ts";

/** Counts test spans for as long as it exists. */
export function countOwnTraffic(): OwnTraffic {
  let spans = 0;
  return {
    addSpan: () => Promise.resolve(void spans++),
    countSpans: () => Promise.resolve(spans),
  };
}
