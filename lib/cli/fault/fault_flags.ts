import { FAULT_KIND_NAMES, MAX_SEED } from "../../workshop/fault/fault.ts";
import type { FlagTable } from "../flags/flags.ts";
import { VARIABLE_FLAGS } from "../flags/telemetry_flags.ts";

/** The flags of the shop. */
export const SHOP_FLAGS = {
  "exporter-otlp-endpoint": VARIABLE_FLAGS["exporter-otlp-endpoint"],
  seed: { placeholder: "N", help: `The same fault again, from 0 to ${MAX_SEED}` },
  after: { placeholder: "TIME", help: "The fault begins later: 500ms, 30s, 2m" },
  for: { placeholder: "TIME", help: "The fault ends so long after it began" },
  load: { help: "Send two requests a second to the shop" },
} as const satisfies FlagTable;

/** The flags of an answer to it. */
export const ANSWER_FLAGS = {
  service: {
    placeholder: "NAME",
    nonEmpty: true,
    help: "The service in which the fault is",
  },
  span: {
    placeholder: "NAME",
    nonEmpty: true,
    help: 'The name of its server span, such as "GET /x"',
  },
  kind: {
    placeholder: "KIND",
    nonEmpty: true,
    choices: FAULT_KIND_NAMES,
    help: "What kind of fault",
  },
  "give-up": { help: "Tell what it is, what shows it, and how to mend it" },
  json: { help: "Print the reply as JSON" },
} as const satisfies FlagTable;
