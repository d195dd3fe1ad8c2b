import { COMMAND_NAMES } from "./command_names.ts";
import type { Course } from "./step.ts";

/** What a text can insert, by name: `{{httpPort}}`. */
export const VALUES = {
  app: "Host and port of the app, for `curl`: `localhost:5000`",
  appUrl: "The same with its scheme",
  runBase: "Command that runs the base app: the learner's, or the one in the executable",
  runManual: "The same for the manual app",
  runMiddleware: "The same for the middleware app",
  appPort: "Port of the app",
  portFlag: "Flag of `serve` and `auto` for another port than 5000, after a space; mostly empty",
  httpPort: "Port for OTLP over HTTP",
  httpUrl: "Endpoint for OTLP over HTTP",
  grpcPort: "Port for OTLP over gRPC",
  grpcUrl: "Endpoint for OTLP over gRPC",
  grpcFlags: "Flags of `auto` to send to that endpoint",
  env: "Variable, before a command, for another endpoint than the usual one; mostly empty",
  guideFlags: "Flags that other calls of `guide` need, after a space; mostly empty",
  healthUrl: "The Collector's health check",
  ownMetricsUrl: "The Collector's own metrics",
  jaegerUrl: "Jaeger, or what replaces it",
  zipkinUrl: "Zipkin, or what replaces it",
  prometheusUrl: "Prometheus, or what replaces it",
  pageUrl: "The page of the embedded collector; only in `{{#embedded}}`",
  folder: "The learner's folder; only in `{{#folder}}`",
} as const;

/** What can be the case: `{{#embedded}}` begins a text for it, `{{^embedded}}` one for the opposite. */
export const STATES = {
  embedded: "otel-kit's collector replaces all servers",
  external: "The learner runs Collector, Jaeger, Zipkin, and Prometheus",
  folder: "The learner has a folder; otherwise, the executable's apps run",
  moved: "The app has another port than 5000, which the learner's files must listen on",
  windows: "The guide runs on Windows",
} as const;

export type ValueName = keyof typeof VALUES;
export type StateName = keyof typeof STATES;

/** What a course's texts are written for. */
export interface Setting {
  /** Those that there are. */
  values: Readonly<Partial<Record<ValueName, string>>>;
  states: Readonly<Record<StateName, boolean>>;
  /** How this program is called where the learner is: `../otel-kit`. */
  command: string;
}

const TAG = /\{\{([#^/]?)(\w+)\}\}/g;
/** A line that only begins or ends a section does not count as a line. */
const TAG_LINE = /^[ \t]*(\{\{[#^/]\w+\}\})[ \t]*(?:\n|$)/gm;
const OWN_NAME = new RegExp(
  `(?<![\\w./\\\\-])otel-kit(?=\\s+(?:${COMMAND_NAMES.join("|")})\\b(?!-))`,
  "g",
);

/** Writes a text for a setting. */
export function fillIn(text: string, setting: Setting): string {
  const filled = text.includes("{{") ? readTags(text, setting).text : text;
  return asCalled(filled, setting.command);
}

/** Writes a text without tags so that its commands can be called where the learner is. */
export function asCalled(text: string, command: string): string {
  return text.replaceAll(OWN_NAME, () => command);
}

/** Writes all texts of a course for a setting. */
export function fillInCourse(course: Course, setting: Setting): Course {
  return fillInAll(course, setting);
}

/** What is wrong with a text in any setting: a name that there isn't, a section without an end. */
export function tagMistakes(text: string): string[] {
  if (!text.includes("{{")) return [];
  const found = everyStates().flatMap((states) => {
    const values = Object.fromEntries(
      Object.keys(VALUES).filter((name) =>
        (name !== "pageUrl" || states.embedded) && (name !== "folder" || states.folder)
      ).map((name) => [name, ""]),
    );
    return readTags(text, { values, states, command: "otel-kit" }).mistakes;
  });
  return [...new Set(found)];
}

/** Fills in a text; a mistaken tag stays as it is. */
function readTags(
  text: string,
  { values, states }: Setting,
): { text: string; mistakes: string[] } {
  const mistakes: string[] = [];
  const open: { name: string; isShown: boolean }[] = [];
  const source = text.replaceAll(TAG_LINE, "$1");
  let filled = "";
  let end = 0;
  const isShown = () => open.every(({ isShown }) => isShown);
  const add = (part: string) => filled += isShown() ? part : "";
  for (const { 0: tag, 1: sign, 2: name = "", index } of source.matchAll(TAG)) {
    add(source.slice(end, index));
    end = index + tag.length;
    if (sign === "") {
      const value = Object.hasOwn(values, name) ? values[name as ValueName] : undefined;
      if (value === undefined && isShown()) mistakes.push(`unknown value ${tag}`);
      add(value ?? tag);
    } else if (sign === "/") {
      if (open.pop()?.name !== name) mistakes.push(`${tag} ends nothing that is open`);
    } else {
      if (!Object.hasOwn(STATES, name)) mistakes.push(`unknown state ${tag}`);
      open.push({ name, isShown: states[name as StateName] === (sign === "#") });
    }
  }
  add(source.slice(end));
  mistakes.push(...open.map(({ name }) => `{{#${name}}} has no end`));
  // A text that is left out leaves its empty lines.
  return { text: filled.replace(/\n{3,}/g, "\n\n").trim(), mistakes };
}

function fillInAll<T>(value: T, setting: Setting): T {
  if (typeof value === "string") return fillIn(value, setting) as T;
  if (Array.isArray(value)) return value.map((item) => fillInAll(item, setting)) as T;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fillInAll(item, setting)]),
  ) as T;
}

/** All combinations of states that there can be. */
export function everyStates(): Record<StateName, boolean>[] {
  const both = [true, false];
  return both.flatMap((embedded) =>
    both.flatMap((folder) =>
      // Only files of a folder can be moved.
      [folder, false].flatMap((moved) =>
        both.map((windows) => ({ embedded, external: !embedded, folder, moved, windows }))
      )
    )
  );
}
