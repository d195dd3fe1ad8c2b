import type { Signal } from "../../otlp/signal.ts";
import type { AddResult, Store } from "../store/store.ts";
import type { Forwarder } from "./forwarder.ts";

/** The store, where all that it takes is passed on as well: only what is stored, and after that. */
export function forwardingStore(store: Store, forwarder: Forwarder): Store {
  const add = async (signal: Signal, request: Uint8Array<ArrayBuffer>): Promise<AddResult> => {
    // The store takes the buffer away.
    const copy = request.slice();
    const result = await store.add(signal, request);
    forwarder.forward(signal, copy);
    return result;
  };
  return new Proxy(store, {
    get(target, name) {
      if (name === "add") return add;
      const value = Reflect.get(target, name, target);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
