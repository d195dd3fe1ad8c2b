import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { openTerminal, testInTerminal, type TestTerminal } from "../../../helpers/tmux.ts";

const PROGRAM = fileURLToPath(new URL("../../../testdata/programs/guide_view.ts", import.meta.url));

/** Starts the view with a test guide, and waits until it is drawn. */
async function openView(
  { args = [], ...options }: {
    args?: string[];
    columns?: number;
    rows?: number;
    env?: Record<string, string>;
  } = {},
): Promise<TestTerminal> {
  const permissions = ["--allow-env", "--allow-read"];
  const command = [Deno.execPath(), "run", "--no-check", ...permissions, PROGRAM, ...args];
  const terminal = await openTerminal({ command, ...options });
  await terminal.waitFor("See the manual app");
  return terminal;
}

testInTerminal("the guide fills an 80 by 24 terminal, and restores it at q", async () => {
  await using terminal = await openView();
  assertEquals(await terminal.read("alternate_on"), "1");
  assertEquals(await terminal.read("cursor_flag"), "0");
  const drawn = (await terminal.waitFor("q quit")).split("\n");
  assertStringIncludes(drawn[0]!, "Step 10/17  See the manual app");
  assertStringIncludes(drawn[23]!, "n next  b back  c check  h hint  d diff  s solution  l list");
  await terminal.press("q");
  const { screen, code } = await terminal.ended();
  assertEquals(code, 0);
  assertEquals(await terminal.read("alternate_on"), "0");
  assertEquals(await terminal.read("cursor_flag"), "1");
  assertEquals(screen.trim().split("\n"), ["asked for []", "ended with 0"]);
  // The terminal echoes typed text again: raw mode is off.
  await terminal.type("typed");
  await terminal.waitFor("typed");
});

testInTerminal("the guide performs the action of each key, and asks before it writes", async () => {
  await using terminal = await openView();
  for (const [key, action] of [["n", "next"], ["b", "back"], ["h", "hint"]] as const) {
    await terminal.press(key);
    await terminal.waitFor(`Did {"do":"${action}"}`);
  }
  await terminal.waitFor("Hint 1 of 3");
  await terminal.press("s");
  await terminal.waitFor("writes to your folder. Continue? y/n");
  await terminal.press("n");
  await terminal.waitFor("q quit");
  await terminal.press("r");
  await terminal.waitFor("starts the step over");
  await terminal.press("y");
  await terminal.waitFor(`Did {"do":"reset"}`);
  await terminal.press("d");
  assertStringIncludes(
    await terminal.waitFor("From your manual.ts to the solution: +1 −1"),
    "-from base",
  );
  await terminal.press("Escape");
  await terminal.waitFor("q quit  ?");
  await terminal.press("l");
  await terminal.waitFor(">  10");
  await terminal.press("Down");
  await terminal.waitFor(">  22");
  await terminal.press("Enter");
  await terminal.waitFor(`Did {"goto":"logs"}`);
  await terminal.press("q");
  await terminal.ended();
  await terminal.resize(200, 24);
  const screen = await terminal.waitFor("ended with");
  const asked = /asked for (.*)/.exec(screen.replaceAll("\n", ""))![1]!;
  assertEquals(JSON.parse(asked.slice(0, asked.lastIndexOf("]") + 1)), [
    { do: "next" },
    { do: "back" },
    { do: "hint" },
    { do: "reset" },
    { goto: "logs" },
  ]);
});

testInTerminal(
  "the guide ends at Ctrl-C and at SIGTERM, and restores the terminal",
  async () => {
    for (const end of ["key", "signal"]) {
      await using terminal = await openView();
      if (end === "key") await terminal.press("C-c");
      else {
        const shell = Number(await terminal.read("pane_pid"));
        Deno.kill(await childOf(shell), "SIGTERM");
      }
      assertEquals((await terminal.ended()).code, 0, end);
      assertEquals(await terminal.read("alternate_on"), "0");
      assertEquals(await terminal.read("cursor_flag"), "1");
    }
  },
);

testInTerminal("the guide restores the terminal when an error escapes", async () => {
  await using terminal = await openView({ args: ["crash"] });
  await terminal.press("n");
  const { screen, code } = await terminal.ended();
  assertEquals(code, 1);
  assertStringIncludes(screen, "nobody catches this");
  assertEquals(await terminal.read("alternate_on"), "0");
  assertEquals(await terminal.read("cursor_flag"), "1");
  await terminal.type("typed");
  await terminal.waitFor("typed");
});

testInTerminal("the guide reports what cannot be done, and continues", async () => {
  await using terminal = await openView({ args: ["fail"] });
  await terminal.press("n");
  await terminal.waitFor("Cannot go on: the test says so");
  await terminal.press("q");
  assertEquals((await terminal.ended()).code, 0);
});

testInTerminal("the guide is redrawn when the terminal's size changes", async () => {
  await using terminal = await openView();
  await terminal.waitFor("q quit");
  await terminal.resize(40, 12);
  const small = await terminal.waitFor("? keys");
  assertEquals(small.trimEnd().split("\n").length, 12);
  assertStringIncludes(small, "Step 10/17  See the manual app");
  await terminal.resize(120, 40);
  const large = await terminal.waitUntil(
    (screen) => screen.split("\n")[39]!.includes("q quit"),
    "the keys in the last row",
  );
  assertEquals(large.match(/Step 10\/17/g)?.length, 1);
  await terminal.press("q");
  await terminal.ended();
});

testInTerminal("pasted text and telemetry from others cannot affect the view", async () => {
  await using terminal = await openView();
  await terminal.press("c");
  assertStringIncludes(await terminal.waitFor("a\\x1b[2J\\x07b"), "Send both requests");
  // A terminal in bracketed paste mode puts these around pasted text.
  await terminal.type("\x1b[200~qqq\x1b[201~");
  await terminal.press("?");
  await terminal.waitFor("Go to the next step");
  await terminal.press("q");
  const { screen } = await terminal.ended();
  assertStringIncludes(screen, `asked for [{"do":"check"}]`);
});

testInTerminal("NO_COLOR removes colors, and keeps the layout", async () => {
  await using colored = await openView();
  await using plain = await openView({ env: { NO_COLOR: "1" } });
  const screens = [await colored.waitFor("q quit"), await plain.waitFor("q quit")];
  const [a, b] = screens.map((screen) => screen.replaceAll("`", "").split("\n"));
  assertEquals(a!.slice(0, 3), b!.slice(0, 3));
  assert(await colored.isStyled());
  assert(!await plain.isStyled());
});

/** The process that a shell started. */
async function childOf(pid: number): Promise<number> {
  const { stdout } = await new Deno.Command("ps", { args: ["-o", "pid=", "--ppid", String(pid)] })
    .output();
  return Number(new TextDecoder().decode(stdout).trim().split("\n")[0]);
}
