import { assertEquals, assertMatch } from "@std/assert";
import { createGrpcReceiver } from "../../../lib/collector/receivers/grpc_receiver.ts";
import { createHttpHandler } from "../../../lib/collector/receivers/http_handler.ts";
import { createHttpReceiver } from "../../../lib/collector/receivers/http_receiver.ts";
import type { ReceiverOptions } from "../../../lib/collector/receivers/receiver_options.ts";
import { StoreUnavailableError } from "../../../lib/collector/store/store.ts";
import { MalformedError } from "../../../lib/otlp/malformed_error.ts";
import { memoryReceiverOptions } from "../../helpers/collector_store.ts";
import { grpcCall } from "../../helpers/http2/grpc_call.ts";
import { webResponse } from "../../helpers/web_response.ts";
import { testWith } from "../../helpers/needs.ts";
import { ONE_SPAN, protobufOf } from "../../helpers/otlp_requests.ts";
import { within } from "../../helpers/patience.ts";

const TRACES = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";
const BODY = protobufOf("TracesData", ONE_SPAN);

/** A store that throws, synchronously or asynchronously, and the reports of its receivers. */
function failing(add: ReceiverOptions["store"]["add"]) {
  const faults: string[] = [];
  const options: ReturnType<typeof memoryReceiverOptions> & Pick<ReceiverOptions, "reportFault"> = {
    ...memoryReceiverOptions(),
    reportFault: (doing, error) => faults.push(`${doing}: ${error}`),
  };
  return { faults, ...options, store: { ...options.store, add } };
}

/** The error, its answers over HTTP and gRPC, and whether it is reported. */
const CASES: {
  name: string;
  add: ReceiverOptions["store"]["add"];
  http: number;
  grpc: number;
  isFault: boolean;
}[] = [
  {
    name: "a fault of the collector",
    add: () => {
      throw new TypeError("bytes is undefined");
    },
    http: 500,
    grpc: 13,
    isFault: true,
  },
  {
    name: "a store that cannot take it now",
    add: () => Promise.reject(new Error("database or disk is full")),
    http: 503,
    grpc: 14,
    isFault: true,
  },
  {
    name: "a store that starts again",
    add: () => Promise.reject(new StoreUnavailableError("the store starts again")),
    http: 503,
    grpc: 14,
    isFault: false,
  },
  {
    name: "a request that is none",
    add: () => Promise.reject(new MalformedError("truncated varint", 3)),
    http: 400,
    grpc: 3,
    isFault: false,
  },
];

for (const { name, add, http, grpc, isFault } of CASES) {
  for (
    const [type, body] of [
      ["application/x-protobuf", BODY],
      ["application/json", JSON.stringify(ONE_SPAN)],
    ] as const
  ) {
    Deno.test(`${name} is answered with ${http} over HTTP, in ${type}`, async () => {
      const { faults, records, ...options } = failing(add);
      const url = "http://127.0.0.1:4318/v1/traces";
      const request = new Request(url, { method: "POST", headers: { "content-type": type }, body });
      const response = webResponse(await createHttpHandler(options)(request, "127.0.0.1:1"));
      assertEquals(response.status, http);
      assertEquals(response.headers.get("content-type"), type);
      assertEquals(response.headers.get("retry-after"), http === 503 ? "1" : null);
      if (type === "application/json") assertEquals((await response.json()).code, grpc);
      assertEquals(records.map(({ status }) => status), [http]);
      assertEquals(faults.length, isFault ? 1 : 0, faults.join("\n"));
      if (isFault) {
        assertMatch(faults[0]!, /^take POST \/v1\/traces: (TypeError: bytes|Error: data)/);
      }
    });
  }

  testWith(["net"], `${name} is answered with ${grpc} over gRPC`, async () => {
    const { faults, records, ...options } = failing(add);
    const receiver = createGrpcReceiver(options);
    try {
      const { status } = await grpcCall(receiver, TRACES, frame(BODY));
      assertEquals(status, grpc);
      assertEquals(records.map(({ status }) => status), [grpc]);
      assertEquals(faults.length, isFault ? 1 : 0, faults.join("\n"));
    } finally {
      await receiver.shutdown();
    }
  });
}

testWith(["net"], "a sender that disconnects during its request is not a fault", async () => {
  const { promise: recorded, resolve } = Promise.withResolvers<number>();
  const { faults, ...options } = failing(() => Promise.reject(new Error("nothing came")));
  const exports = { add: ({ status }: { status: number }) => resolve(status) };
  await using receiver = createHttpReceiver({ ...options, exports });
  for (const length of [100, 2_000_000]) {
    using socket = await Deno.connect({ hostname: "127.0.0.1", port: receiver.port });
    await socket.write(new TextEncoder().encode(
      `POST /v1/traces HTTP/1.1\r\nHost: 127.0.0.1:${receiver.port}\r\n` +
        `Content-Type: application/x-protobuf\r\nContent-Length: ${length}\r\n\r\nabc`,
    ));
  }
  assertEquals(await within(recorded, "the record of a request that broke off"), 400);
  assertEquals(faults, []);
});

Deno.test("a truncated body is not a fault, whatever its announced length", async () => {
  for (const headers of [{}, { "content-length": "10" }, { "content-length": "2000000" }]) {
    const { faults, records, ...options } = failing(() => Promise.reject(new Error("no")));
    const body = new ReadableStream<Uint8Array>({
      pull: (controller) => controller.error(new TypeError("connection closed")),
    });
    const request = new Request("http://127.0.0.1:4318/v1/traces", {
      method: "POST",
      headers: { "content-type": "application/x-protobuf", ...headers },
      body,
    });
    const response = await createHttpHandler(options)(request, "127.0.0.1:1");
    assertEquals([response.status, faults], [400, []]);
    assertEquals(records[0]?.reason, "Cannot read the request: connection closed");
  }
});

Deno.test("an invalid host is not a fault", async () => {
  const { faults, ...options } = failing(() => Promise.reject(new Error("no")));
  const request = new Request("http://127.0.0.1:4318/v1/traces", {
    method: "POST",
    headers: { "content-type": "application/x-protobuf" },
    body: BODY,
  });
  Object.defineProperty(request, "url", { value: "http://a:99999/v1/traces" });
  const response = await createHttpHandler(options)(request, "127.0.0.1:1");
  assertEquals([response.status, faults], [400, []]);
});

function frame(message: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(5 + message.length);
  new DataView(bytes.buffer).setUint32(1, message.length);
  bytes.set(message, 5);
  return bytes;
}
