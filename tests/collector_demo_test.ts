import { assert, assertEquals, assertMatch } from "@std/assert";
import { Ajv } from "ajv";
import { parse } from "yaml";
import { readDemoFiles } from "../lib/cli/files/demo_files.ts";
import { areGranted, type Condition, testIf, testWith } from "./helpers/needs.ts";
import type { Json } from "./helpers/poll.ts";
import { demoFile, needsServers, SERVERS } from "./helpers/servers.ts";

const SCHEMA = new URL("testdata/compose-spec/compose-spec.json", import.meta.url);
const FOLDERS = ["", "scale/", "cluster/"];
const COLLECTOR_CONFIGURATIONS = [
  "otel-collector-config.yaml",
  "otel-collector-config.red.yaml",
  "scale/agent.yaml",
  "scale/gateway.yaml",
  "cluster/agent.yaml",
  "cluster/gateway.yaml",
];
const JAEGER_CONFIGURATIONS = [
  "scale/jaeger.yaml",
  "cluster/jaeger-collector.yaml",
  "cluster/jaeger-query.yaml",
];
/** What the reader makes with a command of the page, before the servers start. */
const MADE = ["./certificates"];
/** A trace of three small spans takes twice as much in the Collector's memory. */
const LEAST_TRACE_BYTES = 1024;

for (const name of COLLECTOR_CONFIGURATIONS) {
  testIf(needsServers("collector"), ["read", "run"], `the Collector accepts ${name}`, async () => {
    await check(SERVERS.collector, "validate", "--config", demoFile(name));
  });
}

testIf(
  needsServers("collector"),
  ["read", "run"],
  "the Collector accepts cluster/load-balancing.yaml on top of the gateway",
  async () => {
    const files = ["gateway.yaml", "load-balancing.yaml"].map((name) =>
      demoFile(`cluster/${name}`)
    );
    await check(SERVERS.collector, "validate", ...files.map((file) => `--config=${file}`));
  },
);

for (const name of JAEGER_CONFIGURATIONS) {
  testIf(needsServers("jaeger"), ["read", "run"], `Jaeger accepts ${name}`, async () => {
    await check(SERVERS.jaeger, "validate", "--config", demoFile(name));
  });
}

for (const folder of FOLDERS) {
  const name = `${folder}prometheus.yaml`;
  testIf(needsServers("promtool"), ["read", "run"], `Prometheus accepts ${name}`, async () => {
    await check(SERVERS.promtool, "check", "config", demoFile(name));
  });

  const compose = `${folder}docker-compose.yaml`;
  testIf(needsCompose(), ["read", "run"], `docker compose accepts ${compose}`, async () => {
    await check("docker", "compose", "--file", demoFile(compose), "config", "--quiet");
  });

  testWith(["read"], `${compose} follows the Compose Specification`, () => {
    const { $schema: _, ...schema } = JSON.parse(Deno.readTextFileSync(SCHEMA));
    const validate = new Ajv({ strict: false, allErrors: true }).compile(schema);
    assert(validate(readCompose(folder)), JSON.stringify(validate.errors, null, 2));
    assert(!validate({ ...readCompose(folder), services: { x: { imagee: "y" } } }));
  });

  testWith(["read"], `${compose} pins each image to a version`, () => {
    for (const [service, { image }] of services(folder)) {
      assertMatch(image, /^[a-z/-]+:v?\d+\.\d+\.\d+(-busybox)?(@sha256:[0-9a-f]{64})?$/, service);
    }
  });

  testWith(["read"], `${compose} publishes ports only on 127.0.0.1`, () => {
    const published = services(folder).flatMap(([, { ports = [] }]) => ports as string[]);
    assert(published.length >= 4);
    for (const port of published) assertMatch(port, /^127\.0\.0\.1:\d+:\d+$/);
    const hosts = published.map((port) => port.split(":")[1]);
    assertEquals(hosts.length, new Set(hosts).size);
  });

  testWith(
    ["read"],
    `${compose} has no version key, and waits for services with health checks`,
    () => {
      const compose = readCompose(folder);
      assertEquals(compose.version, undefined);
      for (const [service, { depends_on = {} }] of services(folder)) {
        for (const [name, { condition }] of Object.entries<Json>(depends_on)) {
          const expected = compose.services[name].healthcheck
            ? "service_healthy"
            : "service_started";
          assertEquals(condition, expected, `${service} on ${name}`);
        }
      }
    },
  );

  testWith(["read"], `${compose} mounts existing files, and uses each line of .env`, () => {
    const text = Deno.readTextFileSync(demoFile(`${folder}docker-compose.yaml`));
    for (const name of Object.keys(readEnvironment(folder))) {
      assert(text.includes(`\${${name}}`), `${name} is not used`);
    }
    const mounts = services(folder).flatMap(([, { volumes = [] }]) => volumes as string[]);
    for (const [source = ""] of mounts.map((mount) => mount.split(":"))) {
      if (!source.startsWith("./") || MADE.includes(source)) continue;
      assert(Deno.statSync(demoFile(folder + source.slice(2))).isFile);
    }
  });
}

testWith(["read"], "all folders of collector-demo have the same versions and ports", () => {
  const shared: Record<string, string> = {};
  for (const folder of FOLDERS) {
    for (const [name, value] of Object.entries(readEnvironment(folder))) {
      assertEquals(value, shared[name] ??= value, `${folder}.env: ${name}`);
    }
  }
});

testWith(["read"], "Kubernetes runs the images of Compose, by the same digest", () => {
  const ofCompose = services("cluster/").map(([, { image }]) => image as string);
  for (const folder of ["base", "overlays/small", "overlays/cluster"]) {
    const file = demoFile(`kubernetes/${folder}/kustomization.yaml`);
    const { images }: Json = parse(Deno.readTextFileSync(file));
    for (const { name, newTag, digest } of images) {
      if (name.endsWith("/otel-kit")) continue; // isn't in Compose
      const image = `${name}:${newTag}${digest ? `@${digest}` : ""}`;
      const same = ofCompose.find((other) => other.startsWith(`${name}:`));
      assertEquals(image, same?.replace("-busybox", ""), folder);
    }
  }
});

testWith(["read"], "every service of the cluster has a limit, and may gain no privileges", () => {
  for (const [service, { mem_limit, security_opt }] of services("cluster/")) {
    assertMatch(String(mem_limit), /^\d+[mg]$/, service);
    assertEquals(security_opt, ["no-new-privileges:true"], service);
  }
});

testWith(["read"], "gateways refuse spans before tail sampling drops undecided traces", () => {
  for (const folder of ["scale/", "cluster/"]) {
    const { processors }: Json = parse(Deno.readTextFileSync(demoFile(`${folder}gateway.yaml`)));
    const traces = Number(String(processors.tail_sampling.num_traces).replaceAll("_", ""));
    const most = traces * LEAST_TRACE_BYTES;
    assert(most > processors.memory_limiter.limit_mib * 2 ** 20, folder);
  }
});

testWith(["read"], "the configuration with span metrics is the other one, and a connector", () => {
  const [base, red] = COLLECTOR_CONFIGURATIONS.slice(0, 2).map((name): Json =>
    parse(Deno.readTextFileSync(demoFile(name)))
  );
  const { connectors, ...rest } = red;
  assertEquals(Object.keys(connectors), ["span_metrics"]);
  base.service.pipelines.traces.exporters.push("span_metrics");
  base.service.pipelines.metrics.receivers.push("span_metrics");
  assertEquals(rest, base);
});

testWith(
  ["read"],
  "the pages of collector-demo link to existing files, and to this machine",
  async () => {
    const files = await readDemoFiles();
    for (const { path, text } of files) assert(!/:\/\/0\.0\.0\.0/.test(text), path);
    for (const { path, text } of files.filter(({ path }) => path.endsWith(".md"))) {
      for (const [, target = ""] of text.matchAll(/\]\((?!https?:)([^)#]+)/g)) {
        const linked = new URL(target, `file:///${path}`).pathname.slice(1);
        assert(
          files.some((file) => file.path === linked || file.path.startsWith(linked)),
          `${path} links to ${target}`,
        );
      }
    }
  },
);

testWith(["read"], "the page of collector-demo names every port that is published", () => {
  const page = Deno.readTextFileSync(demoFile("README.md"));
  for (const [, { ports }] of services("")) {
    for (const port of ports as string[]) {
      assert(page.includes(`localhost:${port.split(":")[1]}`), port);
    }
  }
});

/** A compose file with the variables of its .env substituted. */
function readCompose(folder: string): Json {
  const environment = readEnvironment(folder);
  const text = Deno.readTextFileSync(demoFile(`${folder}docker-compose.yaml`));
  return parse(
    text.replaceAll(/\$\{(\w+)\}/g, (_, name: string) => {
      assert(environment[name] !== undefined, `${name} is not in ${folder}.env`);
      return environment[name];
    }),
    { merge: true },
  );
}

function services(folder: string): [string, Json][] {
  return Object.entries<Json>(readCompose(folder).services);
}

function readEnvironment(folder: string): Record<string, string> {
  const lines = Deno.readTextFileSync(demoFile(`${folder}.env`)).matchAll(/^(\w+)=(.*)$/gm);
  return Object.fromEntries(Array.from(lines, ([, name, value]) => [name, value]));
}

async function check(command: string, ...args: string[]): Promise<void> {
  const { success, stdout, stderr } = await new Deno.Command(command, { args }).output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  assert(success, decode(stdout) + decode(stderr));
}

/** Requires Docker with its compose command. */
function needsCompose(): Condition {
  if (!areGranted(["run"])) return { missing: undefined };
  try {
    const { success } = new Deno.Command("docker", { args: ["compose", "version"] }).outputSync();
    return { missing: success ? undefined : "docker has no compose command" };
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return { missing: "no docker on PATH" };
    throw error;
  }
}
