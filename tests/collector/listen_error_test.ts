import { assertEquals, assertStringIncludes } from "@std/assert";
import { listenOn } from "../../lib/collector/listen_error.ts";
import { testIf } from "../helpers/needs.ts";

/** Whether this machine has the IPv6 address of localhost. */
function hasIpv6(): boolean {
  try {
    Deno.listen({ hostname: "::1", port: 0 }).close();
    return true;
  } catch {
    return false;
  }
}

testIf(
  { missing: hasIpv6() ? undefined : "no IPv6" },
  ["net"],
  "listenOn() names the program's other address if it is taken",
  () => {
    using taken = Deno.listen({ hostname: "::1", port: 0 });
    const { port } = taken.addr;
    const lines: string[] = [];
    const report = (line: string) => void lines.push(line);
    const listeners = listenOn({ hostname: "127.0.0.1", port, portFlag: "--http-port", report });
    for (const listener of listeners) listener.close();
    assertEquals([listeners.length, lines.length], [1, 1]);
    assertStringIncludes(lines[0]!, `[::1]:${port} belongs to another program`);
    assertStringIncludes(lines[0]!, "--http-port");

    const both = listenOn({ hostname: "127.0.0.1", port: 0, portFlag: "--http-port", report });
    for (const listener of both) listener.close();
    assertEquals([both.length, lines.length], [2, 1]);
  },
);
