import type { Backends } from "../backends/backends.ts";
import type { OwnTraffic } from "../backends/own_traffic.ts";
import type { Signal } from "../../otlp/signal.ts";

/** The links between an app and the backend with its telemetry. */
export type RungName =
  /** Deno is installed, which runs the learner's file. */
  | "deno"
  /** The file exists, and can be run. */
  | "file"
  /** The file with the settings exists, is valid, and is the one that the app reads. */
  | "config-file"
  /** Something listens at the app's address. */
  | "app"
  /** It responds over HTTP. */
  | "answer"
  /** It is the program of the step. */
  | "port"
  /** It was started by the launcher, if the step is about that. */
  | "launcher"
  /** Its route returns a response. */
  | "handler"
  | "receiver"
  | "collector-exporter"
  /** The service has the name that the step expects. */
  | "service-name"
  /** The learner's own Collector runs, and receives. */
  | "lab"
  /** A provider is registered globally. */
  | "provider"
  /** Each span that starts also ends. */
  | "span-end"
  | "exporter"
  /** The backend responds. */
  | "backend";

/** How an app was started: its environment variables, and its command line. */
export interface AppEnvironment {
  /** The command line; undefined if {@linkcode unknown}. */
  args?: readonly string[];
  variables: Readonly<Record<string, string>>;
  /** Why these are the variables of this terminal instead: a clause for a message. */
  unknown?: string;
}

/** The program that should be at the app's address. */
export interface ExpectedProgram {
  /** A file in the learner's folder. */
  file?: { folder: string; name: string };
  /** The built-in app, which can take the place of the file. */
  mode?: string;
  /** Whether `otel-kit auto` starts it. */
  isAuto: boolean;
  /** Whether the app in the executable runs, so that the file doesn't matter unless it is launched. */
  isBuiltIn?: boolean;
  /** The declarative configuration that it should read. */
  configFile?: { folder: string; name: string };
  /** The command that runs the file. */
  deno: string;
}

/** Everything that checking the links needs. */
export interface Climb {
  backends: Backends;
  /** Counts the test spans that the climb sends. */
  own: OwnTraffic;
  appUrl: string;
  /** The service whose spans to look for; undefined if the step has none. */
  service?: string;
  /** The signals of the app that are missing. */
  signals: readonly Signal[];
  /** When the step began, in milliseconds since 1970. */
  startedAt: number;
  environment: AppEnvironment;
  /** Undefined if the step starts none. */
  program?: ExpectedProgram;
  /** How this program is called where the learner is. */
  command: string;
  /** The Collector that learners configure, if the step has one in front of the guide's. */
  labUrl?: string;
  /** Whether only the app is in question, because the step expects no telemetry that is missing. */
  isLocal?: boolean;
  /** Stops the climb. */
  signal?: AbortSignal;
}

/** Whether a link holds. */
export interface Rung {
  name: RungName;
  isWhole: boolean;
  /** What was found, in words. */
  found: string;
  /** How to fix it; empty if the link holds. */
  fix: string;
}

export function whole(name: RungName, found: string): Rung {
  return { name, isWhole: true, found, fix: "" };
}

export function broken(name: RungName, found: string, fix: string): Rung {
  return { name, isWhole: false, found, fix };
}
