import * as v from "valibot";
import { ID } from "./names.ts";

/** A text for people. */
export const text = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty("expected text that is not empty"),
);

/** A name that others refer to. */
export const id = v.pipe(
  v.string(),
  v.regex(ID, "expected an id such as see-manual"),
  // Progress is stored in objects, which already have a property with this name.
  v.check((text) => text !== "constructor", "expected another id than constructor"),
);

/** The schema with a description, which the reference of the step format shows. */
export function described<S extends v.GenericSchema>(schema: S, description: string) {
  return v.pipe(schema, v.description(description));
}

/** An optional key, with its description. */
export function optional<S extends v.GenericSchema>(schema: S, description: string) {
  return v.exactOptional(described(schema, description));
}

const MILLIS: Record<string, number> = { ms: 1, s: 1000, m: 60_000 };

/** A time such as `15s`, in milliseconds. */
export const duration = v.pipe(
  v.string(),
  v.regex(/^\d+(ms|s|m)$/, "expected a time such as 15s"),
  v.transform((written) => parseInt(written) * MILLIS[written.replace(/^\d+/, "")]!),
);
