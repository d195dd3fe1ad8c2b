import { assert, assertEquals, assertNotEquals } from "@std/assert";
import { createEventHub, type EventHubOptions } from "../../../lib/collector/api/event_hub.ts";
import { EventReader } from "../../helpers/event_reader.ts";
import { within } from "../../helpers/patience.ts";

Deno.test("connect() streams events with ids, in order", async () => {
  using hub = createHub();
  await using reader = new EventReader(hub.connect());
  hub.publish("metrics", ["a"]);
  hub.publish("logs", { count: 2, lastSequence: 7 });
  const first = await reader.next();
  const second = await reader.next();
  assertEquals([first?.event, first?.data], ["metrics", ["a"]]);
  assertEquals([second?.event, second?.data], ["logs", { count: 2, lastSequence: 7 }]);
  assertNotEquals(first?.id, second?.id);
  assertEquals(reader.others, ["retry: 1000"]);
});

Deno.test("connect() replays events after the last event ID", async () => {
  using hub = createHub();
  await using watching = new EventReader(hub.connect());
  for (const name of ["a", "b", "c"]) hub.publish("metrics", [name]);
  const { id } = await watching.find("metrics");
  await using back = new EventReader(hub.connect(id));
  assertEquals((await back.next())?.data, ["b"]);
  assertEquals((await back.next())?.data, ["c"]);
  hub.publish("metrics", ["d"]);
  assertEquals((await back.next())?.data, ["d"]);
});

Deno.test("connect() with the newest id replays nothing", async () => {
  using hub = createHub();
  await using watching = new EventReader(hub.connect());
  hub.publish("metrics", ["a"]);
  const { id } = await watching.find("metrics");
  await using back = new EventReader(hub.connect(id));
  hub.publish("metrics", ["b"]);
  assertEquals((await back.next())?.data, ["b"]);
});

Deno.test("connect() answers resync for an ID that is too old, foreign, or invalid", async () => {
  using hub = createHub();
  await using watching = new EventReader(hub.connect());
  hub.publish("metrics", ["a"]);
  const { id } = await watching.find("metrics");
  for (let i = 0; i < 513; i++) hub.publish("metrics", [String(i)]);
  const [epoch] = id.split(".");
  for (
    const lastEventId of [id, "other.1", `${epoch}.999999`, "x", `${epoch}.-1`, "9".repeat(99)]
  ) {
    await using back = new EventReader(hub.connect(lastEventId));
    assertEquals((await back.next())?.event, "resync", lastEventId);
  }
});

Deno.test("a client that does not read gets one resync instead of the events that it missed", async () => {
  using hub = createHub();
  await using slow = new EventReader(hub.connect());
  await using quick = new EventReader(hub.connect());
  const names = ["x".repeat(500_000)];
  for (let i = 0; i < 100; i++) {
    hub.publish("metrics", names);
    assertEquals((await quick.next())?.event, "metrics");
  }
  hub.publish("metrics", ["last"]);
  const events = [];
  for (let event = await slow.next(); event; event = await slow.next()) {
    events.push(event.event);
    if (event.data[0] === "last") break;
  }
  assert(events.includes("resync"));
  // The backlog is limited: at most eight events of 0.5 MB each.
  assert(events.length <= 10, String(events.length));
});

Deno.test("publish() sends resync for an event that is larger than a reload", async () => {
  using hub = createHub();
  await using reader = new EventReader(hub.connect());
  hub.publish("metrics", ["x".repeat(2_000_000)]);
  assertEquals((await reader.next())?.event, "resync");
});

Deno.test("connect() accepts 32 clients, and another one after one left", async () => {
  using hub = createHub();
  const streams = Array.from({ length: 32 }, () => hub.connect());
  assertEquals(hub.clientCount, 32);
  assertEquals(hub.connect(), undefined);
  await streams[0]?.cancel();
  assertEquals(hub.clientCount, 31);
  assert(hub.connect());
});

Deno.test("a hub publishes from the first client until some time after the last one", async () => {
  const { promise: stopped, resolve } = Promise.withResolvers<void>();
  let starts = 0;
  using hub = createEventHub({
    start() {
      starts++;
      return { [Symbol.dispose]: resolve };
    },
    lingerMs: 1,
  });
  assertEquals(starts, 0);
  const [a, b] = [hub.connect(), hub.connect()];
  assertEquals(starts, 1);
  hub.publish("metrics", ["a"]);
  const reader = new EventReader(a);
  const { id } = await reader.find("metrics");
  await reader[Symbol.asyncDispose]();
  await b?.cancel();
  await within(stopped, "the end of publishing");
  await using back = new EventReader(hub.connect(id));
  assertEquals((await back.next())?.event, "resync");
  assertEquals(starts, 2);
});

Deno.test("a silent stream gets heartbeats, and ends with the hub", async () => {
  const hub = createHub({ heartbeatMs: 1 });
  const reader = hub.connect()!.getReader();
  const decoder = new TextDecoder();
  assertEquals(decoder.decode((await reader.read()).value), "retry: 1000\n\n");
  assertEquals(decoder.decode((await reader.read()).value), ":\n\n");
  hub[Symbol.dispose]();
  while (!(await reader.read()).done);
  assertEquals(hub.clientCount, 0);
});

function createHub(options: Partial<EventHubOptions> = {}) {
  return createEventHub({ start: () => ({ [Symbol.dispose]: () => {} }), ...options });
}
