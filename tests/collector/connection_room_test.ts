import { assertEquals, assertStringIncludes } from "@std/assert";
import { ConnectionRoom } from "../../lib/collector/connection_room.ts";
import { maxOpenFiles } from "../../lib/cli/collector/open_files.ts";
import { testWith } from "../helpers/needs.ts";

/** A server that closes these numbers of connections, one for each time it must make room. */
function serverThatCloses(counts: number[]) {
  return {
    counts: {
      accepted: 9,
      notAccepted: 8,
      lost: 7,
      evicted: 6,
      timedOut: 5,
      refused: 4,
      pauses: 3,
    },
    openCount: 2,
    makeRoom: () => counts.shift() ?? 0,
    shutdown: () => Promise.resolve(),
  };
}

Deno.test("all connections together stay below the file limit, and the page has its own share", () => {
  for (const maxOpenFiles of [16, 64, 128, 256, 1024, undefined, 65_536, 1_048_576]) {
    const room = new ConnectionRoom({ maxOpenFiles, report: () => {} });
    const [senders, pages] = [room.maxConnections("sender"), room.maxConnections("page")];
    assertEquals(2 * senders + pages < (maxOpenFiles ?? 1024), true);
    assertEquals(pages >= 1 && senders > pages, true);
    assertEquals([senders <= 512, pages <= 128], [true, true]);
  }
});

Deno.test("senders make room first, then the page, and this is reported once a minute", () => {
  const told: string[] = [];
  let now = 0;
  const room = new ConnectionRoom({
    maxOpenFiles: 256,
    report: (message) => void told.push(message),
    now: () => now,
  });
  const [http, grpc, page] = [[3, 0], [4, 0], [5]];
  room.add("http", serverThatCloses(http));
  room.add("grpc", serverThatCloses(grpc));
  room.add("page", serverThatCloses(page));
  room.makeRoom();
  assertEquals([http.length, grpc.length, page.length], [1, 1, 1]);
  assertStringIncludes(told[0]!, "(256): new connections wait, 7 others were closed");
  room.makeRoom();
  assertEquals([page.length, told.length], [0, 1]);
  now = 60_000;
  room.makeRoom();
  assertEquals(told.length, 2);
});

Deno.test("connection statistics are kept by port, even before it is open", () => {
  const room = new ConnectionRoom({ report: () => {} });
  const none = room.stats().grpc;
  room.add("http", serverThatCloses([]));
  const { open, ...counts } = room.stats().http;
  assertEquals([open, counts], [2, serverThatCloses([]).counts]);
  assertEquals(Object.keys(room.stats().grpc), ["open", ...Object.keys(counts)]);
  assertEquals(Object.values(none), Array(8).fill(0));
});

testWith(["run"], "the open file limit is that of the system", async () => {
  const limit = await maxOpenFiles();
  assertEquals(limit === undefined || limit >= 64, true);
  assertEquals(limit !== undefined, Deno.build.os !== "windows");
});
