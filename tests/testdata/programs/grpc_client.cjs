// deno-lint-ignore-file -- a program for Node
// Calls a collector with grpc-js as tests/collector/grpc_clients_test.ts wants it. Arguments: the
// port, a folder with the requests.
const { Buffer } = require("node:buffer");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const process = require("node:process");
const { createInterface } = require("node:readline");
const grpc = require("@grpc/grpc-js");

const EXPORT = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
const WATCH = "/grpc.health.v1.Health/Watch";
const CALLS = 200;
const GZIP = 2;

const [port, folder] = process.argv.slice(2);
const [small, medium, large] = ["small", "medium", "large"].map((name) =>
  readFileSync(join(folder, name))
);
const address = `127.0.0.1:${port}`;
const options = { "grpc.keepalive_time_ms": 100, "grpc.max_send_message_length": -1 };
const open = (more = {}) =>
  new grpc.Client(address, grpc.credentials.createInsecure(), { ...options, ...more });
const bytes = (message) => message;

/** Resolves with the name of the status. */
function call(client, message, { waitForReady = false } = {}) {
  return new Promise((resolve) => {
    const metadata = new grpc.Metadata({ waitForReady });
    client.makeUnaryRequest(
      EXPORT,
      bytes,
      bytes,
      message,
      metadata,
      (error) => resolve(grpc.status[error?.code ?? 0]),
    );
  });
}

async function many(client) {
  const names = await Promise.all(Array.from({ length: CALLS }, () => call(client, small)));
  return names.filter((name) => name === "OK").length;
}

function print(result) {
  process.stdout.write(`${JSON.stringify(result)}\n`);
}

async function main() {
  const client = open();
  const compressing = open({ "grpc.default_compression_algorithm": GZIP });
  const watching = client.makeServerStreamRequest(WATCH, bytes, bytes, Buffer.alloc(0));
  const statuses = [];
  watching.on("data", (status) => statuses.push(status.toString("hex")));
  watching.on("error", () => {});
  const watched = new Promise((resolve) => watching.on("close", resolve).on("end", resolve));

  const result = { plain: await many(client), gzip: await many(compressing) };
  result.large = await call(client, large);
  result["half-close"] = await new Promise((resolve) => {
    const sending = client.makeClientStreamRequest(
      EXPORT,
      bytes,
      bytes,
      (error) => resolve(grpc.status[error?.code ?? 0]),
    );
    sending.write(small, () => sending.end());
  });
  for (let i = 0; i < CALLS; i++) {
    client.makeUnaryRequest(EXPORT, bytes, bytes, medium, () => {}).cancel();
  }
  result["after cancel"] = await call(client, small);
  print(result);

  await new Promise((resolve) => createInterface({ input: process.stdin }).once("line", resolve));
  await watched;
  const name = await call(client, small, { waitForReady: true });
  print({ watch: statuses, "after goaway": name });
  process.exit(0);
}

main();
