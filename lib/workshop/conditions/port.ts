import { findPortHolder, nameHolder } from "../../doctor/port_holder.ts";
import type { PortCheck } from "../course/check.ts";
import { type CheckContext, type Look, met, notMet } from "./outcome.ts";

const HOSTNAME = "127.0.0.1";
/** The port of an address without a port. */
const HTTP_PORT = 80;

/** Checks whether a port of this machine is open. */
export const lookAtPort: Look<PortCheck> = async ({ port: meant, is }, context) => {
  const port = numberOf(meant, context);
  if (await isOpen(port) === (is === "open")) {
    return met({ text: is === "open" ? `port ${port} is open` : `port ${port} is free` });
  }
  if (is === "open") return notMet("not-open", `nothing is listening on port ${port}`);
  const holder = nameHolder(await findPortHolder(port));
  return notMet("taken", `port ${port} is in use by ${holder}`);
};

/** Whether something is listening at an address, wherever that is. */
export function isListening(url: string): Promise<boolean> {
  const hostname = isOnThisMachine(url) ? HOSTNAME : new URL(url).hostname;
  return isOpen(portOf(url), hostname);
}

/** Whether something is listening. */
export async function isOpen(port: number, hostname = HOSTNAME): Promise<boolean> {
  try {
    (await Deno.connect({ hostname, port })).close();
    return true;
  } catch (error) {
    if (error instanceof Deno.errors.ConnectionRefused) return false;
    throw error;
  }
}

/** The port of an address. */
export function portOf(url: string): number {
  return Number(new URL(url).port || HTTP_PORT);
}

/** Whether an address is on this machine, so that its program can be found. */
export function isOnThisMachine(url: string): boolean {
  return ["localhost", HOSTNAME, "[::1]"].includes(new URL(url).hostname);
}

/** The learner's port number for a port that the course names by its purpose. */
function numberOf(
  port: PortCheck["port"],
  { appUrl, backends: { otlpGrpcUrl, otlpHttpUrl } }: CheckContext,
): number {
  if (typeof port === "number") return port;
  const urls = { "app": appUrl, "otlp-grpc": otlpGrpcUrl, "otlp-http": otlpHttpUrl };
  return portOf(urls[port]);
}
