import { assertEquals, assertThrows } from "@std/assert";
import { UsageError } from "../../../lib/cli/errors.ts";
import { type Flag, parseFlags } from "../../../lib/cli/flags/flags.ts";

const FLAGS: Flag[] = [
  { name: "service-name", placeholder: "NAME", help: "" },
  { name: "traces-exporter", placeholder: "NAME", help: "" },
  { name: "exporter-otlp-endpoint", placeholder: "URL", aliases: ["endpoint"], help: "" },
  { name: "sdk-disabled", placeholder: "true|false", bare: true, help: "" },
  { name: "port", placeholder: "N", aliases: ["p"], help: "" },
  { name: "env", placeholder: "NAME=VALUE", repeatable: true, help: "" },
  { name: "db", placeholder: "FILE", nonEmpty: true, help: "" },
  { name: "help", aliases: ["h"], help: "" },
];

function parse(...args: string[]): Record<string, unknown> {
  const { values, rest } = parseFlags(args, FLAGS);
  return { ...Object.fromEntries(values), rest };
}

Deno.test("parseFlags() takes both spellings and both forms, and the last one wins", () => {
  const expected = { "service-name": "a_b-c=d", rest: [] };
  assertEquals(parse("--service-name", "a_b-c=d"), expected);
  assertEquals(parse("--service_name", "a_b-c=d"), expected);
  assertEquals(parse("--service-name=a_b-c=d"), expected);
  assertEquals(parse("--service_name=x", "--service-name", "a_b-c=d"), expected);
});

Deno.test("parseFlags() knows short forms and aliases", () => {
  assertEquals(parse("-p", "80", "--endpoint", "http://a"), {
    port: "80",
    "exporter-otlp-endpoint": "http://a",
    rest: [],
  });
  assertEquals(parse("-h"), { help: true, rest: [] });
});

Deno.test("parseFlags() keeps an empty value apart from a missing one", () => {
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
  const { values, lists } = parseFlags(["--env=", "--env", "\0", "--env=a=\0b"], FLAGS);
  assertEquals(lists.get("env"), ["", "\0", "a=\0b"]);
  assertEquals(values.get("env"), "a=\0b");
  assertEquals(parse("--service-name", "\0"), { "service-name": "\0", rest: [] });
});

Deno.test("parseFlags() refuses an empty value where it makes no sense", () => {
  for (const args of [["--db="], ["--db", ""], ["--db=a", "--db="]]) {
    assertThrows(() => parse(...args), UsageError, 'Cannot use --db "": expected a value');
  }
});

Deno.test("parseFlags() takes true and false after a flag that may stand alone", () => {
  assertEquals(parse("--sdk-disabled"), { "sdk-disabled": "true", rest: [] });
  assertEquals(parse("--sdk_disabled", "false"), { "sdk-disabled": "false", rest: [] });
  assertEquals(parse("--sdk-disabled", "deno"), { "sdk-disabled": "true", rest: ["deno"] });
  assertEquals(parse("--sdk-disabled=maybe"), { "sdk-disabled": "maybe", rest: [] });
});

Deno.test("parseFlags() leaves a command and what follows it untouched", () => {
  const command = ["deno", "run", "--some_flag", "-x", "--", "--service_name"];
  assertEquals(parse("--port", "1", ...command), { port: "1", rest: command });
  assertEquals(parse("--port", "1", "--", ...command), { port: "1", rest: command });
  assertEquals(parse("--", "--port"), { rest: ["--port"] });
});

Deno.test("parseFlags() names the nearest flag it knows", () => {
  for (
    const [typed, message] of [
      ["--trace_exporter", "Unknown flag --trace_exporter. Did you mean --traces_exporter?"],
      [
        "--traces-exporters=otlp",
        "Unknown flag --traces-exporters. Did you mean --traces-exporter?",
      ],
      ["--something-else", "Unknown flag --something-else"],
      ["-z", "Unknown flag -z. Did you mean -p?"],
    ] as const
  ) assertEquals(assertThrows(() => parse(typed, "x"), UsageError).message, message);
});
