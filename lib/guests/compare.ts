/** A mode in the side-by-side view: where its app runs, and the code that instruments it. */
export interface CompareMode {
  mode: string;
  summary: string;
  url: string;
  /** Undefined for the mode without telemetry. */
  serviceName?: string;
  /** Relative to the project's folder, such as `apps/manual.ts`. */
  file: string;
  /** The lines of the file, and those of the app without telemetry that it lacks. */
  code: CodeLine[];
  /** Without empty lines. */
  addedLines: number;
  /** Where the tutorial explains the mode: `3-manual.md#step-8-the-manual-app`. */
  tutorial: string;
  /** How long its spans wait for their batch to be sent. */
  batchDelayMs?: number;
}

/** A line of code, compared with the app without telemetry. */
export interface CodeLine {
  text: string;
  kind: "same" | "added" | "removed";
}

/** The modes, in display order. */
export interface CompareView {
  modes: CompareMode[];
}

/** One app's response, as seen by the client. */
export interface CompareAnswer {
  mode: string;
  status: number;
  statusText: string;
  /** The start of the body. */
  body: string;
  durationMillis: number;
  /** The app's spans began between these two times. */
  startTimeMinUnixNano: string;
  startTimeMaxUnixNano: string;
  /** Why there is no response. */
  error?: string;
  /** Why the request has no span, if the response tells that. */
  noSpanReason?: string;
}

/** A request that was sent to all apps. */
export interface CompareRun {
  id: string;
  path: string;
  /** Milliseconds since 1970. */
  sentAt: number;
  answers: CompareAnswer[];
}

/** The actions that the side-by-side view needs from the program that runs the apps. */
export interface CompareHandlers {
  /** The modes, with their code. */
  view(): Promise<CompareView>;
  /** Sends a GET request for a path to each app, one after another, because they share the CPU. */
  run(path: string): Promise<CompareRun>;
  /** One of the last requests; undefined if it is not known anymore. */
  find(id: string): Promise<CompareRun | undefined>;
}
