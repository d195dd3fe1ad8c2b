import { assertEquals } from "@std/assert";
import { createGrpcReceiver } from "../../../lib/collector/receivers/grpc_receiver.ts";
import { createHttpReceiver } from "../../../lib/collector/receivers/http_receiver.ts";
import { memoryReceiverOptions } from "../../helpers/collector_store.ts";
import { withFolder } from "../../helpers/folder.ts";
import { SDK_SENDERS, type SdkSender } from "../../helpers/sdk_senders.ts";
import { testIf } from "../../helpers/needs.ts";

const NEEDS = ["net", "env", "read", "write", "run"] as const;

/** What each program sends of everything. */
const COUNT = 100;

/** The first run also builds the program, on a machine with other work. */
const LIMIT_MS = 15 * 60_000;

for (const sender of SDK_SENDERS) {
  testIf(
    sender.condition,
    NEEDS,
    `nothing that the ${sender.name} SDK sends is lost`,
    async (t) => {
      await withFolder(async (folder) => {
        const { command, args } = await sender.prepare(folder);
        for (const { protocol, compressions } of sender.ways) {
          for (const compression of compressions) {
            await t.step(`${protocol}, compression ${compression}`, async () => {
              await sendsAll({ command, args }, { protocol, compression });
            });
          }
        }
      });
    },
    { limitMillis: LIMIT_MS },
  );
}

async function sendsAll(
  { command, args }: Awaited<ReturnType<SdkSender["prepare"]>>,
  { protocol, compression }: { protocol: string; compression: string },
): Promise<void> {
  const options = memoryReceiverOptions();
  const http = createHttpReceiver(options);
  const grpc = await createGrpcReceiver(options);
  await using stack = new AsyncDisposableStack();
  stack.defer(() => http.shutdown());
  stack.defer(() => grpc.shutdown());
  const { success, stderr } = await new Deno.Command(command, {
    args,
    env: {
      OTEL_SERVICE_NAME: "sender",
      OTEL_EXPORTER_OTLP_ENDPOINT: (protocol === "grpc" ? grpc : http).url,
      OTEL_EXPORTER_OTLP_PROTOCOL: protocol,
      ...compression !== "none" && { OTEL_EXPORTER_OTLP_COMPRESSION: compression },
    },
  }).output();
  assertEquals(success, true, new TextDecoder().decode(stderr));
  const { records, store } = options;
  const said = JSON.stringify(records);
  for (const record of records) {
    assertEquals([record.reason, record.compression], [undefined, compression], said);
    assertEquals(record.serviceNames, ["sender"]);
  }
  const spans = store.traces.flatMap(({ resourceSpans = [] }) =>
    resourceSpans.flatMap(({ scopeSpans = [] }) => scopeSpans.flatMap(({ spans = [] }) => spans))
  );
  const logRecords = store.logs.flatMap(({ resourceLogs = [] }) =>
    resourceLogs.flatMap(({ scopeLogs = [] }) =>
      scopeLogs.flatMap(({ logRecords = [] }) => logRecords)
    )
  );
  const points = store.metrics.flatMap(({ resourceMetrics = [] }) =>
    resourceMetrics.flatMap(({ scopeMetrics = [] }) =>
      scopeMetrics.flatMap(({ metrics = [] }) => metrics)
    )
  ).filter(({ name }) => name === "calls").flatMap(({ sum }) => sum?.dataPoints ?? []);
  const expected = Array.from({ length: COUNT }, (_, i) => i);
  const numbers = (texts: (string | undefined)[]) =>
    texts.map((text) => Number(text?.split(" ")[1])).sort((a, b) => a - b);
  assertEquals(numbers(spans.map(({ name }) => name)), expected, said);
  assertEquals(numbers(logRecords.map(({ body }) => body?.stringValue)), expected, said);
  assertEquals(Number(points.at(-1)?.asInt ?? points.at(-1)?.asDouble), COUNT, said);
}
