import { type Manifest, selects, type Workload } from "./manifests.ts";

/** One side of a rule in a NetworkPolicy. */
interface Rule {
  from?: Peer[];
  to?: Peer[];
  ports?: { port: string | number; protocol?: string }[];
}

interface Peer {
  podSelector?: { matchLabels?: Record<string, string> };
  namespaceSelector?: unknown;
}

interface PolicySpec {
  podSelector: { matchLabels?: Record<string, string> };
  policyTypes: string[];
  ingress?: Rule[];
  egress?: Rule[];
}

/** The number of a port that a rule names. */
function portNumber(port: string | number, workload: Workload): number | undefined {
  const ports = workload.pod.containers.flatMap(({ ports = [] }) => ports);
  return ports.find(({ name, containerPort }) => name === port || containerPort === port)
    ?.containerPort;
}

/**
 * The connections within a namespace that its policies allow, as `SOURCE > TARGET:PORT`; those that only one of
 * the two sides allows are separate.
 */
export function allowedFlows(
  manifests: readonly Manifest[],
  workloads: readonly Workload[],
): { allowed: Set<string>; oneSided: string[] } {
  const outgoing = new Set<string>();
  const incoming = new Set<string>();
  for (const { kind, spec } of manifests) {
    if (kind !== "NetworkPolicy") continue;
    const { podSelector, ingress = [], egress = [] } = spec as PolicySpec;
    const own = workloads.filter((workload) => selects(podSelector.matchLabels ?? {}, workload));
    for (const rule of ingress) collect(own, peersOf(rule.from, workloads), rule, incoming, false);
    for (const rule of egress) collect(own, peersOf(rule.to, workloads), rule, outgoing, true);
  }
  return {
    allowed: outgoing.intersection(incoming),
    oneSided: [...outgoing.symmetricDifference(incoming)].sort(),
  };
}

/** The pods of this namespace among a rule's peers. */
function peersOf(peers: readonly Peer[] | undefined, workloads: readonly Workload[]): Workload[] {
  return (peers ?? [])
    .filter(({ namespaceSelector, podSelector }) => !namespaceSelector && podSelector)
    .flatMap(({ podSelector }) =>
      workloads.filter((workload) => selects(podSelector!.matchLabels ?? {}, workload))
    );
}

function collect(
  own: readonly Workload[],
  peers: readonly Workload[],
  { ports = [] }: Rule,
  flows: Set<string>,
  isOutgoing: boolean,
): void {
  for (const workload of own) {
    for (const peer of peers) {
      const [source, target] = isOutgoing ? [workload, peer] : [peer, workload];
      for (const { port } of ports) {
        flows.add(`${source.name} > ${target.name}:${portNumber(port, target) ?? `?${port}`}`);
      }
    }
  }
}

/** The policies that forbid everything else: those for all pods and both directions, without rules. */
export function isClosedByDefault(manifests: readonly Manifest[]): boolean {
  return manifests.some(({ kind, spec }) => {
    if (kind !== "NetworkPolicy") return false;
    const { podSelector, policyTypes, ingress, egress } = spec as PolicySpec;
    return Object.keys(podSelector).length === 0 && policyTypes.length === 2 && !ingress && !egress;
  });
}
