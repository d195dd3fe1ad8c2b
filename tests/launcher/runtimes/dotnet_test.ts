import { assertEquals, assertMatch } from "@std/assert";
import { testWith } from "../../helpers/needs.ts";
import { prepare, withFiles } from "../preparing.ts";

const NEEDS = ["env", "read", "write", "modes"] as const;
const HOOK = "net/OpenTelemetry.AutoInstrumentation.StartupHook.dll";

/** Where the profiler is on this system. */
const ARCH = Deno.build.arch === "aarch64" ? "arm64" : "x64";
const PROFILER = Deno.build.os === "darwin"
  ? `osx-${ARCH}/OpenTelemetry.AutoInstrumentation.Native.dylib`
  : `linux-${ARCH}/OpenTelemetry.AutoInstrumentation.Native.so`;

testWith(NEEDS, ".NET: the instrumentation is turned on where it is unpacked", async () => {
  const home = ".otel-dotnet-auto";
  const files = { dotnet: "", [`${home}/${HOOK}`]: "", [`${home}/${PROFILER}`]: "" };
  await withFiles(files, (folder) => {
    const auto = `${folder}/${home}`;
    const { PATH: _, HOME: __, ...env } = prepare(folder, "dotnet", {
      HOME: folder,
      DOTNET_STARTUP_HOOKS: "/mine.dll",
    }).env;
    assertEquals(env, {
      OTEL_DOTNET_AUTO_HOME: auto,
      CORECLR_ENABLE_PROFILING: "1",
      CORECLR_PROFILER: "{918728DD-259F-4A6A-AC2B-B85E1B658318}",
      CORECLR_PROFILER_PATH: `${auto}/${PROFILER}`,
      DOTNET_STARTUP_HOOKS: `/mine.dll:${auto}/${HOOK}`,
      DOTNET_ADDITIONAL_DEPS: `${auto}/AdditionalDeps`,
      DOTNET_SHARED_STORE: `${auto}/store`,
    });
    const named = prepare(folder, "dotnet", { OTEL_DOTNET_AUTO_HOME: auto });
    assertEquals(named.env.CORECLR_ENABLE_PROFILING, "1");
    const given = prepare(folder, "dotnet", { HOME: folder, CORECLR_ENABLE_PROFILING: "0" });
    assertEquals(given.env.CORECLR_PROFILER, undefined);
    assertEquals(given.did, 'Running "dotnet" with CORECLR_ENABLE_PROFILING=0, as given');
  });
});

testWith(NEEDS, ".NET: without the instrumentation it gets the next step", async () => {
  await withFiles({ dotnet: "", [`half/${HOOK}`]: "" }, (folder) => {
    for (const home of ["none", "half"]) {
      const env = { OTEL_DOTNET_AUTO_HOME: `${folder}/${home}` };
      const program = prepare(folder, "dotnet", env);
      assertEquals(program.env, { PATH: folder, ...env });
      assertMatch(program.did, /is not in .*\. To instrument it, unpack that there/);
    }
  });
});
