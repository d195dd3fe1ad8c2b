/**
 * Creates a span and ends in the way that its argument names. If a signal is to end it, it writes `ready`
 * and waits.
 */
import process from "node:process";
import { trace } from "@opentelemetry/api";

const tracer = trace.getTracer("test");
const record = (name: string) => tracer.startSpan(name).end();
const ready = () => Deno.stdout.write(new TextEncoder().encode("ready\n"));

/** Keeps the program alive until a signal ends it. */
function wait(): void {
  setInterval(() => {}, 60_000);
}

const ENDINGS: Record<string, () => void> = {
  "Deno.exit": () => Deno.exit(3),
  "process.exit": () => process.exit(4),
  "process.exitCode": () => void (process.exitCode = 5),
  "an uncaught error": () => {
    setTimeout(() => {
      throw new Error("uncaught");
    });
  },
  "an unhandled rejection": () => void Promise.reject(new Error("unhandled")),
  "the event loop's end": () => {},
  "a signal to itself": () => {
    Deno.kill(Deno.pid, "SIGTERM");
    wait();
  },
  "a signal": wait,
  "a listener of Deno": () => {
    Deno.addSignalListener("SIGTERM", () => {
      record("farewell");
      Deno.exit(7);
    });
    wait();
  },
  "a listener of Node": () => {
    process.on("SIGTERM", () => {
      record("farewell");
      process.exit(8);
    });
    wait();
  },
  "a listener that stops the loop": () => {
    const timer = setInterval(() => {}, 60_000);
    Deno.addSignalListener("SIGTERM", function listener() {
      Deno.removeSignalListener("SIGTERM", listener);
      record("farewell");
      clearInterval(timer);
    });
  },
  "a listener that gives way": () => {
    Deno.addSignalListener("SIGTERM", function listener() {
      Deno.removeSignalListener("SIGTERM", listener);
      record("farewell");
      Deno.kill(Deno.pid, "SIGTERM");
    });
    wait();
  },
};

record("work");
ENDINGS[Deno.args[0]!]!();
await ready();
