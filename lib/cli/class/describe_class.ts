import type { ClassServer } from "../../class/class_server.ts";
import { isLoopback } from "../../collector/guard.ts";
import { isWildcard } from "../../host.ts";
import { shellPath } from "../../shell_words.ts";
import { reachable } from "../collector/describe_collector.ts";
import { shownToken } from "../collector/token.ts";

type Addressed = Pick<ClassServer, "url" | "token" | "joinToken">;

/** Where the teacher and the learners go, and who else can read what is sent. */
export function describeClass(running: Addressed, addresses = ownAddresses()): string[] {
  const { url, token } = running;
  const { hostname, port } = new URL(url);
  // The teacher's token needn't cross the network.
  const page = isWildcard(hostname) ? `http://localhost:${port}` : url;
  const [join, otherwise] = joinLines(running, addresses);
  return [
    `The class listens on ${reachable(url)}/`,
    `  your page   ${page}/?token=${shownToken(token)}`,
    `  learners    ${join}`,
    ...otherwise === undefined ? [] : [`              ${otherwise}`],
    ...isLoopback(hostname) ? [] : [
      "  encryption  none: anyone who can read this network's traffic sees names, steps, and the",
      "              tokens that cross it. In a network that you don't trust, leave out --host, and",
      "              let SSH forward the port",
    ],
    "  stop        Ctrl-C",
  ];
}

/**
 * The command for learners, whose token can only report, and a second line with the addresses of this machine if
 * its name might not lead to it.
 */
export function joinLines(
  { url, joinToken }: Pick<Addressed, "url" | "joinToken">,
  addresses = ownAddresses(),
): string[] {
  const address = reachable(url);
  const command = `otel-kit guide --class ${
    shellPath(`${address}/?token=${joinToken}`)
  } --name NAME`;
  if (!isWildcard(new URL(url).hostname) || addresses.length === 0) return [command];
  const { hostname } = new URL(address);
  return [command, `or with ${addresses.join(" or ")} instead of ${hostname}`];
}

/** The IPv4 addresses of this machine in its networks. */
function ownAddresses(): string[] {
  return Deno.networkInterfaces()
    .filter(({ family, address }) => family === "IPv4" && !isLoopback(address))
    .map(({ address }) => address);
}
