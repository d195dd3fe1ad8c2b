import { assert, assertEquals } from "@std/assert";
import { join } from "node:path";
import { findCommand } from "../lib/launcher/find_command.ts";
import { readCourse } from "../lib/workshop/course/read_course.ts";
import { needsBackends } from "./helpers/backends.ts";
import { withFolder } from "./helpers/folder.ts";
import { Learner } from "./helpers/learner.ts";
import { areGranted, type Condition, testIf, testWith, WITH_PORT_5000 } from "./helpers/needs.ts";
import { isFree } from "./helpers/ports.ts";
import { needsExecutable } from "./helpers/program.ts";
import { isTaken } from "./helpers/turns.ts";
import { anchors, type Part, readPages, readParts, TUTORIAL } from "./helpers/tutorial.ts";
import { applyHunks, readDiff } from "./helpers/unified_diff.ts";

const ROOT = new URL("../", import.meta.url);
const PERMISSIONS = ["net", "env", "read", "write", "run", "sys"] as const;
const RUNS = [...PERMISSIONS, "shell", "signals"] as const;
const BACKENDS = await needsBackends();
const RUNNABLE = await needsAll();

const AN_HOUR_MS = 3_600_000;

/** Servers that are already running replace these blocks. */
const COMPOSE = /^docker compose /m;

testIf(RUNNABLE, RUNS, "every shell block of the tutorial does what the text says", async (t) => {
  await using learner = new Learner();
  await learner.arrive();
  for (const part of allParts()) {
    if (!isDone(part)) continue;
    if (part.kind === "block" && COMPOSE.test(part.text) && !BACKENDS.missing) {
      // deno-lint-ignore no-console
      console.log(`${part.page}:${part.line} not run, the servers are up: ${part.text}`);
      continue;
    }
    const title = part.kind === "block" ? part.text.split("\n")[0] : part.kind;
    const ok = await t.step(`${part.page}:${part.line} ${title}`, () => learner.do(part));
    if (!ok) break; // Later blocks depend on it.
  }
}, { limitMillis: AN_HOUR_MS });

testWith(["read"], "the tutorial has 17 steps in order, and then the bonus steps", async () => {
  const { steps } = await readCourse(new URL("lib/workshop/steps/", ROOT));
  const numbers = readPages().flatMap(({ text }) => anchors(text)).flatMap((anchor) =>
    /^step-(\d+)-/.exec(anchor)?.[1] ?? []
  );
  const bonus = steps.filter(({ bonus }) => bonus).map(({ number }) => number);
  const core = Array.from({ length: 17 }, (_, i) => String(i + 1));
  assertEquals(numbers, [...core, ...bonus]);
});

testWith(["read"], "every block of the tutorial is of a known kind", () => {
  const texts = ["text", "text app", "text lab", "text promql", "text elsewhere"];
  const known = ["sh", "sh app", "sh lab", ...texts, "powershell", "diff", "mermaid"];
  for (const part of allParts()) {
    if (part.kind !== "block") continue;
    const kind = `${part.language} ${part.role}`.trim();
    assert(known.includes(kind) || /^ts \S+\.ts$/.test(kind), `${where(part)}: ${kind}`);
    assert(!part.text.includes("0.0.0.0"), `${where(part)} names every address`);
  }
});

testWith(["read"], "a PowerShell block calls the programs of the shell block before it", () => {
  let before = "";
  for (const part of allParts()) {
    if (part.kind !== "block") continue;
    if (part.language === "sh") before = part.text;
    if (part.language !== "powershell") continue;
    const flags = (text: string) => text.match(/(?<=\s)--?[a-z][\w-]+( [^\s`\\]+)?/g) ?? [];
    const missing = flags(before).filter((flag) => /^--/.test(flag) && !part.text.includes(flag));
    assertEquals(missing, [], where(part));
  }
});

testWith(["read"], "the diffs of the tutorial lead from one app to the other", () => {
  const diffs = Map.groupBy(
    allParts().flatMap((part) =>
      part.kind === "block" && part.language === "diff" ? [readDiff(part.text)] : []
    ),
    ({ from, to }) => `${from} ${to}`,
  );
  assertEquals([...diffs.keys()], [
    "apps/base.ts apps/manual.ts",
    "apps/base.ts apps/middleware.ts",
  ]);
  for (const shown of diffs.values()) {
    const { from, to } = shown[0]!;
    assertEquals(applyHunks(read(from), shown.flatMap(({ hunks }) => hunks)), read(to));
  }
});

testWith(["read"], "the files and lines that the tutorial quotes are up to date", () => {
  let quotes = 0;
  for (const { name, text } of readPages()) {
    // [line 9](../../apps/base.ts#L9), `code on that line`
    for (const [link, path, line, code] of text.matchAll(/\]\(([^)]+)#L(\d+)\)[^`]*`([^`]+)`/g)) {
      const found = Deno.readTextFileSync(new URL(path!, TUTORIAL)).split("\n")[Number(line) - 1];
      assert(found?.includes(code!), `${name}: ${link}\nbut the line is: ${found}`);
      quotes++;
    }
    for (const part of readParts(name, text)) {
      if (part.kind !== "block" || !part.language.startsWith("ts") || !part.role) continue;
      assertEquals(`${part.text}\n`, read(part.role), where(part));
      quotes++;
    }
  }
  assert(quotes >= 5, `${quotes} quotes`);
});

testWith(["read"], "every relative link of the tutorial has a target", async () => {
  for (const { name, text } of readPages()) {
    for (const [, target = ""] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^\w+:/.test(target)) continue;
      const [path = "", anchor] = target.split("#");
      const url = new URL(path || name, TUTORIAL);
      const { isFile } = await Deno.stat(url).catch(() => {
        throw new Error(`${name} links to ${target}, which is not there`);
      });
      if (!anchor || !isFile || /^L\d+$/.test(anchor)) continue;
      const there = anchors(await Deno.readTextFile(url));
      assert(there.includes(anchor), `${name} links to ${target}; there are ${there.join(", ")}`);
    }
  }
});

function allParts(): Part[] {
  return readPages().flatMap(({ name, text }) => readParts(name, text));
}

function isDone(part: Part): boolean {
  return part.kind !== "block" || ["sh", "text"].includes(part.language);
}

function read(path: string): string {
  return Deno.readTextFileSync(new URL(path, ROOT));
}

function where({ page, line }: Part): string {
  return `docs/tutorial/${page}:${line}`;
}

/** Requires the servers or Docker, the executable, a free port for the app, and the shell's commands. */
async function needsAll(): Promise<Condition> {
  if (!areGranted(PERMISSIONS)) return { missing: undefined };
  const missing = ["bash", "curl", "deno"].filter((name) => !has(name)).map((name) => `no ${name}`);
  const { missing: executable } = needsExecutable();
  if (executable) missing.push(executable);
  if (BACKENDS.missing && !await hasDockerEngine()) missing.push(BACKENDS.missing);
  if (missing.length === 0 && !await canCompile()) {
    missing.push("this Deno cannot get what it makes executables of");
  }
  // Another test may hold it for now, as this one will.
  if (!isFree(5000) && !isTaken("port 5000")) missing.push("port 5000 is in use");
  return {
    alone: [...BACKENDS.alone ?? [], ...WITH_PORT_5000.alone ?? []],
    missing: missing.length > 0 ? missing.join(", ") : undefined,
  };
}

/** For each version, the first `deno compile` downloads the runtime for executables. */
function canCompile(): Promise<boolean> {
  return withFolder(async (folder) => {
    const program = join(folder, "hello.ts");
    await Deno.writeTextFile(program, "");
    const { success } = await new Deno.Command("deno", {
      args: ["compile", "--quiet", "--no-config", "--output", join(folder, "hello"), program],
      stdout: "null",
      stderr: "null",
    }).output();
    return success;
  });
}

async function hasDockerEngine(): Promise<boolean> {
  if (!has("docker")) return false;
  const answers = await Promise.all(
    [["info"], ["compose", "version"]].map((args) => new Deno.Command("docker", { args }).output()),
  );
  return answers.every(({ success }) => success);
}

function has(command: string): boolean {
  return findCommand(command, { PATH: Deno.env.get("PATH") ?? "" }).path !== undefined;
}
