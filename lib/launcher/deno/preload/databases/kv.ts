import {
  ATTR_DB_NAMESPACE,
  ATTR_DB_OPERATION_NAME,
  ATTR_DB_SYSTEM_NAME,
} from "@opentelemetry/semantic-conventions";
import { type RunningCall, settled, startCall } from "./client_call.ts";
import { type Entries, followEntries } from "./entries.ts";

/** The conventions define no name for it. */
const SYSTEM = "deno.kv";

type Method = (this: object, ...args: unknown[]) => unknown;
type Methods = Record<string, Method>;

type OpenKv = (this: unknown, path?: string) => Promise<object>;

/** The part of Deno's namespace that is used here, if the program may use KV. */
interface KvNamespace {
  Kv: { prototype: object };
  AtomicOperation: { prototype: object };
}

/** Each of these returns a promise. */
const CALLS = ["get", "getMany", "set", "delete", "enqueue"];

/**
 * Creates a span for each call of Deno KV, if the program may use it. Spans don't contain keys,
 * because keys can reveal more than a span should.
 */
export function watchKv(): void {
  const property = Object.getOwnPropertyDescriptor(Deno, "openKv");
  if (!property) return;
  const paths = new WeakMap<object, string>();
  let areWatched = false;
  const openKv: OpenKv = async function (path) {
    // Deno loads KV on first access.
    const open: OpenKv = property.get ? property.get.call(Deno) : property.value;
    const kv = await open.call(this, path);
    if (!areWatched) watchCalls(paths);
    areWatched = true;
    if (path) paths.set(kv, path);
    return kv;
  };
  Object.defineProperty(Deno, "openKv", {
    value: openKv,
    configurable: true,
    enumerable: true,
    writable: true,
  });
}

function watchCalls(paths: WeakMap<object, string>): void {
  const { Kv, AtomicOperation } = Deno as unknown as KvNamespace;
  const methods = Kv.prototype as Methods;
  for (const name of CALLS) {
    watch(
      methods,
      name,
      (kv, go) => settled(startKvCall(name, paths.get(kv)), Promise.resolve(go())),
    );
  }
  watch(
    methods,
    "list",
    (kv, go) => followEntries(go() as Entries, () => startKvCall("list", paths.get(kv))),
  );
  watch(methods, "atomic", (kv, go) => {
    const operation = go() as object;
    const path = paths.get(kv);
    if (path) paths.set(operation, path);
    return operation;
  });
  watch(
    AtomicOperation.prototype as Methods,
    "commit",
    (operation, go) => settled(startKvCall("commit", paths.get(operation)), Promise.resolve(go())),
  );
}

function watch(
  methods: Methods,
  name: string,
  around: (self: object, go: () => unknown) => unknown,
) {
  const original = methods[name];
  if (!original) return;
  methods[name] = function (...args) {
    return around(this, () => original.apply(this, args));
  };
}

/** The path is a file, or the URL of a server. */
function startKvCall(operation: string, path: string | undefined): RunningCall {
  const url = path && /^https?:/.test(path) ? URL.parse(path) : null;
  const namespace = url ? url.pathname : path;
  return startCall({
    name: [operation, url?.host ?? path].filter(Boolean).join(" "),
    attributes: {
      [ATTR_DB_SYSTEM_NAME]: SYSTEM,
      [ATTR_DB_OPERATION_NAME]: operation,
      ...namespace && { [ATTR_DB_NAMESPACE]: namespace },
    },
    ...url && {
      server: { address: url.hostname, port: url.port || (url.protocol === "https:" ? 443 : 80) },
    },
  });
}
