import { findPortHolder } from "../../doctor/port_holder.ts";
import { ask, UnreachableError } from "../backends/ask.ts";
import { isOpen } from "../conditions/port.ts";
import { broken, type Climb, type Rung, whole } from "./rung.ts";

const HTTP_PORT = 80;

/** Is there an app, and does it answer? */
export async function appRung({ appUrl }: Climb): Promise<Rung[]> {
  const { hostname, port: written } = new URL(appUrl);
  const port = Number(written || HTTP_PORT);
  const isHere = ["localhost", "127.0.0.1", "[::1]"].includes(hostname);
  if (isHere && !await isOpen(port)) {
    return [
      broken(
        "app",
        `nobody listens at ${appUrl}`,
        "Start the app in the first terminal and leave it running, or say where it is: --app-url",
      ),
    ];
  }
  const holder = isHere ? await findPortHolder(port) : undefined;
  const listens = whole("app", `${holder ?? "somebody"} listens at ${appUrl}`);
  try {
    const { status } = await ask("The app", `${appUrl}/`);
    return [listens, whole("answer", `the app answers / with ${status}`)];
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return [
      listens,
      broken(
        "answer",
        error.message,
        `What listens there speaks no HTTP: is port ${port} taken by ${
          holder ?? "another program"
        }?`,
      ),
    ];
  }
}
