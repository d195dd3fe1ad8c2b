import { protobufToJson } from "../../../otlp/decode.ts";
import type { KeyValue } from "../../../otlp/json.ts";
import type { FieldSuggestion } from "../../model.ts";
import { TimeSlice } from "../../time_slice.ts";
import type { SpanStore } from "../index/span_store.ts";
import { valueText } from "../../../otlp/any_value.ts";
import { IS_DEAD, ROW } from "../tables/span_layout.ts";

/** How many of the newest spans to look at, and the limits of the result. */
const MAX_SPANS = 1_000;
const MAX_FIELDS = 300;
const MAX_VALUES = 20;
const MAX_VALUE_LENGTH = 100;

/** The attributes of the newest spans and of their resources, by key, with some of their values. */
export async function spanFields(store: SpanStore): Promise<FieldSuggestion[]> {
  const found = new Map<string, Set<string>>();
  const scopes = new Set<number>();
  const slice = new TimeSlice();
  const { ring } = store.rows;
  let looked = 0;
  for (let row = ring.end - 1; row >= ring.first && looked < MAX_SPANS; row--) {
    if (slice.isOver) await slice.pause();
    if (!ring.has(row)) break;
    const at = ring.at(row);
    if ((ring.words[at + ROW.facts]! & IS_DEAD) !== 0) continue;
    looked++;
    const scope = store.scopes.numberOf(ring.words[at + ROW.scope]!);
    if (!scopes.has(scope)) {
      scopes.add(scope);
      note(found, store.resourceOf(scope).resource?.attributes);
    }
    note(found, protobufToJson("Span", store.spanBytes(at)).attributes);
  }
  return [...found]
    .map(([name, values]) => ({ name, values: [...values].sort() }))
    .sort((a, b) => a.name < b.name ? -1 : 1);
}

function note(found: Map<string, Set<string>>, attributes: KeyValue[] | undefined): void {
  for (const { key = "", value } of attributes ?? []) {
    let values = found.get(key);
    if (values === undefined) {
      if (key === "" || found.size >= MAX_FIELDS) continue;
      found.set(key, values = new Set());
    }
    const text = valueText(value);
    if (values.size < MAX_VALUES && text.length <= MAX_VALUE_LENGTH) values.add(text);
  }
}
