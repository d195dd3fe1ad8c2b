import { assert, assertEquals } from "@std/assert";
import { isOfNetwork } from "../../lib/http/socket.ts";
import { NETWORK_FAILURES, OTHER_FAILURES } from "../helpers/network_errors.ts";

Deno.test("isOfNetwork() distinguishes connection errors from all others", () => {
  assertEquals(NETWORK_FAILURES.filter((error) => !isOfNetwork(error)), []);
  assert(OTHER_FAILURES.length > 8);
  assertEquals(OTHER_FAILURES.filter(isOfNetwork), []);
  assertEquals(["text", undefined, null].filter(isOfNetwork), []);
});
