import type { Signal } from "../otlp/signal.ts";
import type { ValueType } from "./value_types.ts";

/** One OTEL_* variable and its flag. */
export interface Setting<T, Default extends T | undefined = T | undefined> {
  type: ValueType<T>;
  /** The value if the variable is not set; undefined if being unset has a meaning of its own. */
  default: Default;
  /** What it configures: one of the signals, or all of them. */
  signal: Signal | "all";
  /** One line for `--help`. */
  help: string;
  /** Must not be printed. */
  secret?: boolean;
  /** A file that must be readable. */
  file?: boolean;
  /** A flag of the kit's own: `opentelemetry-instrument` has none for this variable. */
  extra?: boolean;
  /** Affects only programs in Python, not the kit's own app. */
  pythonOnly?: boolean;
}

type Extra<T> = Partial<Omit<Setting<T>, "type" | "help" | "default">>;

/** Creates a row; without a default, an unset value is undefined. */
export function setting<T>(
  type: ValueType<T>,
  help: string,
  extra?: Extra<T>,
): Setting<T, undefined>;
export function setting<T>(
  type: ValueType<T>,
  help: string,
  extra: Extra<T> & { default: NoInfer<T> },
): Setting<T, T>;
export function setting<T>(type: ValueType<T>, help: string, extra: Partial<Setting<T>> = {}) {
  return { type, help, default: undefined, signal: "all", ...extra };
}

/** Rows by name. */
type Rows = Record<string, Setting<never>>;

/** The rows, for one signal. */
export function forSignal<R extends { [Name in keyof R]: { signal: Signal | "all" } }>(
  signal: Signal,
  rows: R,
): R {
  return Object.fromEntries(
    Object.entries(rows).map(([name, row]) => [name, { ...row as Setting<unknown>, signal }]),
  ) as unknown as R;
}

/** The rows, with a prefix before each name. */
export function prefixed<const Prefix extends string, R>(prefix: Prefix, rows: R) {
  return Object.fromEntries(
    Object.entries(rows as Rows).map(([name, row]) => [`${prefix}${name}`, row]),
  ) as { [Name in keyof R & string as `${Prefix}${Name}`]: R[Name] };
}
