import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { checkItemCount } from "../../../../lib/collector/store/scan/item_limit.ts";
import { checkInSlices } from "../../../../lib/collector/store/scan/sliced_check.ts";
import { MalformedError } from "../../../../lib/otlp/malformed_error.ts";
import type { MessageName } from "../../../../lib/otlp/messages.ts";
import type { Signal } from "../../../../lib/otlp/signal.ts";
import { validate } from "../../../../lib/otlp/validate.ts";
import { messageArbitrary, protobufOf } from "../../../helpers/otlp_requests.ts";

const DATA = {
  traces: "TracesData",
  logs: "LogsData",
  metrics: "MetricsData",
} as const satisfies Record<Signal, MessageName>;

for (const signal of ["traces", "logs", "metrics"] as const) {
  Deno.test(`a check in slices finds the same faults in ${signal} as validate(), at the same place`, async () => {
    const bytes = fc.tuple(
      messageArbitrary(DATA[signal]),
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 3 }),
      fc.option(fc.nat(), { nil: undefined }),
    ).map(([json, changes, cut]) => {
      const body = protobufOf(DATA[signal], json);
      for (const [at, byte] of changes) if (body.length > 0) body[at % body.length] = byte;
      return cut === undefined ? body : body.subarray(0, cut % (body.length + 1));
    });
    await fc.assert(
      fc.asyncProperty(bytes, async (bytes) => {
        assertEquals(
          await faultOf(() => checkInSlices(signal, bytes)),
          await faultOf(() => validate(DATA[signal], bytes)),
        );
      }),
      { numRuns: 700 },
    );
  });
}

Deno.test("a check in slices goes as deep as validate(), and no deeper", async () => {
  for (const lists of [1, 46, 47, 48, 49, 500]) {
    const bytes = spanOf(nested(lists));
    assertEquals(
      await faultOf(() => checkInSlices("traces", bytes)),
      await faultOf(() => validate("TracesData", bytes)),
      `${lists} lists`,
    );
  }
});

Deno.test("a check in slices counts what checkItemCount() counts", async () => {
  for (const count of [99_990, 100_001]) {
    const spans = Array(count).fill({});
    const bytes = protobufOf("TracesData", { resourceSpans: [{ scopeSpans: [{ spans }] }] });
    assertEquals(
      await faultOf(() => checkInSlices("traces", bytes)),
      await faultOf(() => checkItemCount("traces", bytes)),
    );
  }
});

Deno.test("a check yields whenever its time slice is over, and continues", async () => {
  let pauses = 0;
  const slice = { isOver: true, pause: () => Promise.resolve(void pauses++) };
  const attributes = repeated([0x4a, 0], 100_000);
  await checkInSlices("traces", spanOf(attributes), slice);
  const many = pauses;
  assert(many > 1);
  await checkInSlices("traces", spanOf(attributes), { ...slice, isOver: false });
  assertEquals(pauses, many);
  // One malformed field at the end.
  const broken = spanOf(Uint8Array.of(...attributes.subarray(0, 60_000), 0x4a, 1));
  await assertRejects(() => checkInSlices("traces", broken, slice), MalformedError);
});

Deno.test("packed numbers are also checked in slices", async () => {
  let pauses = 0;
  const slice = { isOver: true, pause: () => Promise.resolve(void pauses++) };
  // The bucket counts of a histogram data point.
  const counts = lengthDelimited(6, repeated([0, 0, 0, 0, 0, 0, 0, 0], 100_000));
  const metric = lengthDelimited(9, lengthDelimited(1, counts));
  const bytes = lengthDelimited(1, lengthDelimited(2, lengthDelimited(2, metric)));
  validate("MetricsData", bytes);
  await checkInSlices("metrics", bytes, slice);
  assert(pauses > 1);
});

Deno.test("a request with too many fields to process quickly is rejected", async () => {
  await assertRejects(
    () => checkInSlices("traces", spanOf(repeated([0x30, 1], 5_000_001))),
    MalformedError,
    "more than 5000000 fields in one request: export smaller batches",
  );
  // Values nested in attributes don't count.
  const list = lengthDelimited(2, lengthDelimited(5, repeated([0x0a, 0], 5_000_001)));
  await checkInSlices("traces", spanOf(lengthDelimited(9, list)));
});

/** The kind and offset of the fault in the bytes, if there is one. */
async function faultOf(check: () => unknown): Promise<[string, number | undefined] | undefined> {
  try {
    await check();
    return undefined;
  } catch (error) {
    if (!(error instanceof MalformedError)) throw error;
    return [error.message, error.byteOffset];
  }
}

/** A request with one span that has these fields. */
function spanOf(fields: Uint8Array): Uint8Array<ArrayBuffer> {
  return lengthDelimited(1, lengthDelimited(2, lengthDelimited(2, fields)));
}

/** An attribute with lists nested this deep. */
function nested(lists: number): Uint8Array {
  let value: Uint8Array = new Uint8Array();
  for (let i = 0; i < lists; i++) value = lengthDelimited(1, lengthDelimited(5, value)).slice();
  return lengthDelimited(9, lengthDelimited(2, value.subarray(headLength(value))));
}

function headLength(field: Uint8Array): number {
  let at = 1;
  while (field[at++]! >= 0x80);
  return at;
}

function lengthDelimited(number: number, bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const head = [number << 3 | 2];
  let { length } = bytes;
  for (; length >= 0x80; length >>>= 7) head.push(length & 0x7f | 0x80);
  const field = new Uint8Array(head.length + 1 + bytes.length);
  field.set([...head, length]);
  field.set(bytes, head.length + 1);
  return field;
}

function repeated(pattern: number[], count: number): Uint8Array {
  const bytes = new Uint8Array(pattern.length * count);
  for (let i = 0; i < bytes.length; i++) bytes[i] = pattern[i % pattern.length]!;
  return bytes;
}
