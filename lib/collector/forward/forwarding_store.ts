import type { Intake } from "../store/store.ts";
import type { Forwarder } from "./forwarder.ts";

/** Wraps a store: forwards requests after the store has accepted them. */
export function forwardingStore(store: Intake, forwarder: Pick<Forwarder, "forward">): Intake {
  return {
    get pendingBytes() {
      return store.pendingBytes;
    },
    async add(signal, request) {
      // The store takes ownership of the buffer.
      const copy = request.slice();
      const result = await store.add(signal, request, { returnsKept: true });
      if (result.accepted > 0) forwarder.forward(signal, result.kept ?? copy, result.accepted);
      return result;
    },
  };
}
