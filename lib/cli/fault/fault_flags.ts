import { FAULT_KIND_NAMES, MAX_SEED } from "../../workshop/fault/fault.ts";
import type { FlagTable } from "../flags/flags.ts";
import { VARIABLE_FLAGS } from "../flags/telemetry_flags.ts";

/** The flags of the shop. */
export const SHOP_FLAGS = {
  "exporter-otlp-endpoint": VARIABLE_FLAGS["exporter-otlp-endpoint"],
  seed: { placeholder: "N", help: `Repeat a fault: a number from 0 to ${MAX_SEED}` },
  after: { placeholder: "TIME", help: "Time until the fault begins, such as 500ms, 30s, or 2m" },
  for: { placeholder: "TIME", help: "Time until the fault ends again" },
  load: { help: "Send the shop two requests per second" },
} as const satisfies FlagTable;

/** The flags for answering. */
export const ANSWER_FLAGS = {
  service: {
    placeholder: "NAME",
    nonEmpty: true,
    help: "Service that has the fault",
  },
  span: {
    placeholder: "NAME",
    nonEmpty: true,
    help: 'Name of its server span, such as "GET /x"',
  },
  kind: {
    placeholder: "KIND",
    nonEmpty: true,
    choices: FAULT_KIND_NAMES,
    help: "Kind of fault",
  },
  trace: {
    placeholder: "ID",
    nonEmpty: true,
    help: "Trace that shows the fault: its ID, or the first 8 digits",
  },
  "give-up": { help: "Print the fault, what shows it, and how to fix it" },
  json: { help: "Print the result as JSON" },
} as const satisfies FlagTable;
