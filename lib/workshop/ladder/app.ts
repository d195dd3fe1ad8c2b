import { findPortHolder, nameHolder } from "../../doctor/port_holder.ts";
import { ask, UnreachableError } from "../backends/ask.ts";
import { ownRequest } from "../backends/own_traffic.ts";
import { isOnThisMachine, isOpen, portOf } from "../conditions/port.ts";
import { broken, type Climb, type Rung, whole } from "./rung.ts";

/** Is there an app, and does it respond? */
export async function appRung({ appUrl }: Pick<Climb, "appUrl">): Promise<Rung[]> {
  const port = portOf(appUrl);
  const isHere = isOnThisMachine(appUrl);
  if (isHere && !await isOpen(port)) {
    return [
      broken(
        "app",
        `nothing is listening at ${appUrl}`,
        "Start the app in the first terminal and leave it running, or set its address: --app-url",
      ),
    ];
  }
  const holder = isHere ? await findPortHolder(port) : { unknown: "it runs on another machine" };
  const listens = whole("app", `${nameHolder(holder, "a program")} is listening at ${appUrl}`);
  try {
    const { status } = await ask("The app", `${appUrl}/`, { headers: ownRequest().headers });
    return [listens, whole("answer", `the app responds at / with ${status}`)];
  } catch (error) {
    if (!(error instanceof UnreachableError)) throw error;
    return [
      listens,
      broken(
        "answer",
        error.message,
        `The program at port ${port} doesn't use HTTP: is the port taken by ${nameHolder(holder)}?`,
      ),
    ];
  }
}
