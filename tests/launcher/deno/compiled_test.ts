/** Programs made by `deno compile`: their telemetry was fixed at that time. */
import { assertEquals, assertStringIncludes } from "@std/assert";
import { compiledByDeno } from "../../../lib/launcher/deno/compiled.ts";
import { buildPreload } from "../../helpers/builds.ts";
import { DENOS, type TestedDeno } from "../../helpers/denos.ts";
import { withFolder } from "../../helpers/folder.ts";
import { areGranted, type Condition, testIf, testWith } from "../../helpers/needs.ts";
import { runProgram, sourcesThatRun, withProgram } from "../../helpers/program.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { programPath } from "../launching.ts";
import { NEEDS } from "./launching.ts";

/** Requires that the runtime for compiled programs is already downloaded. */
function needsRuntime({ version }: TestedDeno): Condition {
  if (!areGranted(["env", "read"])) return { missing: undefined };
  const folder = Deno.env.get("DENO_DIR") ?? `${Deno.env.get("HOME")}/.cache/deno`;
  try {
    Deno.statSync(`${folder}/dl/release/v${version}`);
    return { missing: undefined };
  } catch {
    return { missing: `run deno compile of ${version} once` };
  }
}

for (const deno of DENOS) {
  const name = `deno ${deno.version}: what auto compiles has enriched spans`;
  testIf(needsRuntime(deno), [...NEEDS, "modes"], name, async () => {
    await buildPreload();
    await using receiver = startHttpReceiver();
    const env = { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: "50" };
    const launch = sourcesThatRun();
    await withFolder(async (folder) => {
      const server = `${folder}/server`;
      const words = [deno.path, "compile", "--quiet", "--allow-net", `--output=${server}`];
      const program = programPath("hono_server.ts");
      const compiled = await runProgram(["auto", "--", ...words, program], { launch, env });
      assertEquals(compiled.code, 0, compiled.stderr);
      assertEquals(compiledByDeno(server), { isRecording: true });
      await withProgram(["auto", "--", server], { launch, env, ready: "/\n" }, async (running) => {
        assertStringIncludes(running.stderr, "a Deno program, compiled with its telemetry on");
        await (await fetch(`${running.url}/orders/7`)).text();
        const [order] = await receiver.waitForSpans(1);
        assertEquals(order?.name, "GET /orders/:id");
        assertEquals(order?.attributes["http.response.status_code"], 200);
      });
    });
  });
}

testWith(["read", "write"], "compiledByDeno() recognizes other programs", async () => {
  await withFolder(async (folder) => {
    for (const [name, text] of [["empty", ""], ["short", "d3n0l4nd"], ["other", "x".repeat(99)]]) {
      await Deno.writeTextFile(`${folder}/${name}`, text!);
      assertEquals(compiledByDeno(`${folder}/${name}`), undefined);
    }
    assertEquals(compiledByDeno(`${folder}/missing`), undefined);
  });
});

testWith(["read", "write"], "compiledByDeno() detects whether a program records", async () => {
  await withFolder(async (folder) => {
    for (const isRecording of [true, false]) {
      const description = `{"otel_config":{"tracing_enabled":${isRecording}}}`;
      const trailer = new Uint8Array(24);
      trailer.set(new TextEncoder().encode("d3n0l4nd"));
      new DataView(trailer.buffer).setBigUint64(16, BigInt(description.length), true);
      const file = `${folder}/program`;
      await Deno.writeTextFile(file, `code${description}`);
      await Deno.writeFile(file, trailer, { append: true });
      assertEquals(compiledByDeno(file), { isRecording });
    }
  });
});
