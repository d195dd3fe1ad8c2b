import { assertEquals, assertThrows } from "@std/assert";
import { startAppServer } from "../../../lib/cli/app/app_server.ts";
import { StartError } from "../../../lib/cli/errors.ts";
import { testWith } from "../../helpers/needs.ts";
import { within } from "../../helpers/patience.ts";

testWith(["net"], "startAppServer() finishes in-flight requests before it ends", async () => {
  const arrived = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<Response>();
  const server = startAppServer(() => {
    arrived.resolve();
    return answer.promise;
  }, { hostname: "127.0.0.1", port: 0 });
  const response = fetch(`http://127.0.0.1:${server.address.port}/`);
  await within(arrived.promise, "the request at the app");
  const ended = server.shutdown(60_000);
  answer.resolve(new Response("in time"));
  assertEquals(await (await response).text(), "in time");
  await ended;
});

testWith(["net"], "startAppServer() reports why it cannot listen", async () => {
  const options = { hostname: "127.0.0.1", port: 0 };
  const server = startAppServer(() => new Response(), options);
  const { port } = server.address;
  assertThrows(
    () => startAppServer(() => new Response(), { ...options, port }),
    StartError,
    `Cannot listen on 127.0.0.1:${port}: the port is in use`,
  );
  assertThrows(
    () => startAppServer(() => new Response(), { hostname: "192.0.2.1", port: 0 }),
    StartError,
    "Choose an address of this machine with --host",
  );
  await server.shutdown(1000);
});
