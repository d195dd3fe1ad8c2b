import { findPortHolder } from "../../doctor/port_holder.ts";
import type { PortCheck } from "../course/check.ts";
import { type CheckContext, type Look, met, notMet } from "./outcome.ts";

const HOSTNAME = "127.0.0.1";
/** What an address without a port means. */
const HTTP_PORT = 80;

/** Tries whether somebody listens on a port of this machine. */
export const lookAtPort: Look<PortCheck> = async ({ port: meant, is }, context) => {
  const port = numberOf(meant, context);
  if (await isOpen(port) === (is === "open")) {
    return met({ text: is === "open" ? `port ${port} is open` : `port ${port} is free` });
  }
  if (is === "open") return notMet("not-open", `nobody listens on port ${port}`);
  const holder = await findPortHolder(port) ?? "another program";
  return notMet("taken", `port ${port} is taken by ${holder}`);
};

/** Whether somebody listens. */
export async function isOpen(port: number): Promise<boolean> {
  try {
    (await Deno.connect({ hostname: HOSTNAME, port })).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}

/** Where what a course names by its purpose is for this learner. */
function numberOf(
  port: PortCheck["port"],
  { appUrl, backends: { otlpGrpcUrl, otlpHttpUrl } }: CheckContext,
): number {
  if (typeof port === "number") return port;
  const urls = { "app": appUrl, "otlp-grpc": otlpGrpcUrl, "otlp-http": otlpHttpUrl };
  return Number(new URL(urls[port]).port || HTTP_PORT);
}
