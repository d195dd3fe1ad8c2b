/** A machine of the cluster: a network namespace with an address of its own. */
export interface Host {
  name: string;
  address: string;
  /** The command that runs another one on this host, with the names of the network. */
  readonly prefix: readonly string[];
}

/** Hosts that reach each other and this process over a bridge. */
export interface Network extends AsyncDisposable {
  hosts: Record<string, Host>;
  /** Drops everything between the two hosts, or lets it through again. */
  setPartition(from: Host, to: Host, isCut: boolean): Promise<void>;
}

/** Options of {@linkcode createNetwork}. */
export interface NetworkOptions {
  /** Names of the hosts, up to three letters each. */
  hosts: readonly string[];
  /** Server names by host, which all hosts can resolve. A name may be on several hosts. */
  names: Record<string, readonly string[]>;
}

const MOST_NETWORKS = 256;
const FIRST_ADDRESS = 11;

/** Whether this process may create network namespaces: the reason if not. */
export function whyNoNetwork(): string | undefined {
  if (Deno.build.os !== "linux") return "network namespaces are Linux's";
  if (Deno.uid() !== 0) return "network namespaces need root";
  return undefined;
}

/**
 * Creates one network namespace per host, all connected by a bridge whose subnet no other network of this
 * kind uses.
 *
 * @throws {Error} If `ip` fails, for example for lack of permission.
 */
export async function createNetwork({ hosts, names }: NetworkOptions): Promise<Network> {
  const [bridge, subnet] = await claimBridge();
  const created: Host[] = [];
  const remove = async () => {
    for (const { prefix } of created) {
      const namespace = prefix.at(-1)!;
      await ip("netns", "del", namespace);
      await Deno.remove(`/etc/netns/${namespace}`, { recursive: true });
    }
    await ip("link", "del", bridge);
  };
  let removing: Promise<void> | undefined;
  // On a signal, the end of the process and that of its caller both ask for it.
  const dispose = () => removing ??= remove();
  try {
    await ip("addr", "add", `${subnet}.1/24`, "dev", bridge);
    await ip("link", "set", bridge, "up");
    const addresses = new Map(hosts.map((host, i) => [host, `${subnet}.${FIRST_ADDRESS + i}`]));
    const file = hostsFile(addresses, names);
    for (const [name, address] of addresses) {
      created.push(await createHost(bridge, name, address, file));
    }
  } catch (error) {
    await dispose();
    throw error;
  }
  return {
    hosts: Object.fromEntries(created.map((host) => [host.name, host])),
    async setPartition(from, to, isCut) {
      const verb = isCut ? "add" : "del";
      for (const [here, there] of [[from, to], [to, from]] as const) {
        await run(...here.prefix, "ip", "route", verb, "blackhole", `${there.address}/32`);
      }
    },
    [Symbol.asyncDispose]: dispose,
  };
}

/** Creates a bridge under a number that is still free; creating it is what claims the number. */
async function claimBridge(): Promise<[bridge: string, subnet: string]> {
  for (let n = 0; n < MOST_NETWORKS; n++) {
    try {
      await ip("link", "add", `otel${n}`, "type", "bridge");
      return [`otel${n}`, `10.213.${n}`];
    } catch (error) {
      if (!String(error).includes("File exists")) throw error;
    }
  }
  throw new Error(`All ${MOST_NETWORKS} networks are taken`);
}

async function createHost(
  bridge: string,
  name: string,
  address: string,
  hostsFile: string,
): Promise<Host> {
  const namespace = `${bridge}-${name}`;
  const outside = `${bridge}${name}`;
  await ip("netns", "add", namespace);
  await Deno.mkdir(`/etc/netns/${namespace}`, { recursive: true });
  await Deno.writeTextFile(`/etc/netns/${namespace}/hosts`, hostsFile);
  await ip("link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", namespace);
  await ip("link", "set", outside, "master", bridge, "up");
  await ip("-n", namespace, "addr", "add", `${address}/24`, "dev", "eth0");
  for (const device of ["lo", "eth0"]) await ip("-n", namespace, "link", "set", device, "up");
  return {
    name,
    address,
    prefix: ["ip", "netns", "exec", namespace],
  };
}

function hostsFile(
  addresses: ReadonlyMap<string, string>,
  names: Record<string, readonly string[]>,
): string {
  const lines = [...addresses].flatMap(([host, address]) =>
    (names[host] ?? []).map((name) => `${address} ${name}`)
  );
  // Java looks up the name of its own machine.
  return ["127.0.0.1 localhost", `127.0.0.1 ${Deno.hostname()}`, ...lines, ""].join("\n");
}

async function ip(...args: string[]): Promise<void> {
  await run("ip", ...args);
}

async function run(...[command, ...args]: string[]): Promise<void> {
  const { success, stderr } = await new Deno.Command(command!, { args }).output();
  if (success) return;
  throw new Error(`${command} ${args.join(" ")}: ${new TextDecoder().decode(stderr).trim()}`);
}
