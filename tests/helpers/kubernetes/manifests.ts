import { parseAllDocuments } from "yaml";
import { demoFile } from "../servers.ts";
import type { Condition } from "../needs.ts";
import { needsProgram, onPath } from "../on_path.ts";

/** A container's port. */
export interface ContainerPort {
  name?: string;
  containerPort: number;
}

/** The parts of a container that the tests read. */
export interface Container {
  name: string;
  image: string;
  command?: string[];
  args?: string[];
  env?: { name: string; value?: string; valueFrom?: { secretKeyRef?: { name: string } } }[];
  ports?: ContainerPort[];
  resources?: { requests?: Record<string, string>; limits?: Record<string, string> };
  securityContext?: {
    allowPrivilegeEscalation?: boolean;
    readOnlyRootFilesystem?: boolean;
    capabilities?: { drop?: string[]; add?: string[] };
  };
  volumeMounts?: { name: string; mountPath: string }[];
  startupProbe?: unknown;
  readinessProbe?: unknown;
  livenessProbe?: unknown;
}

/** The parts of a pod that the tests read. */
export interface PodSpec {
  serviceAccountName?: string;
  automountServiceAccountToken?: boolean;
  hostNetwork?: boolean;
  securityContext?: { runAsNonRoot?: boolean; seccompProfile?: { type: string } };
  containers: Container[];
  initContainers?: Container[];
  volumes?: {
    name: string;
    configMap?: { name: string };
    secret?: { secretName: string };
    emptyDir?: Record<string, unknown>;
    hostPath?: unknown;
  }[];
}

/** Any object of Kubernetes. */
export interface Manifest {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  spec?: unknown;
  data?: Record<string, string>;
}

/** A DaemonSet, StatefulSet or Deployment. */
export interface Workload {
  kind: string;
  name: string;
  replicas: number;
  labels: Record<string, string>;
  pod: PodSpec;
  /** The names of its volume claims. */
  claims: string[];
}

const WORKLOADS = ["DaemonSet", "StatefulSet", "Deployment"];

/** The command that renders a folder: Kustomize by itself, or the one in kubectl. */
const RENDER = onPath("kustomize") === "kustomize"
  ? [onPath("kubectl"), "kustomize"]
  : [onPath("kustomize"), "build"];

/** Requires a program that renders kustomizations. */
export function needsKustomize(): Condition {
  return needsProgram("kustomize").missing === undefined
    ? needsProgram("kustomize")
    : needsProgram("kubectl");
}

/** What `kubectl apply -k` would send, as text. */
export async function render(folder: string): Promise<string> {
  const [command, verb] = RENDER as [string, string];
  const { success, stdout, stderr } = await new Deno.Command(command, {
    args: [verb, demoFile(`kubernetes/${folder}`)],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

/** The objects in a text. */
export function readManifests(text: string): Manifest[] {
  return parseAllDocuments(text).map((document) => document.toJS());
}

/** The objects that run pods. */
export function workloadsOf(manifests: readonly Manifest[]): Workload[] {
  return manifests.filter(({ kind }) => WORKLOADS.includes(kind)).map(
    ({ kind, metadata, spec }) => {
      const { replicas = 1, template, volumeClaimTemplates = [] } = spec as {
        replicas?: number;
        template: { metadata: { labels: Record<string, string> }; spec: PodSpec };
        volumeClaimTemplates?: { metadata: { name: string } }[];
      };
      return {
        kind,
        name: metadata.name,
        replicas: kind === "DaemonSet" ? Infinity : replicas,
        labels: template.metadata.labels,
        pod: template.spec,
        claims: volumeClaimTemplates.map(({ metadata }) => metadata.name),
      };
    },
  );
}

/** Whether a selector of labels chooses the workload's pods. */
export function selects(selector: Record<string, string>, workload: Workload): boolean {
  return Object.entries(selector).every(([label, value]) =>
    label === "statefulset.kubernetes.io/pod-name"
      ? value.replace(/-\d+$/, "") === workload.name
      : workload.labels[label] === value
  );
}
