import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { HttpRequest } from "../../lib/http/handler.ts";
import { BodyError } from "../../lib/http/request_body.ts";
import { frameMessage } from "../../lib/otlp/grpc.ts";
import { RPC_CODE } from "../../lib/otlp/rpc_status.ts";
import { Admission } from "../../lib/collector/receivers/admission.ts";
import { readUnaryMessage } from "../../lib/collector/receivers/grpc_call.ts";
import { MessageReader } from "../../lib/collector/receivers/grpc_message.ts";
import { RefusedError } from "../../lib/collector/receivers/refused_error.ts";

const LIMIT = 300_000;

/** The bytes that a reader reserves from the budget. */
function reserve(maxPendingBytes = 1_000_000) {
  const store = { pendingBytes: 0 };
  const admission = new Admission(store, { maxPendingBytes });
  return { store, reservation: admission.enter() };
}

Deno.test("MessageReader assembles a message from any parts, and reserves their bytes", () => {
  fc.assert(fc.property(
    fc.nat(LIMIT),
    fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1 }),
    (length, sizes) => {
      const message = new Uint8Array(length).map((_, i) => i % 251);
      const wire = frameMessage(message);
      const reserved: number[] = [];
      const { reservation } = reserve();
      reservation.add = (bytes) => void reserved.push(bytes);
      const reader = new MessageReader(LIMIT, reservation);
      for (let at = 0, i = 0; at < wire.length; i++) {
        const size = sizes[i % sizes.length]!;
        reader.add(wire.subarray(at, at + size));
        at += size;
        const sum = reserved.reduce((a, b) => a + b, 0);
        assert(sum <= Math.max(64 * 1024, 2 * at), `${sum} bytes reserved for ${at}`);
      }
      const { body, isCompressed } = reader.end();
      assertEquals([body, isCompressed, reader.wireBytes], [message, false, wire.length]);
      // The store takes ownership of the whole buffer.
      assertEquals(body.buffer.byteLength, length);
      assertEquals(reserved.reduce((a, b) => a + b, 0), length);
    },
  ));
});

Deno.test("MessageReader rejects a message as soon as it announces too much", () => {
  const reader = new MessageReader(LIMIT, reserve().reservation);
  const prefix = frameMessage(new Uint8Array(LIMIT + 1)).subarray(0, 5);
  reader.add(prefix);
  const error = assertThrows(() => reader.add(new Uint8Array(1)), RefusedError);
  assertEquals(error.rpcStatus.code, RPC_CODE.RESOURCE_EXHAUSTED);
});

Deno.test("MessageReader rejects a part if there is no memory for it", async () => {
  const { store, reservation } = reserve(100_000);
  store.pendingBytes = 100_000;
  const reader = new MessageReader(LIMIT, reservation);
  const wire = frameMessage(new Uint8Array(LIMIT));
  const error = await assertRejects(
    async () => await reader.add(wire.subarray(0, 100)),
    RefusedError,
  );
  assertEquals(error.rpcStatus.code, RPC_CODE.UNAVAILABLE);
});

Deno.test("MessageReader rejects parts that are not exactly one message", () => {
  const wire = frameMessage(new Uint8Array(10));
  for (const parts of [[wire.subarray(0, 4)], [wire.subarray(0, 14)], [wire, wire], [wire, [0]]]) {
    const reader = new MessageReader(LIMIT, reserve().reservation);
    for (const part of parts) reader.add(Uint8Array.from(part));
    const error = assertThrows(() => reader.end(), RefusedError);
    assertEquals(error.rpcStatus.code, RPC_CODE.INVALID_ARGUMENT);
  }
});

Deno.test("readUnaryMessage() rejects a body that is too slow", async () => {
  const body = { read: () => Promise.reject(new BodyError("slow", "")) };
  const request = { body, headers: new Map() } as unknown as HttpRequest;
  const reading = () => readUnaryMessage(request, LIMIT, reserve().reservation);
  const error = await assertRejects(reading, RefusedError);
  assertEquals(error.rpcStatus.code, RPC_CODE.DEADLINE_EXCEEDED);
});
