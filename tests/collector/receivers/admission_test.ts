import { assertEquals, assertInstanceOf, assertRejects, assertThrows } from "@std/assert";
import { Admission, type Reservation } from "../../../lib/collector/receivers/admission.ts";
import { RefusedError } from "../../../lib/collector/receivers/refused_error.ts";

const MIB = 2 ** 20;
const never = () => new Promise<never>(() => {});

/** An admission of 8 MiB with a stopped clock. */
function start() {
  const store = { pendingBytes: 0 };
  const clock = { millis: 0 };
  const admission = new Admission(store, { maxPendingBytes: 8 * MIB, now: () => clock.millis });
  const enter = (peer: string, isBuffered = false) => admission.enter({ peer, isBuffered });
  /** Keeps the bytes waiting until the time limit. */
  async function refuse(reservation: Reservation, bytes: number) {
    const adding = reservation.add(bytes);
    assertInstanceOf(adding, Promise);
    clock.millis += 5000;
    await assertRejects(() => adding, RefusedError, "wait to be stored");
    reservation[Symbol.dispose]();
  }
  return { enter, refuse, store, clock };
}

Deno.test("Admission accepts short requests even if long ones take up all other room", async () => {
  const { enter, refuse } = start();
  for (const peer of "abcd") assertEquals(enter(peer).add(2 * MIB), undefined);
  await refuse(enter("e"), MIB);
  // A quarter of the room is for requests up to 256 KiB.
  const short = Array.from({ length: 8 }, () => enter("e"));
  for (const reservation of short) assertEquals(reservation.add(MIB / 4), undefined);
  await refuse(enter("e"), MIB / 4);
  // They keep their room until they are stored.
  short[0]!.handOver();
  await refuse(enter("e"), MIB / 4);
  short[0]![Symbol.dispose]();
  assertEquals(enter("e").add(MIB / 4), undefined);
});

Deno.test("Admission refuses immediately if the store is overloaded", async () => {
  const { enter, store } = start();
  store.pendingBytes = 8 * MIB;
  const long = enter("a").add(MIB);
  await assertRejects(async () => await long, RefusedError, "8388608 bytes wait");
  assertEquals(enter("b").add(1), undefined);
});

Deno.test("Admission accepts the oldest of the long requests, however long it is", async () => {
  const { enter, refuse, store } = start();
  const [eldest, younger] = [enter("a"), enter("b")];
  assertEquals(eldest.add(MIB), undefined);
  assertEquals(younger.add(2 * MIB), undefined);
  assertEquals(eldest.add(64 * MIB), undefined);
  const waiting = younger.add(64 * MIB);
  eldest[Symbol.dispose]();
  await waiting;
  // But not while the store is busy.
  store.pendingBytes = 2 * MIB;
  await refuse(younger, 1);
});

Deno.test("Admission limits one connection to half of the room if others need some", async () => {
  const { enter, refuse } = start();
  assertEquals(enter("a").add(6 * MIB), undefined);
  assertEquals(enter("b").add(MIB), undefined);
  await refuse(enter("a"), MIB);
  assertEquals(enter("b").add(MIB), undefined);
});

Deno.test("Admission lets requests wait, and accepts them in turn", async () => {
  const { enter } = start();
  const holders = [..."abcd"].map((peer) => enter(peer));
  for (const holder of holders) holder.add(2 * MIB);
  const taken: string[] = [];
  const waiting = [..."efg"].map(async (peer) => {
    await enter(peer).add(2 * MIB);
    taken.push(peer);
  });
  holders[3]![Symbol.dispose]();
  await waiting[0];
  holders[2]![Symbol.dispose]();
  await waiting[1];
  assertEquals(taken, ["e", "f"]);
  holders[1]![Symbol.dispose]();
  await waiting[2];
});

Deno.test("Admission lets only a few connections with unread data wait", async () => {
  const { enter } = start();
  const holder = enter("a");
  holder.add(8 * MIB);
  const waiting = ["b", "c", "d", "e", "b"].map((peer) => enter(peer, true).add(MIB));
  await assertRejects(async () => await enter("f", true).add(MIB), RefusedError);
  holder[Symbol.dispose]();
  await Promise.all(waiting);
});

Deno.test("Admission reclaims room from senders that stall or trickle", async () => {
  const { enter, clock } = start();
  const held = [..."abcd"].map((peer) => enter(peer));
  for (const reservation of held) reservation.add(2 * MIB);
  const [stalled, trickling, quick] = held;
  const reading = held.slice(0, 3).map((one) => one.receive(never()));
  const refused = reading.map((one) => assertRejects(() => one, RefusedError, "too slowly"));
  const adding = enter("e").add(2 * MIB);
  clock.millis = 999;
  trickling!.set(trickling!.heldBytes + 1000);
  quick!.set(3 * MIB);
  clock.millis = 1000;
  await adding;
  await Promise.all(refused.slice(0, 2));
  assertThrows(() => stalled!.add(1), RefusedError, "too slowly");
  // The last request is received, and waits for the store.
  assertEquals(held.map(({ heldBytes }) => heldBytes / MIB), [0, 0, 3, 2]);
  quick!.revoke();
  await refused[2];
});
