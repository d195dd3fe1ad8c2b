import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { createGrpcReceiver } from "../../lib/collector/receivers/grpc_receiver.ts";
import { RPC_CODE } from "../../lib/otlp/rpc_status.ts";
import type { ExportRecord } from "../../lib/collector/model.ts";
import { memoryReceiverOptions } from "../helpers/collector_store.ts";
import { concat, data, headers, REQUEST, reset, START } from "../helpers/http2_frames.ts";
import { testWith } from "../helpers/needs.ts";

const EXPORT = [
  ...REQUEST.filter(([name]) => name !== ":path"),
  [":path", "/opentelemetry.proto.collector.trace.v1.TraceService/Export"],
  ["content-type", "application/grpc"],
] as const;

testWith(["net"], "a call that its sender cancels is recorded as canceled", async () => {
  const recorded = Promise.withResolvers<Omit<ExportRecord, "id" | "outcome">>();
  const exports = { add: recorded.resolve };
  await using receiver = createGrpcReceiver({ ...memoryReceiverOptions(), exports });
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: receiver.port });
  await connection.write(concat([START, headers(1, { fields: EXPORT }), data(1, "abc"), reset(1)]));
  const { status, reason, protocol } = await recorded.promise;
  assertEquals([status, reason, protocol], [RPC_CODE.CANCELLED, "The sender aborted", "grpc"]);
});

testWith(["net"], "the receiver continues after a fault of its own, and reports it", async () => {
  const reports: string[] = [];
  const options = memoryReceiverOptions();
  const exports = {
    add() {
      throw new RangeError("a fault");
    },
  };
  const reportFault = (what: string, fault: unknown) => void reports.push(`${what}: ${fault}`);
  const receiver = createGrpcReceiver({ ...options, exports, reportFault });
  for (let i = 0; i < 2; i++) {
    const connection = await Deno.connect({ hostname: "127.0.0.1", port: receiver.port });
    await connection.write(concat([START, headers(1, { fields: REQUEST, isEnd: true })]));
    await connection.read(new Uint8Array(1000));
    connection.close();
  }
  await receiver.shutdown();
  for (const report of reports) assertStringIncludes(report, "RangeError: a fault");
  assert(reports.length >= 2, reports.join("\n"));
});
