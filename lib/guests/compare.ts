/** What the side-by-side view shows of a mode: where its app is, and what it took to instrument it. */
export interface CompareMode {
  mode: string;
  summary: string;
  url: string;
  /** undefined for the mode without telemetry. */
  serviceName?: string;
  /** Of the project: `apps/manual.ts`. */
  file: string;
  /** The file's lines; added are those that the file without telemetry has not. */
  code: { text: string; isAdded: boolean }[];
  addedLines: number;
  /** How long its spans wait for others before they are sent. */
  batchDelayMs?: number;
}

/** The modes in the order of the view. */
export interface CompareView {
  modes: CompareMode[];
}

/** What the client saw of one app. */
export interface CompareAnswer {
  mode: string;
  status: number;
  statusText: string;
  /** The start of it. */
  body: string;
  durationMillis: number;
  /** Between these two its spans began. */
  startTimeMinUnixNano: string;
  startTimeMaxUnixNano: string;
  /** Why there is no answer. */
  error?: string;
}

/** One request that was sent to all apps. */
export interface CompareRun {
  path: string;
  /** Milliseconds since 1970. */
  sentAt: number;
  answers: CompareAnswer[];
}

/** What the side by side asks of whoever runs the apps. */
export interface CompareHandlers {
  /** The modes, with their code. */
  view(): Promise<CompareView>;
  /** Sends a GET request for a path to each app, one after the other: they share the processor. */
  run(path: string): Promise<CompareRun>;
}
