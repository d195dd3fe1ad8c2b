import { assertEquals } from "@std/assert";
import { COMMANDS } from "../../../lib/cli/run.ts";
import { COMMAND_NAMES } from "../../../lib/workshop/course/command_names.ts";
import { fillIn, tagMistakes } from "../../../lib/workshop/course/fill_in.ts";
import { TEST_SETTING } from "../../helpers/text_settings.ts";

Deno.test("fillIn() inserts values, and leaves other braces alone", () => {
  assertEquals(fillIn("curl {{app}} ${x} {a}", TEST_SETTING), "curl localhost:5000 ${x} {a}");
});

Deno.test("fillIn() keeps the texts of what is the case, without empty lines for the others", () => {
  const text = "One\n\n{{#external}}\nTwo\n{{/external}}\n{{#embedded}}\nThree\n{{/embedded}}\n\n" +
    "{{^embedded}}\nFour\n{{/embedded}}\n\nFive{{#folder}} in {{folder}}{{/folder}}\n";
  assertEquals(fillIn(text, TEST_SETTING), "One\n\nThree\n\nFive in my-workshop");
});

Deno.test("fillIn() reads a section within another", () => {
  const text = "{{#embedded}}a{{#external}}b{{/external}}{{^external}}c{{/external}}{{/embedded}}";
  assertEquals(fillIn(text, TEST_SETTING), "ac");
});

Deno.test("fillIn() calls the program as it can be called, and only where it is called", () => {
  const text = "`otel-kit guide saw`, curl | otel-kit\nquiz, otel-kit's page, ./otel-kit doctor, " +
    "otel-kit collector-demo";
  assertEquals(
    fillIn(text, { ...TEST_SETTING, command: "../otel-kit" }),
    "`../otel-kit guide saw`, curl | ../otel-kit\nquiz, otel-kit's page, ./otel-kit doctor, " +
      "../otel-kit collector-demo",
  );
});

Deno.test("tagMistakes() finds unknown names, open sections, and values that are not always there", () => {
  assertEquals(tagMistakes("{{app}} {{#embedded}}{{pageUrl}}{{/embedded}}"), []);
  assertEquals(tagMistakes("{{prot}}"), ["unknown value {{prot}}"]);
  assertEquals(tagMistakes("{{#otherwise}}x{{/otherwise}}"), ["unknown state {{#otherwise}}"]);
  assertEquals(tagMistakes("{{#folder}}x"), ["{{#folder}} has no end"]);
  assertEquals(tagMistakes("x{{/folder}}"), ["{{/folder}} ends nothing that is open"]);
  assertEquals(tagMistakes("See {{pageUrl}}"), ["unknown value {{pageUrl}}"]);
  assertEquals(tagMistakes("cd {{folder}}"), ["unknown value {{folder}}"]);
});

Deno.test("texts of a course can name the program's commands", () => {
  assertEquals(COMMAND_NAMES.filter((name) => !Object.hasOwn(COMMANDS, name)), []);
  assertEquals(
    Object.keys(COMMANDS).filter((name) => !COMMAND_NAMES.some((known) => known === name)),
    ["mcp", "completions", "upgrade", "licenses"],
  );
});
