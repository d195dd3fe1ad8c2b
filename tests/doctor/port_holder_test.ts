import { assertEquals } from "@std/assert";
import {
  findPortHolder,
  listeningSockets,
  parseLsof,
  readPortHolder,
} from "../../lib/doctor/port_holder.ts";
import { testIf } from "../helpers/needs.ts";
import { onPath } from "../helpers/on_path.ts";
import { freePort } from "../helpers/servers.ts";

const LINUX = {
  missing: Deno.build.os === "linux" ? undefined : "Linux, which shows how programs were started",
};

Deno.test("listeningSockets() takes those that listen on the port, in both tables", () => {
  const table = [
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
    "   0: 0100007F:1388 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1",
    "   1: 0100007F:1388 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 222 1",
    "   2: 00000000000000000000000001000000:1388 0:0000 0A 0:0 00:0 0 0 0 333 1",
    "   3: 0100007F:1389 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 444 1",
  ].join("\n");
  assertEquals(listeningSockets(table, 5000), new Set(["111", "333"]));
});

Deno.test("parseLsof() takes the first process, and nothing from nothing", () => {
  const airPlay = "p612\ncControlCenter\nf10\nf11\n";
  assertEquals(parseLsof(airPlay), { pid: "612", program: "ControlCenter" });
  assertEquals(parseLsof(""), undefined);
});

testIf(LINUX, ["net", "read", "run"], "the program that has a port is named", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  assertEquals(await findPortHolder(port), `deno (process ${Deno.pid})`);
  const { args } = await readPortHolder(port) ?? {};
  assertEquals(args?.includes("test"), true);
  assertEquals(await findPortHolder(freePort()), undefined);
});

testIf(
  { missing: onPath("lsof") === "lsof" ? "no lsof on PATH" : undefined },
  ["net", "run"],
  "what lsof writes is understood",
  async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const args = ["-nP", `-iTCP:${listener.addr.port}`, "-sTCP:LISTEN", "-Fpc"];
    const { stdout } = await new Deno.Command("lsof", { args, stderr: "null" }).output();
    const found = parseLsof(new TextDecoder().decode(stdout));
    assertEquals(found, { pid: String(Deno.pid), program: "deno" });
  },
);
