/** Parts of a program that the preload doesn't change. */
export interface OutOfReach {
  /**
   * Bundles that contain Hono: it is not in a module of its own, and bundlers rename its classes.
   */
  bundles: string[];
  /** Deno preloads nothing into a Web Worker. */
  workers: string[];
  /** `deno serve` preloads nothing, and only the launcher can replace it with `deno run`. */
  servedTasks: string[];
}

/** A property that Hono sets on functions; bundlers don't rename it. */
const PART_OF_HONO = "__COMPOSED_HANDLER";

/** The folder of a Hono that was not bundled. */
const FOLDER_OF_HONO = /[/@]hono[/@]/;

/** The file of a worker, as Deno needs it: as a URL that is relative to the module. */
const WORKER =
  /\bnew\s+Worker\s*\(\s*(?:new\s+URL|import\.meta\.resolve)\s*\(\s*(["'])([^"'\n]+)\1/g;

const SERVER = /\b(?:Deno\.serve|listen)\s*\(/;

/** Whether a file contains a Hono that was bundled with the program. */
export function isBundleOfHono(url: string, source: string): boolean {
  return source.includes(PART_OF_HONO) && !FOLDER_OF_HONO.test(url);
}

/** The URLs of the local files that a module starts as workers, if they are literals. */
export function workersIn(url: string, source: string): string[] {
  return [...source.matchAll(WORKER)].flatMap(([, , specifier = ""]) => {
    const address = URL.parse(specifier, url);
    return address?.protocol === "file:" ? [address.href] : [];
  });
}

/** Whether a file starts a server, judging by its text. */
export function isServer(source: string): boolean {
  return SERVER.test(source);
}

/** Messages about such parts; empty if there are none. */
export function describeOutOfReach({ bundles, workers, servedTasks }: OutOfReach): string[] {
  return [
    ...bundles.length > 0
      ? [
        `the Hono that was bundled into ${
          bundles.join(", ")
        }. Run the program from its source files`,
      ]
      : [],
    ...workers.length > 0
      ? [`servers in Web Workers (${workers.join(", ")}): Deno preloads nothing into them`]
      : [],
    ...servedTasks.length > 0
      ? [
        `the task ${servedTasks.join(", ")}: deno serve preloads nothing. ` +
        "Put otel-kit auto in front of deno serve itself",
      ]
      : [],
  ].map((what) => `Cannot add routes and exceptions to Deno's spans of ${what}`);
}
