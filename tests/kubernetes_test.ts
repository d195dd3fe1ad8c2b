import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { fileURLToPath } from "node:url";
import { withFolder } from "./helpers/folder.ts";
import {
  type Container,
  type Manifest,
  needsKustomize,
  readManifests,
  render,
  selects,
  type Workload,
  workloadsOf,
} from "./helpers/kubernetes/manifests.ts";
import { allowedFlows, isClosedByDefault } from "./helpers/kubernetes/network.ts";
import { type Condition, testIf } from "./helpers/needs.ts";
import { needsProgram, onPath } from "./helpers/on_path.ts";
import { demoFile } from "./helpers/servers.ts";

const OVERLAYS = ["overlays/small", "overlays/cluster"];
const FOLDERS = [...OVERLAYS, "apps"];
/** What a reader makes by a command of the page before applying. */
const MADE_SECRETS = /^viewer$|-certificate$/;
const SCHEMAS = fileURLToPath(new URL("testdata/kubernetes/schemas/", import.meta.url));

for (const folder of FOLDERS) {
  testIf(
    needs("kubeconform"),
    ["read", "write", "run"],
    `${folder} matches Kubernetes's schemas`,
    async () => {
      await withFolder(async (made) => {
        await Deno.writeTextFile(`${made}/all.yaml`, await render(folder));
        assertEquals(await conform(`${made}/all.yaml`), "");
      });
    },
  );

  testKustomize(
    `${folder} runs with the rights of "restricted", and within limits`,
    (manifests) => {
      for (const { name, pod } of workloadsOf(manifests)) {
        const { securityContext, hostNetwork, initContainers, volumes = [] } = pod;
        assert(securityContext?.runAsNonRoot, `${name} may run as root`);
        assertEquals(securityContext.seccompProfile?.type, "RuntimeDefault", name);
        assertEquals([hostNetwork, initContainers], [undefined, undefined], name);
        assert(volumes.every(({ hostPath }) => !hostPath), `${name} uses a folder of the node`);
        assertEquals(pod.automountServiceAccountToken, false, name);
        for (const container of pod.containers) {
          checkContainer(`${name}/${container.name}`, container);
        }
      }
    },
    folder,
  );
}

for (const folder of OVERLAYS) {
  testKustomize(`${folder}: what pods mount, run and ask for is there`, (manifests) => {
    for (const workload of workloadsOf(manifests)) checkReferences(workload, manifests);
    for (const { kind, metadata, spec } of manifests) {
      if (kind !== "Service") continue;
      const { selector, ports } = spec as {
        selector: Record<string, string>;
        ports: { targetPort: string }[];
      };
      const chosen = workloadsOf(manifests).filter((workload) => selects(selector, workload));
      assertEquals(chosen.length, 1, `service ${metadata.name}`);
      const names = chosen[0]!.pod.containers.flatMap(({ ports }) =>
        ports?.map(({ name }) => name)
      );
      for (const { targetPort } of ports) {
        assert(names.includes(targetPort), `${metadata.name} ${targetPort}`);
      }
    }
  }, folder);

  testKustomize(
    `${folder}: every server is probed, and only one of a kind is removed at a time`,
    (manifests) => {
      for (const workload of workloadsOf(manifests)) {
        const { name, replicas, pod, kind } = workload;
        for (const { startupProbe, readinessProbe, livenessProbe } of pod.containers) {
          assert(startupProbe && readinessProbe && livenessProbe, `${name} has no probe`);
        }
        if (kind === "DaemonSet" || replicas === 1) continue;
        const budgets = manifests.filter(({ kind, spec }) =>
          kind === "PodDisruptionBudget" &&
          selects(
            (spec as { selector: { matchLabels: Record<string, string> } }).selector.matchLabels,
            workload,
          )
        );
        assertEquals(
          budgets.map(({ spec }) => (spec as { maxUnavailable: number }).maxUnavailable),
          [1],
          name,
        );
      }
    },
    folder,
  );

  testKustomize(
    `${folder}: policies allow what the configurations name, and nothing one-sided`,
    (manifests) => {
      assert(isClosedByDefault(manifests));
      const workloads = workloadsOf(manifests);
      const { allowed, oneSided } = allowedFlows(manifests, workloads);
      assertEquals(oneSided, []);
      for (const flow of flowsOf(manifests, workloads)) {
        assert(allowed.has(flow), `no policy for ${flow}`);
      }
    },
    folder,
  );
}

testKustomize(
  "the pipeline of cluster/ has three copies of Kafka and Cassandra, two of the rest",
  (manifests) => {
    const replicas = Object.fromEntries(
      workloadsOf(manifests).map(({ name, replicas }) => [name, replicas]),
    );
    assertEquals(replicas, {
      "agent": Infinity,
      "cassandra": 3,
      "gateway": 2,
      "jaeger-collector": 2,
      "jaeger-query": 1,
      "kafka": 3,
      "prometheus": 2,
      "viewer": 1,
    });
  },
  "overlays/cluster",
);

testKustomize(
  "the page's table has the requests and limits of all servers of cluster/",
  (manifests) => {
    const page = Deno.readTextFileSync(demoFile("kubernetes/README.md"));
    const rows = page.split("\n").filter((line) => /^\| \S+ +\| +\d\.\d+ +\|/.test(line));
    const documented = rows.map((row) => row.split("|").map((cell) => cell.trim()))
      .map(([, name, , , cpu, , memory, limit]) => [name!, { cpu, memory, limit }]);
    const actual = workloadsOf(manifests).filter(({ name }) => name !== "viewer")
      .map(({ name, pod }) => {
        const { requests, limits } = pod.containers[0]!.resources!;
        return [name, { cpu: requests?.cpu, memory: requests?.memory, limit: limits?.memory }];
      });
    assertEquals(Object.fromEntries(documented), Object.fromEntries(actual));
  },
  "overlays/cluster",
);

testIf(
  needs("kubeconform"),
  ["read", "write", "run"],
  "a field that Kubernetes doesn't know is found",
  async () => {
    await withFolder(async (made) => {
      const text = await render("overlays/small");
      await Deno.writeTextFile(
        `${made}/all.yaml`,
        text.replace("serviceName: gateway", "serviceNames: gateway"),
      );
      assertStringIncludes(await conform(`${made}/all.yaml`), "serviceNames");
    });
  },
);

testIf(
  needsProgram("otelcol"),
  ["read", "run"],
  "the Collector accepts the agent that chooses a gateway by trace ID",
  async () => {
    const { success, stderr } = await new Deno.Command(onPath("otelcol"), {
      args: [
        "validate",
        `--config=${demoFile("scale/agent.yaml")}`,
        `--config=${demoFile("kubernetes/overlays/small/load-balancing.yaml")}`,
      ],
    }).output();
    assert(success, new TextDecoder().decode(stderr));
  },
);

function needs(program: string): Condition {
  return needsKustomize().missing === undefined ? needsProgram(program) : needsKustomize();
}

function testKustomize(name: string, fn: (manifests: Manifest[]) => void, folder: string): void {
  testIf(
    needsKustomize(),
    ["read", "run"],
    name,
    async () => fn(readManifests(await render(folder))),
  );
}

/** The complaints about a file; empty if there are none. */
async function conform(file: string): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(onPath("kubeconform"), {
    args: ["-strict", "-schema-location", `${SCHEMAS}{{ .ResourceKind }}.json`, file],
  }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assertEquals(success, said === "", said);
  return said;
}

function checkContainer(name: string, { image, resources, securityContext }: Container): void {
  assert(/:v?\d+\.\d+\.\d+(@sha256:[0-9a-f]{64})?$/.test(image), `${name}: ${image} is not pinned`);
  assert(resources?.requests?.cpu && resources.requests.memory, `${name} requests nothing`);
  assert(resources.limits?.memory, `${name} has no limit of memory`);
  assertEquals(securityContext?.allowPrivilegeEscalation, false, name);
  assertEquals(securityContext?.capabilities, { drop: ["ALL"] }, name);
}

function checkReferences({ name, pod, claims }: Workload, manifests: readonly Manifest[]): void {
  const named = (kind: string) =>
    new Map(
      manifests.filter((manifest) => manifest.kind === kind).map((
        manifest,
      ) => [manifest.metadata.name, manifest]),
    );
  assert(named("ServiceAccount").has(pod.serviceAccountName!), `${name} has no account`);
  const volumes = new Map((pod.volumes ?? []).map((volume) => [volume.name, volume]));
  for (const { args = [], volumeMounts = [], env = [] } of pod.containers) {
    for (const { name: volume } of volumeMounts) {
      assert(volumes.has(volume) || claims.includes(volume), `${name} has no volume ${volume}`);
    }
    for (const { valueFrom } of env) {
      if (valueFrom?.secretKeyRef) assert(MADE_SECRETS.test(valueFrom.secretKeyRef.name), name);
    }
    for (const file of args.flatMap((arg) => /config\S*=(\/etc\/\S+)/.exec(arg)?.[1] ?? [])) {
      const mount = volumeMounts.find(({ mountPath }) => file.startsWith(`${mountPath}/`));
      const map = named("ConfigMap").get(volumes.get(mount!.name)!.configMap!.name);
      assert(map?.data?.[file.slice(mount!.mountPath.length + 1)], `${name} has no ${file}`);
    }
  }
  for (const { configMap, secret } of volumes.values()) {
    if (configMap) assert(named("ConfigMap").has(configMap.name), `${name}: ${configMap.name}`);
    if (secret) assert(MADE_SECRETS.test(secret.secretName), `${name}: ${secret.secretName}`);
  }
}

/** The connections to Services that the mounted files name as `SERVICE:PORT`. */
function flowsOf(manifests: readonly Manifest[], workloads: readonly Workload[]): string[] {
  const targets = new Map(
    manifests.filter(({ kind }) => kind === "Service").map(({ metadata, spec }) => [
      metadata.name,
      workloads.find((workload) =>
        selects((spec as { selector: Record<string, string> }).selector, workload)
      )!.name,
    ]),
  );
  return workloads.flatMap(({ name, pod }) => {
    const maps = (pod.volumes ?? []).flatMap(({ configMap }) => configMap?.name ?? []);
    const text = [
      ...manifests.filter(({ kind, metadata }) =>
        kind === "ConfigMap" && maps.includes(metadata.name)
      )
        .flatMap(({ data }) => Object.values(data!)),
      ...pod.containers.flatMap((
        { args = [], env = [] },
      ) => [...args, ...env.map(({ value }) => value ?? "")]),
    ].join("\n").replaceAll(/^\s*#.*$/gm, "");
    return [...text.matchAll(/\b([a-z][a-z0-9-]*):(\d{4,5})\b/g)].flatMap(([, service, port]) => {
      const target = targets.get(service!);
      return target === undefined ? [] : `${name} > ${target}:${port}`;
    });
  });
}
