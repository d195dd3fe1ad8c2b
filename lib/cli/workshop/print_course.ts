import { DEFAULT_PORTS } from "../../default_ports.ts";
import { embeddedBackends } from "../../workshop/backends/backends.ts";
import { fillInCourse } from "../../workshop/course/fill_in.ts";
import type { Course } from "../../workshop/course/step.ts";
import { EMBEDDED_COURSE } from "../guide/learner_files.ts";
import { DEFAULT_APP_URL } from "../guide/guide_flags.ts";
import { openCourse } from "../guide/session.ts";
import { textSetting } from "../guide/text_setting.ts";

/**
 * A course as it is printed for everyone: for the embedded collector at its usual ports, and a learner's folder.
 *
 * @throws {UsageError} If the course is invalid.
 */
export async function courseToPrint(folder: string | undefined): Promise<Course> {
  const at = (port: number) => `http://127.0.0.1:${port}`;
  const { httpPort, grpcPort, uiPort } = DEFAULT_PORTS;
  const urls = { httpUrl: at(httpPort), grpcUrl: at(grpcPort), uiUrl: at(uiPort) };
  const setting = textSetting({
    backends: embeddedBackends(urls),
    appUrl: DEFAULT_APP_URL,
    folder: "my-workshop",
    command: "otel-kit",
    flags: {},
  });
  return fillInCourse(await openCourse(folder ?? EMBEDDED_COURSE), setting);
}
