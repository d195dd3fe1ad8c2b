import { assertEquals, assertMatch } from "@std/assert";
import { testWith } from "../../helpers/needs.ts";
import { prepare, withFiles } from "../preparing.ts";

const NEEDS = ["env", "read", "write", "modes"] as const;

testWith(NEEDS, "compiled programs: one line explains what they need", async () => {
  const files = {
    rusty: "\x7fELF\x02\x01",
    gopher: `\x7fELF\x02\x01${"\0".repeat(4000)}\x04\0\0\0Go\0\0a-build-id`,
    sh: "\x7fELF\x02\x01",
    script: "#!/bin/sh\n",
  };
  await withFiles(files, (folder) => {
    const did = (name: string) => prepare(folder, name).did;
    assertMatch(
      did("rusty"),
      /: it is compiled, and uses them only if it contains an OpenTelemetry SDK$/,
    );
    assertMatch(did("gopher"), /: it is a Go program, which needs .*opentelemetry-go-/);
    assertEquals(did("sh"), 'Running "sh" with the settings in its environment');
    assertEquals(did("script"), 'Running "script" with the settings in its environment');
  });
});

testWith(NEEDS, "Go: one line explains what a program needs", async () => {
  await withFiles({ go: "" }, (folder) => {
    const program = prepare(folder, "go");
    assertEquals([program.runtime, program.env], ["go", { PATH: folder }]);
    assertMatch(program.did, /To add it: go get go.opentelemetry.io\/otel\/sdk$/);
  });
});
