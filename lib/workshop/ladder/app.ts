import { findPortHolder, nameHolder } from "../../doctor/port_holder.ts";
import { type Answer, ask, UnreachableError } from "../backends/ask.ts";
import { ownRequest } from "../backends/own_traffic.ts";
import { isOnThisMachine, isOpen, portOf } from "../conditions/port.ts";
import { fileRungs, portRungs } from "./program.ts";
import { visible } from "../../unsafe_text.ts";
import { broken, type Climb, type Rung, whole } from "./rung.ts";

const MAX_QUOTE = 100;

/** Is there an app, does it respond, and is it the right one? */
export async function appRung(way: Climb): Promise<Rung[]> {
  const { appUrl } = way;
  const port = portOf(appUrl);
  const isHere = isOnThisMachine(appUrl);
  if (isHere && !await isOpen(port)) {
    return [
      ...await fileRungs(way),
      broken(
        "app",
        `nothing is listening at ${appUrl}`,
        "Start the app in the first terminal and leave it running. It must listen there, so compare " +
          "the port in your file, or set its address: --app-url",
      ),
    ];
  }
  const holder = isHere ? await findPortHolder(port) : { unknown: "it runs on another machine" };
  const listens = whole("app", `${nameHolder(holder, "a program")} is listening at ${appUrl}`);
  try {
    const { status, text } = await ask("The app", `${appUrl}/`, { headers: ownRequest().headers });
    return [
      listens,
      whole("answer", `the app responds at / with ${status}`),
      ...portRungs(way),
      ...await handlerRungs({ status, text }, way),
    ];
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

/** Does the route of / return a response? */
async function handlerRungs({ status, text }: Answer, way: Climb): Promise<Rung[]> {
  if (status === 404) {
    return [
      broken(
        "handler",
        "the app responds at / with 404, as it does if a route returns nothing",
        "Does each function return what the one within it returns? `return " +
          "tracer.startActiveSpan(...)`, and within it `return c.text(...)`.",
      ),
    ];
  }
  if (status < 500) return [whole("handler", `the route of / responds with ${status}`)];
  return [
    ...await fileRungs(way),
    broken(
      "handler",
      `the route of / fails: the app responds with ${status}${quoteOf(text)}`,
      "The first terminal shows what it throws, and the line. A 404 in the response is from " +
        "another route that it calls: one that is missing, or returns nothing.",
    ),
  ];
}

/** The beginning of a response, which often names the error. */
function quoteOf(text: string): string {
  const [line = ""] = text.trim().split("\n");
  return line === "" ? "" : `: ${visible(line.slice(0, MAX_QUOTE))}`;
}
