import { assertEquals, assertStringIncludes } from "@std/assert";
import { describeClass } from "../../../lib/cli/class/describe_class.ts";
import { testWith } from "../../helpers/needs.ts";

const SECRETS = { token: "teacher", joinToken: "learner" };

testWith(["sys", "env"], "a class on this machine needs no warning", () => {
  assertEquals(describeClass({ url: "http://127.0.0.1:4320", ...SECRETS }, ["192.0.2.7"]), [
    "The class listens on http://127.0.0.1:4320/",
    "  your page   http://127.0.0.1:4320/?token=teacher",
    '  learners    otel-kit guide --class "http://127.0.0.1:4320/?token=learner" --name NAME',
    "  stop        Ctrl-C",
  ]);
});

testWith(["sys", "env"], "a class in a network says that nothing is encrypted", () => {
  const text = describeClass({ url: "http://192.0.2.7:4320", ...SECRETS }, ["192.0.2.7"]).join(
    "\n",
  );
  assertStringIncludes(text, "your page   http://192.0.2.7:4320/?token=teacher");
  assertStringIncludes(text, "encryption  none");
});

testWith(["sys", "env"], "a class in all networks keeps the teacher's token out of them", () => {
  const lines = describeClass({ url: "http://0.0.0.0:4320", ...SECRETS }, ["192.0.2.7"]);
  const name = Deno.hostname();
  assertStringIncludes(lines[1]!, "http://localhost:4320/?token=teacher");
  assertStringIncludes(lines[2]!, `http://${name}:4320/?token=learner`);
  assertEquals(lines[3]!.trim(), `or with 192.0.2.7 instead of ${name}`);
  assertStringIncludes(lines.join("\n"), "encryption  none");
});
