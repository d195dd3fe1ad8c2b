import { Hono } from "hono";
import { jsonResponse } from "../collector/api/answers.ts";
import { createEventHub } from "../collector/api/event_hub.ts";
import { BrokenBodyError } from "../collector/broken_body.ts";
import { LongBodyError, readShortJson } from "../collector/short_body.ts";
import type { ClassStep, ClassView } from "./class_view.ts";
import { classCsv } from "./csv.ts";
import { MAX_NAME_LENGTH, readReport, REPORTS_PATH, STATES } from "./report.ts";
import type { Roster } from "./roster.ts";
import { type Rate, TokenBucket } from "./token_bucket.ts";

/** For all learners together: a full room reports a few times a second. */
const CLASS_RATE: Rate = { burst: 200, perSecond: 100 };

/** How long clients should wait after too many reports. */
const RETRY_AFTER_SECONDS = 5;

/** Changes within this time are one event. */
const EVENT_EVERY_MS = 200;

/** Options of {@linkcode createClassApi}. */
export interface ClassApiOptions {
  course: string;
  steps: ClassStep[];
  roster: Roster;
  /** Milliseconds since 1970. */
  now: () => number;
}

/** The routes of the class, and what the page shows; disposing ends its live streams. */
export interface ClassApi extends Disposable {
  routes: Hono;
  view(): ClassView;
}

/** Creates the routes, for requests that have passed the guard. */
export function createClassApi({ course, steps, roster, now }: ClassApiOptions): ClassApi {
  const app = new Hono();
  const bucket = new TokenBucket(CLASS_RATE, now());
  const view = (): ClassView => ({
    course,
    steps,
    learners: roster.learners,
    maxLearners: roster.maxLearners,
    at: now(),
  });
  const events = createEventHub({ start: (publish) => publishChanges(roster, view, publish) });

  app.post(REPORTS_PATH, async (c) => {
    if (!bucket.take(now())) return tooOften();
    const report = readReport(await readShortJson(c.req.raw));
    if (!report) return refuse(400, EXPECTED);
    switch (roster.report(report)) {
      case "accepted":
        return new Response(null, { status: 204 });
      case "full":
        return refuse(409, `Cannot join: the class has ${roster.maxLearners} learners already`);
      case "too often":
        return tooOften();
    }
  });
  app.get("/api/class", () => jsonResponse(view()));
  app.get("/api/class/learners.csv", () =>
    new Response(classCsv(view()), {
      headers: {
        "content-type": "text/csv; charset=utf-8",
        "content-disposition": 'attachment; filename="class.csv"',
      },
    }));
  app.post("/api/class/reset", () => jsonResponse({ removed: roster.clear() }));
  app.get("/api/class/events", (c) => {
    const stream = events.connect(c.req.header("last-event-id"));
    return stream
      ? new Response(stream, { headers: { "content-type": "text/event-stream" } })
      : refuse(503, "Cannot open another live stream. Close a page");
  });
  app.notFound((c) => refuse(404, `Cannot find ${c.req.path.slice(0, 200)}`));
  app.onError((error) => {
    if (error instanceof LongBodyError) return refuse(413, error.message);
    if (error instanceof BrokenBodyError) return refuse(400, error.message);
    throw error;
  });
  return { routes: app, view, [Symbol.dispose]: () => events[Symbol.dispose]() };
}

const EXPECTED = "Cannot read the report: expected JSON with a name of up to " +
  `${MAX_NAME_LENGTH} characters, the ID of a step, a state (${STATES.join(", ")}), and, if ` +
  "known, the name of the broken link; nothing else";

function tooOften(): Response {
  return refuse(429, "Cannot take so many reports", {
    "retry-after": String(RETRY_AFTER_SECONDS),
  });
}

/** An error, in the format of the collector's API. */
export function refuse(
  status: number,
  error: string,
  headers: Record<string, string> = {},
): Response {
  return jsonResponse({ error }, { status, headers });
}

/** Publishes the view after changes, several of them at once. */
function publishChanges(
  roster: Roster,
  view: () => ClassView,
  publish: (name: string, data: unknown) => void,
): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const changes = roster.subscribe(() =>
    timer ??= setTimeout(() => {
      timer = undefined;
      publish("class", view());
    }, EVENT_EVERY_MS)
  );
  return {
    [Symbol.dispose]() {
      changes[Symbol.dispose]();
      clearTimeout(timer);
    },
  };
}
