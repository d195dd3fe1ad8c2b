import { assert, assertEquals, assertMatch } from "@std/assert";
import { parse } from "yaml";
import { VERSION } from "../../lib/version.ts";
import { ANY_PORTS } from "../helpers/collector_program.ts";
import { buildContainer, needsRootFolder } from "../helpers/container_root.ts";
import { readStages } from "../helpers/dockerfile.ts";
import { withFolder } from "../helpers/folder.ts";
import { testIf } from "../helpers/needs.ts";
import { runProgram, withProgram } from "../helpers/program.ts";
import {
  buildRelease,
  BUILDS_RELEASE,
  needsRuntimes,
  releaseFileNames,
} from "../helpers/release.ts";

const NEEDS = ["net", "env", "read", "write", "run", "sys", "signals"] as const;
const RUNTIMES = needsRuntimes();
const ROOT_FOLDER = RUNTIMES.missing ? RUNTIMES : needsRootFolder();

/** The variables that Docker sets. */
const PATH = "/usr/local/bin:/usr/bin:/bin";

testIf(
  ROOT_FOLDER,
  NEEDS,
  "the container collects, answers its health check, and runs the demo",
  async () => {
    const folder = await buildRelease();
    await withFolder(async (path) => {
      const container = await buildContainer(folder, `${path}/root`);
      const entry = container.words("ENTRYPOINT");
      const collector = container.launch([...entry, ...container.words("CMD")]);
      const user = { PATH, HOME: "/home/nonroot" };
      const env = { ...user, OTEL_KIT_TOKEN: "secret-of-16-or-more" };
      await withProgram(ANY_PORTS, { launch: collector, env }, async ({ stderr }) => {
        const port = /http:\/\/\S+:(\d+)\/\?token=\$OTEL_KIT_TOKEN/.exec(stderr)?.[1];
        assert(port, stderr);
        const check = container.launch([...container.words("HEALTHCHECK"), `--ui-port=${port}`]);
        const { code, stdout } = await runProgram([], { launch: check, env });
        assertEquals([code, stdout], [0, "otel-kit is healthy.\n"]);
      });
      const demo = container.launch([...entry, "demo", "--no-open", ...ANY_PORTS]);
      await withProgram([], { launch: demo, env: user }, async ({ url }) => {
        assertMatch(await (await fetch(url)).text(), /<script type="module" src="\/app\.js">/);
      });
    });
  },
  BUILDS_RELEASE,
);

testIf(
  RUNTIMES,
  NEEDS,
  "the container's image is pinned, has no root, and fits both processors",
  async () => {
    const folder = await buildRelease();
    const stages = readStages(await Deno.readTextFile(new URL("Dockerfile", folder)));
    const names = await releaseFileNames(folder);
    const bases = stages.map(([from]) => from?.text.split(" ")[0]);
    assertEquals(bases.slice(0, -1), ["scratch", "scratch", "program-${TARGETARCH}"]);
    assertMatch(bases.at(-1)!, /^gcr\.io\/distroless\/cc-debian12:nonroot@sha256:[\da-f]{64}$/);
    const added = stages.flat().filter(({ name }) => name === "ADD").map(({ text }) => text);
    assertEquals(added, ["x64", "arm64"].map((cpu) => `otel-kit-${VERSION}-linux-${cpu}.tar.gz /`));
    for (const line of added) assert(names.includes(line.split(" ")[0]!));
    const image = new Map(stages.at(-1)!.map(({ name, text }) => [name, text]));
    assertEquals(image.get("USER"), "65532:65532");
    assertMatch(
      image.get("HEALTHCHECK")!,
      /CMD \["\/opt\/otel-kit\/otel-kit", "collector", "--check"\]$/,
    );
  },
  BUILDS_RELEASE,
);

testIf(
  RUNTIMES,
  NEEDS,
  "the compose service listens for this machine only, and writes nothing",
  async () => {
    const folder = await buildRelease();
    const { services } = parse(await Deno.readTextFile(new URL("compose.yaml", folder)));
    const service = services["otel-kit"];
    assertEquals([service.read_only, service.cap_drop], [true, ["ALL"]]);
    for (const port of service.ports) assertMatch(port, /^127\.0\.0\.1:(\d+):\1$/);
    assert(service.image.endsWith(`:${VERSION}`));
  },
  BUILDS_RELEASE,
);
