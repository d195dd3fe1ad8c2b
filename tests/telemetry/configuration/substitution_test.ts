import { assertEquals } from "@std/assert";
import { parseDocument } from "yaml";
import { findReferences, substitute } from "../../../lib/telemetry/configuration/substitution.ts";
import { testWith } from "../../helpers/needs.ts";
import { within } from "../../helpers/patience.ts";

/** Runs in a worker, because nothing else can stop a search that takes minutes. */
const FINDER = new URL("../../testdata/programs/find_references.ts", import.meta.url);

Deno.test("findReferences() distinguishes substitutions from text that only looks like one", () => {
  const cases: [string, (string | undefined)[]][] = [
    ["${A} ${env:B} ${C:-d:-e}", ["A", "B", "C"]],
    ["$${A} $$${B}", ["B"]],
    ["${} ${A", []],
    ["${}${A}", ["A"]],
    ["${A:?b} ${sys:x} ${env:} ${1A} ${A:-a\nb} ${a ${B}", Array(6).fill(undefined)],
  ];
  for (const [text, names] of cases) {
    assertEquals(findReferences(text).map(({ name }) => name), names, text);
  }
});

Deno.test("substitute() gives a plain value the type that it looks like", () => {
  const variables = new Map([["TEST_NUMBER", "5"], ["TEST_ODD", "!tag %x"]]);
  const document = parseDocument(`
number: \${TEST_NUMBER}
quoted: "\${TEST_NUMBER}"
block: |-
  \${TEST_NUMBER}
joined: \${TEST_NUMBER}\${TEST_NUMBER}
empty: \${TEST_EMPTY}
fallback: \${TEST_EMPTY:-true}
list: "\${TEST_NONE:-}x"
collection: \${TEST_NONE:-[1, 2]}
odd: \${TEST_ODD}
dollar: $$\${TEST_NUMBER}
\${TEST_NUMBER}: key
`);
  substitute(document, (name) => variables.get(name));
  assertEquals(document.toJS(), {
    number: 5,
    quoted: "5",
    block: "5",
    joined: 55,
    empty: null,
    fallback: true,
    list: "x",
    collection: "[1, 2]",
    odd: "!tag %x",
    dollar: "$5",
    "${TEST_NUMBER}": "key",
  });
});

testWith(["read"], "findReferences() takes linear time for many lookalikes", async () => {
  const worker = new Worker(FINDER, { type: "module" });
  try {
    for (
      const [part, count] of [["${env:", 0], ["${", 0], ["$", 0], ["${}", 0], ["${A}", 200_000]]
    ) {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage(String(part).repeat(200_000));
      assertEquals(await within(promise, `findReferences() of ${part}, 200,000 times`), count);
    }
  } finally {
    worker.terminate();
  }
});
