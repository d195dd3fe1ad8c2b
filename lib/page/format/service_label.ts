import { cutMiddle } from "./text.ts";

const LONGEST_NAME = 32;

/** The name of a service on the page. */
export function serviceLabel(name: string): string {
  return name === "" ? "unnamed service" : cutMiddle(name, LONGEST_NAME);
}
