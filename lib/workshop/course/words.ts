import * as v from "valibot";
import { ID } from "./names.ts";

/** A text for people. */
export const text = v.pipe(
  v.string(),
  v.trim(),
  v.nonEmpty("expected a text that is not empty"),
);

/** A name that others refer to. */
export const id = v.pipe(v.string(), v.regex(ID, "expected an id such as see-manual"));
