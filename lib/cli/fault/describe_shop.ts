import { DEFAULT_PORTS } from "../../default_ports.ts";
import { isWildcard } from "../../host.ts";
import type { FaultWindow } from "../../workshop/fault/activity.ts";
import { EXTERNAL_BACKENDS } from "../../workshop/backends/backends.ts";
import { FAULT_KIND_NAMES, FAULT_KINDS } from "../../workshop/fault/fault.ts";
import { SERVICE_NAMES } from "../../workshop/fault/routes.ts";
import { DEFAULT_HOST, DEFAULT_PORT } from "../flags/app_flags.ts";
import { wrap } from "../flags/help.ts";
import type { FaultSettings } from "./fault_settings.ts";

/** Facts about a listening shop. */
export interface RunningShop
  extends Pick<FaultSettings, "kind" | "seed" | "window" | "hasLoad" | "address"> {
  /** The address for customers. */
  url: string;
  /** The same as an address, with the actual port. */
  listening: Deno.NetAddr;
  /** How and where the shop sends telemetry. */
  exporter: string;
  /** The final target of the telemetry. */
  collector: string;
}

const INDENT = 16;

/** The addresses of the parts, where to look, and how to answer. Doesn't say what is wrong, or where. */
export function describeShop(shop: RunningShop): string[] {
  const { kind, seed, window, hasLoad, url, exporter, collector } = shop;
  const answer = `otel-kit fault answer${whereToAnswer(shop)}`;
  return [
    `Listening on ${url}`,
    row("services", SERVICE_NAMES.join(", ")),
    row("telemetry to", `${exporter}, a gateway`),
    row("from there to", collector),
    row(
      "fault",
      (kind ? `${kind}: ${FAULT_KINDS[kind]}` : `one of ${FAULT_KIND_NAMES.join(", ")}`) +
        describeWindow(window),
    ),
    row("ask", `curl ${url}${hasLoad ? "; the shop gets two requests per second anyway" : ""}`),
    ...hasLoad ? [] : [row("or", `otel-kit load ${url} --rate 2`)],
    row(
      "look",
      `http://localhost:${DEFAULT_PORTS.uiPort}, or in Jaeger: ${EXTERNAL_BACKENDS.jaegerUrl}`,
    ),
    row("answer", `${answer} --kind KIND --service NAME --span "GET /x" --trace ID`),
    row("again", `otel-kit fault${kind ? ` ${kind}` : ""} --seed ${seed}`),
    row("stop", "Ctrl-C"),
  ];
}

function row(what: string, text: string): string {
  return `  ${what.padEnd(INDENT - 2)}${wrap(text, INDENT)}`;
}

function describeWindow({ afterMillis, forMillis }: FaultWindow): string {
  const seconds = (millis: number) => `${millis / 1000} s`;
  return (afterMillis > 0 ? `, from ${seconds(afterMillis)} on` : "") +
    (forMillis < Infinity ? `, for ${seconds(forMillis)}` : "");
}

/** The flags that the answer needs to reach this shop. */
function whereToAnswer({ address: { hostname }, listening: { port } }: RunningShop): string {
  return (hostname === DEFAULT_HOST || isWildcard(hostname) ? "" : ` --host ${hostname}`) +
    (port === DEFAULT_PORT ? "" : ` --port ${port}`);
}
