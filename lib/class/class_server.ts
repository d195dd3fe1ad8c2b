import { messageOf } from "../error_message.ts";
import { answerAny } from "../collector/api/answer_any.ts";
import { answerPage, type PageAssets } from "../collector/api/page.ts";
import { createGuard, createToken } from "../collector/guard.ts";
import { listenOn } from "../collector/listen_error.ts";
import { type RunningServer, runningServer } from "../collector/running_server.ts";
import { fetchHandler } from "../http_server/fetch_handler.ts";
import { serveHttp } from "../http_server/serve_http.ts";
import { type ClassApi, createClassApi, refuse } from "./class_api.ts";
import type { ClassStep } from "./class_view.ts";
import { REPORTS_PATH } from "./report.ts";
import { Roster, type RosterOptions } from "./roster.ts";

/** A connection or two for each learner, and those of the page. */
const MAX_CONNECTIONS = 256;

/** Options of {@linkcode createClass}. */
export interface ClassOptions extends RosterOptions {
  /** The address that the server listens on. */
  hostname: string;
  /** The course's title. */
  course: string;
  steps: ClassStep[];
  /** The teacher's secret; by default, a new one. */
  token?: string;
  /** The page's files; without them, only the API is served. */
  pageAssets?: PageAssets;
}

/** A class, without its server; disposing ends its live streams. */
export interface Class extends Disposable {
  fetch(request: Request): Promise<Response>;
  /** The teacher's secret: shows the page, and may reset the class. */
  token: string;
  /** The learners' secret, which can only report. */
  joinToken: string;
  roster: Roster;
  view: ClassApi["view"];
}

/** Options of {@linkcode startClassServer}. */
export interface ClassServerOptions extends ClassOptions {
  /** 0 means any free port. */
  port: number;
  /** Receives messages for the user. */
  report: (line: string) => void;
}

/** A class that is served. */
export type ClassServer = RunningServer & Omit<Class, keyof Disposable | "fetch">;

/**
 * Creates a class. Both secrets are always required, because even on this machine, the names are nobody
 * else's concern.
 */
export function createClass(options: ClassOptions): Class {
  const { hostname, course, steps, pageAssets, now = Date.now } = options;
  const token = options.token ?? createToken();
  const joinToken = createToken();
  const roster = new Roster(options);
  const api = createClassApi({ course, steps, roster, now });
  const teacher = createGuard({ hostname, token });
  const learners = createGuard({ hostname, token: joinToken });

  async function answer(request: Request): Promise<Response> {
    const { pathname } = new URL(request.url);
    const isApi = pathname.startsWith("/api/");
    const signedIn = isApi ? undefined : teacher.signIn(request);
    if (signedIn) return signedIn;
    const guard = pathname === REPORTS_PATH ? learners : teacher;
    const refusal = guard.check(isApi ? "query" : "page", request);
    if (refusal) return refuse(refusal.status, refusal.message);
    return isApi ? await api.routes.fetch(request) : await answerPage(request, pageAssets);
  }

  return {
    fetch: (request) => answerAny(request, answer),
    token,
    joinToken,
    roster,
    view: api.view,
    [Symbol.dispose]: () => api[Symbol.dispose](),
  };
}

/**
 * Starts the server of a class.
 *
 * @throws {ListenError} If the address is not available.
 */
export function startClassServer(options: ClassServerOptions): ClassServer {
  const { hostname, port, report } = options;
  const { fetch, token, joinToken, roster, view, ...streams } = createClass(options);
  const listeners = listenOn({ hostname, port, portFlag: "--port", report });
  const server = serveHttp(listeners, {
    handler: fetchHandler(fetch),
    limits: { connections: MAX_CONNECTIONS },
    onFault: (error) => report(`Cannot answer a request: ${messageOf(error)}`),
  });
  const running = runningServer(listeners[0].addr, () => {
    const closed = server.shutdown();
    // Open live streams would keep the server running.
    streams[Symbol.dispose]();
    return closed;
  });
  return { ...running, token, joinToken, roster, view };
}
