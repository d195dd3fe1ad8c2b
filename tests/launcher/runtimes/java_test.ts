import { assertEquals, assertMatch } from "@std/assert";
import { testWith } from "../../helpers/needs.ts";
import { prepare, withFiles } from "../preparing.ts";

const NEEDS = ["env", "read", "write", "modes"] as const;
const AGENT = "opentelemetry-javaagent.jar";

testWith(
  NEEDS,
  "java: the agent is found next to the jar, then in the working directory",
  async () => {
    const files = { java: "", [`app/${AGENT}`]: "", "app/x.jar": "", "other/x.jar": "" };
    await withFiles(files, (folder) => {
      const options = (...args: string[]) =>
        prepare(folder, "java", {}, args).env.JAVA_TOOL_OPTIONS;
      assertEquals(options("-Xmx1g", "-jar", "app/x.jar"), `-javaagent:${folder}/app/${AGENT}`);
      assertEquals(options("-jar", "other/x.jar"), undefined);
      assertEquals(options("Main"), undefined);
      Deno.renameSync(`${folder}/app/${AGENT}`, `${folder}/opentelemetry-javaagent-2.25.0.jar`);
      const here = `-javaagent:${folder}/opentelemetry-javaagent-2.25.0.jar`;
      assertEquals(options("-jar", "other/x.jar"), here);
      assertEquals(options("Main"), here);
    });
  },
);

testWith(NEEDS, "java: a given agent is used, and existing options stay", async () => {
  await withFiles({ java: "", "my agents/otel.jar": "", [AGENT]: "" }, (folder) => {
    const { env, did } = prepare(folder, "java", {
      OTEL_JAVA_AGENT_PATH: "my agents/otel.jar",
      JAVA_TOOL_OPTIONS: "-Xms10m",
    });
    assertEquals(env.JAVA_TOOL_OPTIONS, `-Xms10m -javaagent:"${folder}/my agents/otel.jar"`);
    assertEquals(did, `Running "java" with ${folder}/my agents/otel.jar`);

    const missing = prepare(folder, "java", { OTEL_JAVA_AGENT_PATH: "none.jar" });
    assertEquals(missing.env.JAVA_TOOL_OPTIONS, undefined);
    assertEquals(missing.warnings, ['OTEL_JAVA_AGENT_PATH "none.jar": there is no such file']);
  });
});

testWith(NEEDS, "java: an agent that is already loaded is not loaded twice", async () => {
  await withFiles({ java: "", [AGENT]: "" }, (folder) => {
    const given = `-javaagent:/opt/${AGENT}`;
    const inVariable = prepare(folder, "java", { JAVA_TOOL_OPTIONS: given });
    assertEquals(inVariable.env.JAVA_TOOL_OPTIONS, given);
    const inArguments = prepare(folder, "java", {}, [given, "Main"]);
    assertEquals(inArguments.env.JAVA_TOOL_OPTIONS, undefined);
    assertEquals(inArguments.did, 'Running "java" with the agent as given');
  });
});

testWith(NEEDS, "java: without an agent it gets the next step", async () => {
  await withFiles({ java: "" }, (folder) => {
    assertMatch(
      prepare(folder, "java").did,
      /no opentelemetry-javaagent.jar .*--java-agent FILE, or --install$/,
    );
  });
});
