import type { Intake } from "../store/store.ts";
import type { Forwarder } from "./forwarder.ts";

/**
 * Wraps a store: forwards requests after the store has accepted them. With a durable queue, a request is in it
 * before it is in the store: if it were the other way around and the process was killed in between, the
 * sender's next attempt would be a duplicate, which isn't forwarded.
 */
export function forwardingStore(
  store: Intake,
  forwarder: Pick<Forwarder, "reserve" | "cancel" | "forward">,
): Intake {
  return {
    get pendingBytes() {
      return store.pendingBytes;
    },
    async add(signal, request) {
      // The store takes ownership of the buffer.
      const copy = request.slice();
      const reserved = forwarder.reserve(signal, copy);
      const result = await store.add(signal, request, { returnsKept: true }).catch((error) => {
        forwarder.cancel(reserved);
        throw error;
      });
      if (result.accepted === 0) forwarder.cancel(reserved);
      else if (!result.kept) forwarder.forward(signal, copy, result.accepted, reserved);
      else {
        forwarder.forward(signal, result.kept, result.accepted);
        forwarder.cancel(reserved);
      }
      return result;
    },
  };
}
