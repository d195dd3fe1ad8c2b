import { type ClassServer, startClassServer } from "../../class/class_server.ts";
import { ListenError } from "../../collector/listen_error.ts";
import { createPageAssets, isPageBuilt } from "../collector/page_assets.ts";
import { readToken } from "../collector/token.ts";
import { StartError } from "../errors.ts";
import { EMBEDDED_COURSE } from "../guide/learner_files.ts";
import { openCourse } from "../guide/session.ts";

/** Options of {@linkcode openClass}. */
export interface OpenClassOptions {
  hostname: string;
  port: number;
  /** The folder of the teacher's own course. */
  course?: string;
  report: (line: string) => void;
}

/**
 * Starts a class for a course.
 *
 * @throws {UsageError} If the course or the token is invalid.
 * @throws {StartError} If the address is not available.
 */
export async function openClass(
  { hostname, port, course: folder, report }: OpenClassOptions,
): Promise<ClassServer> {
  const { title, steps } = await openCourse(folder ?? EMBEDDED_COURSE);
  const token = readToken();
  const assets = await isPageBuilt() ? createPageAssets() : undefined;
  if (!assets) report("The page is not built, only the API is served: run `deno task page`");
  try {
    return startClassServer({
      hostname,
      port,
      course: title,
      steps: steps.map(({ id, number, title, minutes }) => ({
        id,
        label: number,
        title,
        minutes,
      })),
      report,
      ...token !== undefined && { token },
      ...assets && {
        pageAssets: (path) => assets(path === "/index.html" ? "/class.html" : path),
      },
    });
  } catch (error) {
    if (!(error instanceof ListenError)) throw error;
    throw new StartError(error.message, { cause: error });
  }
}
