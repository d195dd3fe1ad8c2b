/** Every copy of Hono in a program is enriched. */
import { assertEquals } from "@std/assert";
import { cp } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { isAtLeast } from "../../../lib/launcher/deno/version.ts";
import { withFolder } from "../../helpers/folder.ts";
import { fromSources, withProgram } from "../../helpers/program.ts";
import { startHttpReceiver } from "../../helpers/receiver.ts";
import { testOnEach } from "./launching.ts";

/** The folder of the Hono under test. */
const HONO = new URL("../", import.meta.resolve("hono"));

const HONO_VERSION = "npm:hono@4.13.19";

/**
 * A program with one app per copy. Each app answers below its copy's name, and the program prints its
 * address.
 */
function programWith(copies: Record<string, string>, says = "Listening"): string {
  const names = Object.keys(copies);
  return [
    ...names.map((name) => `import { Hono as ${name} } from ${JSON.stringify(copies[name])};`),
    `const apps = { ${names.join(", ")} };`,
    "for (const [name, Hono] of Object.entries(apps)) {",
    "  apps[name] = new Hono().get(`/${name}/:id`, (c) => c.text(name));",
    "}",
    "Deno.serve({",
    '  hostname: "127.0.0.1",',
    "  port: 0,",
    `  onListen: ({ port }) => console.error(\`${says} on http://127.0.0.1:\${port}/\`),`,
    "}, (request) => apps[new URL(request.url).pathname.split('/')[1]].fetch(request));",
  ].join("\n");
}

/** Serves Hono's files as a CDN does, below a path with the version. */
function serveHono(): Deno.HttpServer<Deno.NetAddr> {
  return Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async ({ url }) => {
    const path = new URL(url).pathname.replace("/hono@4.13.19/", "");
    return new Response(await Deno.readTextFile(new URL(path, HONO)), {
      headers: { "content-type": "text/javascript" },
    });
  });
}

testOnEach("every copy of Hono is enriched", async (deno) => {
  await using receiver = startHttpReceiver();
  await using cdn = serveHono();
  const address = `127.0.0.1:${cdn.addr.port}`;
  const seesAll = isAtLeast(deno.version, "2.9.0");
  const copies = {
    Mapped: "hono",
    Tiny: "hono/tiny",
    Quick: "hono/quick",
    Alias: "web",
    Inline: HONO_VERSION,
    Remote: `http://${address}/hono@4.13.19/dist/index.js`,
    // Before 2.9 nothing identifies this as Hono.
    ...seesAll && { Copied: "./vendor/hono/dist/index.js" },
  };
  await withFolder(async (folder) => {
    await cp(fileURLToPath(new URL("dist", HONO)), `${folder}/vendor/hono/dist`, {
      recursive: true,
    });
    const imports = { hono: HONO_VERSION, "hono/": "npm:/hono@4.13.19/", web: HONO_VERSION };
    await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ imports }));
    await Deno.writeTextFile(`${folder}/apps.ts`, programWith(copies));
    await Deno.writeTextFile(`${folder}/main.ts`, 'import "./apps.ts";\n');
    const args = ["run", "--allow-net", `--allow-import=${address}`, "--no-check", "main.ts"];
    const options = {
      launch: fromSources("main.ts", ["run", "write"]),
      cwd: folder,
      env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: "50" },
      ready: "/\n",
    };
    await withProgram(["auto", "--", deno.path, ...args], options, async ({ url }) => {
      const names = Object.keys(copies);
      for (const name of names) assertEquals(await (await fetch(`${url}/${name}/1`)).text(), name);
      const spans = await receiver.waitForSpans(names.length);
      assertEquals(spans.map(({ name }) => name), names.map((name) => `GET /${name}/:id`));
    });
  });
});

testOnEach(
  "a watched program is enriched each time it starts, or a message says that it is not",
  async (deno) => {
    await using receiver = startHttpReceiver();
    await withFolder(async (folder) => {
      const imports = { hono: HONO_VERSION };
      await Deno.writeTextFile(`${folder}/deno.json`, JSON.stringify({ imports }));
      const file = `${folder}/main.ts`;
      await Deno.writeTextFile(file, programWith({ First: "hono" }));
      const options = {
        launch: fromSources("main.ts", ["run", "write"]),
        cwd: folder,
        env: { OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url, OTEL_BSP_SCHEDULE_DELAY: "50" },
        ready: "/\n",
      };
      const words = [
        "auto",
        "--",
        deno.path,
        "run",
        "--allow-net",
        "--no-check",
        "--watch",
        "main.ts",
      ];
      await withProgram(words, options, async (program) => {
        await (await fetch(`${program.url}/First/1`)).text();
        await receiver.waitForSpans(1);
        await Deno.writeTextFile(file, programWith({ Second: "hono" }, "Again"));
        await program.waitFor("stderr", "Again on http");
        const [, url] = /Again on (http:\S+)\//.exec(program.stderr)!;
        await (await fetch(`${url}/Second/1`)).text();
        const spans = await receiver.waitForSpans(2);
        const isAble = isAtLeast(deno.version, "2.9.2");
        const names = isAble ? ["GET /First/:id", "GET /Second/:id"] : ["GET", "GET"];
        assertEquals(spans.map(({ name }) => name), names);
        assertEquals(program.stderr.includes("Deno before 2.9.2 cannot with --watch"), !isAble);
      });
    });
  },
);
