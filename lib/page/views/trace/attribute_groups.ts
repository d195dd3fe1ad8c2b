import type { KeyValue } from "../../../otlp/json.ts";

/** A group of related attributes. */
export interface AttributeGroup {
  title: string;
  attributes: KeyValue[];
}

/** Groups by key prefix, in display order. */
const GROUPS: readonly [title: string, prefixes: readonly string[]][] = [
  ["HTTP", ["http."]],
  ["URL", ["url."]],
  ["Network", ["network.", "server.", "client.", "net.", "peer.", "tls."]],
  ["Error", ["error.", "exception."]],
  ["Database", ["db."]],
  ["Messaging", ["messaging."]],
  ["RPC", ["rpc."]],
  ["Generative AI", ["gen_ai."]],
  ["Code", ["code.", "thread."]],
  ["User agent", ["user_agent."]],
];

const OTHERS = "Others";

/** A span's attributes in groups, each sorted by key. */
export function groupAttributes(attributes: readonly KeyValue[]): AttributeGroup[] {
  const groups = new Map<string, KeyValue[]>(
    [...GROUPS, [OTHERS] as const].map(([title]) => [title, []]),
  );
  for (const attribute of attributes) groups.get(titleOf(attribute.key ?? ""))!.push(attribute);
  return [...groups].filter(([, attributes]) => attributes.length > 0)
    .map(([title, attributes]) => ({ title, attributes: sortByKey(attributes) }));
}

/** Sorted by key, independent of the locale. */
export function sortByKey(attributes: readonly KeyValue[]): KeyValue[] {
  return attributes.toSorted(({ key: a = "" }, { key: b = "" }) => a < b ? -1 : a > b ? 1 : 0);
}

function titleOf(key: string): string {
  return GROUPS.find(([, prefixes]) => prefixes.some((prefix) => key.startsWith(prefix)))?.[0] ??
    OTHERS;
}
