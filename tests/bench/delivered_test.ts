import { assertEquals } from "@std/assert";
import { findMissing, type Outcome } from "../../bench/overhead/delivered.ts";

const ALL_SENT: Outcome = {
  requests: 100,
  report: {
    // Requests served after the load ended don't count as answers to it.
    traces: { created: 103, sent: 103, lost: 0, dropped: 0 },
    metrics: { created: 4, sent: 4, lost: 0, dropped: 0 },
  },
  received: { traces: 103, metrics: 4, logs: 0 },
};

Deno.test("findMissing() finds nothing if everything created has arrived", () => {
  assertEquals(findMissing(ALL_SENT), []);
  const peer = { requests: 100, report: undefined, received: { traces: 101, metrics: 0, logs: 0 } };
  assertEquals(findMissing(peer), []);
});

Deno.test("findMissing() finds requests without a span", () => {
  const report = { traces: { created: 60, sent: 60, lost: 0, dropped: 0 } };
  const received = { traces: 60, metrics: 0, logs: 0 };
  assertEquals(findMissing({ requests: 100, report, received }), [
    "100 requests, and 60 spans created",
  ]);
  assertEquals(findMissing({ requests: 100, report: undefined, received }), [
    "100 requests, and 60 spans arrived",
  ]);
  assertEquals(findMissing({ ...ALL_SENT, report: {} }).length, 3);
});

Deno.test("findMissing() finds lost, dropped, and unreceived items of every signal", () => {
  const report = {
    ...ALL_SENT.report,
    traces: { created: 103, sent: 100, lost: 1, dropped: 2 },
    logs: { created: 5, sent: 5, lost: 0, dropped: 0 },
  };
  assertEquals(
    findMissing({ ...ALL_SENT, report, received: { traces: 100, metrics: 4, logs: 4 } }),
    [
      "traces: 103 created, 100 sent, 1 lost, 2 dropped, and 100 arrived",
      "logs: 5 created, 5 sent, 0 lost, 0 dropped, and 4 arrived",
    ],
  );
});
