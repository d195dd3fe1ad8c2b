import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../lib/cli/errors.ts";
import { MODE_FLAGS } from "../../../lib/cli/flags/mode_flags.ts";
import {
  type FlagTable,
  type FlagValues,
  isGiven,
  parseFlags,
  parseMixed,
} from "../../../lib/cli/flags/flags.ts";

const FLAGS = {
  "service-name": { placeholder: "NAME", help: "" },
  "traces-exporter": { placeholder: "NAME", help: "" },
  "exporter-otlp-endpoint": { placeholder: "URL", aliases: ["endpoint"], help: "" },
  "sdk-disabled": { placeholder: "true|false", bare: true, help: "" },
  port: { placeholder: "N", aliases: ["p"], help: "" },
  env: { placeholder: "NAME=VALUE", repeatable: true, help: "" },
  db: { placeholder: "FILE", nonEmpty: true, help: "" },
  help: { aliases: ["h"], help: "" },
} as const satisfies FlagTable;

/** The flags that were given. */
function parse(...args: string[]): Record<string, unknown> {
  const { flags, rest } = parseFlags(args, FLAGS);
  const given = Object.entries(flags).filter(([, value]) => isGiven(value));
  return { ...Object.fromEntries(given), rest };
}

Deno.test("the type of the parsed flags follows from their table", () => {
  const { flags } = parseFlags(["--port=1", "--env", "A=1", "-h"], FLAGS);
  const typed: {
    readonly port: string | undefined;
    readonly env: readonly string[];
    readonly help: boolean;
  } = flags;
  assertEquals([typed.port, typed.env, typed.help], ["1", ["A=1"], true]);
  // @ts-expect-error -- a misspelled name must not compile
  assertEquals(flags.prot, undefined);
  // @ts-expect-error -- nor must a type other than the table's
  const port: string = flags.port;
  assertEquals(port, "1");
});

Deno.test("the type of a command's flags has the names of variables, and no others", () => {
  type Flags = FlagValues<typeof MODE_FLAGS.serve>;
  const name: keyof Flags = "exporter-otlp-endpoint";
  // @ts-expect-error -- a misspelled name must not compile
  const wrong: keyof Flags = "exporter-otlp-endpiont";
  assertEquals([name in MODE_FLAGS.serve, wrong in MODE_FLAGS.serve], [true, false]);
});

Deno.test("parseFlags() accepts both spellings and both forms, and the last one wins", () => {
  const expected = { "service-name": "a_b-c=d", rest: [] };
  assertEquals(parse("--service-name", "a_b-c=d"), expected);
  assertEquals(parse("--service_name", "a_b-c=d"), expected);
  assertEquals(parse("--service-name=a_b-c=d"), expected);
  assertEquals(parse("--service_name=x", "--service-name", "a_b-c=d"), expected);
});

Deno.test("parseFlags() accepts short forms and aliases", () => {
  assertEquals(parse("-p", "80", "--endpoint", "http://a"), {
    port: "80",
    "exporter-otlp-endpoint": "http://a",
    rest: [],
  });
  assertEquals(parse("-h"), { help: true, rest: [] });
});

Deno.test("parseFlags() distinguishes an empty value from a missing one", () => {
  assertEquals(parse("--service-name=", "--port", "1"), {
    "service-name": "",
    port: "1",
    rest: [],
  });
  for (const args of [["--service-name"], ["--service-name", "--port", "1"]]) {
    assertThrows(
      () => parse(...args),
      UsageError,
      "Cannot use --service-name alone: it needs a value",
    );
  }
});

Deno.test("parseFlags() keeps every value as it was typed", () => {
  const { flags } = parseFlags(["--env=", "--env", "\0", "--env=a=\0b"], FLAGS);
  assertEquals(flags.env, ["", "\0", "a=\0b"]);
  assertEquals(parse("--service-name", "\0"), { "service-name": "\0", rest: [] });
});

Deno.test("parseFlags() rejects a meaningless empty value", () => {
  for (const args of [["--db="], ["--db", ""], ["--db=a", "--db="]]) {
    assertThrows(() => parse(...args), UsageError, 'Cannot use --db "": expected a value');
  }
});

Deno.test("parseFlags() accepts true and false after a boolean flag", () => {
  assertEquals(parse("--sdk-disabled"), { "sdk-disabled": "true", rest: [] });
  assertEquals(parse("--sdk_disabled", "false"), { "sdk-disabled": "false", rest: [] });
  assertEquals(parse("--sdk-disabled", "deno"), { "sdk-disabled": "true", rest: ["deno"] });
  assertEquals(parse("--sdk-disabled=maybe"), { "sdk-disabled": "maybe", rest: [] });
});

Deno.test("parseFlags() leaves a command and its arguments untouched", () => {
  const command = ["deno", "run", "--some_flag", "-x", "--", "--service_name"];
  assertEquals(parse("--port", "1", ...command), { port: "1", rest: command });
  assertEquals(parse("--port", "1", "--", ...command), { port: "1", rest: command });
  assertEquals(parse("--", "--port"), { rest: ["--port"] });
});

Deno.test("parseFlags() suggests the closest known flag", () => {
  for (
    const [typed, message] of [
      ["--trace_exporter", "Unknown flag --trace_exporter. Did you mean --traces_exporter?"],
      [
        "--traces-exporters=otlp",
        "Unknown flag --traces-exporters. Did you mean --traces-exporter?",
      ],
      ["--something-else", "Unknown flag --something-else"],
      // Any letter differs from any other in one.
      ["-z", "Unknown flag -z"],
      ["--xyz", "Unknown flag --xyz"],
      ["--listen-port", "Unknown flag --listen-port. Did you mean --port?"],
      ["--listen", "Unknown flag --listen"],
    ] as const
  ) assertEquals(assertThrows(() => parse(typed, "x"), UsageError).message, message);
});

Deno.test("parseMixed() accepts flags before and after a command's own arguments", () => {
  const table = { json: { help: "" }, limit: { placeholder: "N", help: "" } };
  const { flags, rest } = parseMixed(["--limit", "3", "abc", "--json", "--limit=4"], table);
  assertEquals(rest, ["abc"]);
  assertEquals(flags, { json: true, limit: "4" });
});
