/**
 * Tries an executable on its own system: it prints its version, its demo answers, and a span of an app that
 * `auto` runs arrives in the demo's collector.
 *
 *     deno run --allow-net --allow-run --allow-read scripts/try_executable.ts EXECUTABLE
 */
import config from "../deno.json" with { type: "json" };

const PATIENCE_MS = 60_000;
const POLL_MS = 100;
const SERVICE = "smoke-test";
const ANY_PORTS = ["--http-port=0", "--grpc-port=0", "--ui-port=0"];

const [executable] = Deno.args;
if (executable === undefined) throw new Error("Cannot test: expected the path of an executable");

const { stdout } = await new Deno.Command(executable, { args: ["--version"] }).output();
const version = new TextDecoder().decode(stdout).trim();
if (version !== `otel-kit ${config.version}`) {
  throw new Error(`Wrong version: expected otel-kit ${config.version}, got "${version}"`);
}
report(version);

await using demo = start(executable, ["demo", "--no-open", ...ANY_PORTS]);
const text = await demo.output("Ctrl-C");
const page = addressIn(text, /Listening on (http:\S+)\//);
const answer = await fetch(page);
if (!answer.ok || !(await answer.text()).includes("app.js")) {
  throw new Error("The demo has no page");
}
report(`demo answers on ${page}`);

const endpoint = addressIn(text, /OTLP\/HTTP +(http:\S+)/);
const flags = ["--port=0", `--endpoint=${endpoint}`, `--service-name=${SERVICE}`];
await using app = start(executable, ["auto", ...flags]);
const url = addressIn(await app.output("Ctrl-C"), /Listening on (http:\S+)\//);
await (await fetch(url)).text();
await until(async () => {
  const response = await fetch(`${page}/api/kit/traces?service=${SERVICE}`);
  const { traces }: { traces: unknown[] } = await response.json();
  return traces.length > 0;
}, "the span of the app");
report("a span through auto arrived");

function report(line: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`ok: ${line}\n`));
}

/** A program that runs until it is disposed; its messages are kept. */
function start(command: string, args: string[]) {
  const child = new Deno.Command(command, { args, stdout: "null", stderr: "piped" }).spawn();
  let text = "";
  const read = (async () => {
    for await (const part of child.stderr.pipeThrough(new TextDecoderStream())) text += part;
  })();
  return {
    async output(last: string): Promise<string> {
      await until(() => Promise.resolve(text.includes(last)), () => `"${last}" in:\n${text}`);
      return text;
    },
    async [Symbol.asyncDispose]() {
      child.kill();
      await Promise.all([child.status, read]);
    },
  };
}

function addressIn(text: string, pattern: RegExp): string {
  const [, address] = pattern.exec(text) ?? [];
  if (address === undefined) throw new Error(`Cannot find ${pattern} in:\n${text}`);
  return address;
}

async function until(
  isReached: () => Promise<boolean>,
  what: string | (() => string),
): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  while (!await isReached()) {
    if (performance.now() > end) {
      throw new Error(`Waited in vain for ${typeof what === "string" ? what : what()}`);
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}
