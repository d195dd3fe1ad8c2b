import { assert, assertEquals } from "@std/assert";
import { parse } from "yaml";
import { testWith } from "../helpers/needs.ts";

const FORMS = new URL("../../.github/ISSUE_TEMPLATE/", import.meta.url);

/** The kinds of elements that GitHub's issue forms can have. */
const ELEMENTS = ["markdown", "input", "textarea", "dropdown", "checkboxes"];

interface Form {
  name?: string;
  description?: string;
  body: { type: string; id?: string; attributes: { label?: string }; validations?: unknown }[];
}

for (const name of ["bug.yml", "idea.yml"]) {
  testWith(["read"], `${name} is a form that GitHub accepts`, async () => {
    const form: Form = parse(await Deno.readTextFile(new URL(name, FORMS)));
    assert(form.name && form.description);
    const ids = form.body.map(({ id }) => id);
    assertEquals(new Set(ids).size, ids.length);
    for (const { type, attributes } of form.body) {
      assert(ELEMENTS.includes(type), type);
      assert(attributes.label);
    }
  });
}

testWith(["read"], "a bug report contains what doctor and --version print", async () => {
  const { body }: Form = parse(await Deno.readTextFile(new URL("bug.yml", FORMS)));
  for (const command of ["otel-kit doctor --json", "otel-kit --version --verbose"]) {
    const field = body.find(({ attributes }) => attributes.label?.includes(command));
    assertEquals(field?.validations, { required: true });
  }
});
