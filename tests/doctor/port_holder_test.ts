import { assertEquals } from "@std/assert";
import {
  findPortHolder,
  listeningSockets,
  nameHolder,
  parseLs,
  parseLsof,
  readPortHolder,
} from "../../lib/doctor/port_holder.ts";
import { testIf, testWith } from "../helpers/needs.ts";
import { needsProgram } from "../helpers/on_path.ts";
import { freePort } from "../helpers/ports.ts";

/** The result of {@linkcode findPortHolder} in a program with these permissions. */
async function findHere(port: number, permissions: string[]) {
  const module = new URL("../../lib/doctor/port_holder.ts", import.meta.url);
  const code = `import { findPortHolder } from ${JSON.stringify(module)};
console.log(JSON.stringify(await findPortHolder(${port})));`;
  const program = `data:application/typescript,${encodeURIComponent(code)}`;
  const { stdout } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--quiet", "--no-lock", "--no-check", ...permissions, program],
    stderr: "inherit",
  }).output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("listeningSockets() finds sockets that listen on the port, in both tables", () => {
  const table = [
    "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
    "   0: 0100007F:1388 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1",
    "   1: 0100007F:1388 0100007F:D431 01 00000000:00000000 00:00000000 00000000     0        0 222 1",
    "   2: 00000000000000000000000001000000:1388 0:0000 0A 0:0 00:0 0 0 0 333 1",
    "   3: 0100007F:1389 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 444 1",
  ].join("\n");
  assertEquals(listeningSockets(table, 5000), new Set(["111", "333"]));
});

Deno.test("parseLs() selects the oldest process that holds one of the sockets", () => {
  const output = [
    "lrwxrwxrwx 1 0 0 0 Jan  1 00:00 /proc/17/exe -> /usr/bin/deno (deleted)",
    "lrwxrwxrwx 1 0 0 0 Jan  1 00:00 /proc/9/exe -> /opt/my programs/otel-kit",
    "",
    "/proc/17/fd:",
    "total 0",
    "lrwx------ 1 0 0 64 Jan  1 00:00 3 -> socket:[111]",
    "",
    "/proc/9/fd:",
    "total 0",
    "lrwx------ 1 0 0 64 Jan  1 00:00 0 -> /dev/null",
    "lrwx------ 1 0 0 64 Jan  1 00:00 5 -> socket:[111]",
    "lrwx------ 1 0 0 64 Jan  1 00:00 6 -> socket:[222]",
  ].join("\n");
  assertEquals(parseLs(output, new Set(["111"])), { pid: "9", program: "otel-kit" });
  assertEquals(parseLs(output, new Set(["333"])), undefined);
  assertEquals(parseLs("/proc/9/fd:\nlrwx 1 3 -> socket:[111]", new Set(["111"])), {
    pid: "9",
    program: "a program",
  });
});

Deno.test("parseLsof() selects the first process, and none from empty output", () => {
  const airPlay = "p612\ncControlCenter\nf10\nf11\n";
  assertEquals(parseLsof(airPlay), { pid: "612", program: "ControlCenter" });
  assertEquals(parseLsof(""), undefined);
});

testWith(["net", "read", "run", "proc"], "the program that uses a port is identified", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  assertEquals(await findPortHolder(port), { value: `deno (process ${Deno.pid})` });
  const { value: start } = await readPortHolder(port);
  assertEquals(start?.args.includes("test"), true);
  // A coverage run sets one more, for the programs that it starts.
  const { DENO_COVERAGE_DIR: _, ...env } = Deno.env.toObject();
  assertEquals(start?.env, env);
});

testWith(
  ["net", "run", "shell"],
  "if no process of this user listens, this is reported",
  async () => {
    assertEquals(await findPortHolder(freePort()), {
      unknown: "it is another user's, or runs in a container",
    });
  },
);

testWith(
  ["net", "read", "run", "shell"],
  "a missing permission is reported, not ignored",
  async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const tool = Deno.build.os === "linux" ? "cat" : "lsof";
    assertEquals(await findHere(listener.addr.port, []), {
      unknown: `"${tool}" may not be run; --allow-run=${tool} lets it`,
    });
    const holder = { value: `deno (process ${Deno.pid})` };
    assertEquals(await findHere(listener.addr.port, ["--allow-run=cat,ls,lsof"]), holder);
  },
);

Deno.test("nameHolder() names the program, or reports why it cannot", () => {
  assertEquals(nameHolder({ value: "deno (process 12)" }), "deno (process 12)");
  assertEquals(
    nameHolder({ unknown: 'there is no "ls" on PATH' }),
    'another program (not known which: there is no "ls" on PATH)',
  );
});

testIf(
  needsProgram("lsof"),
  ["net", "run"],
  "output of lsof is understood",
  async () => {
    using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
    const args = ["-nP", `-iTCP:${listener.addr.port}`, "-sTCP:LISTEN", "-Fpc"];
    const { stdout } = await new Deno.Command("lsof", { args, stderr: "null" }).output();
    const found = parseLsof(new TextDecoder().decode(stdout));
    assertEquals(found, { pid: String(Deno.pid), program: "deno" });
  },
);
