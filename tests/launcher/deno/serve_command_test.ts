import { assertEquals } from "@std/assert";
import { serveAsRun } from "../../../lib/launcher/deno/serve_command.ts";

/** The arguments for `deno run`. */
function argsFor(command: string): string | undefined {
  const served = serveAsRun(command.split(" "));
  return served.listen && served.args.join(" ");
}

Deno.test("serveAsRun() adds the permission to listen", () => {
  assertEquals(argsFor("serve main.ts"), "--allow-net=0.0.0.0:8000 main.ts");
  assertEquals(
    argsFor("serve --port 80 --host=::1 -R main.ts a"),
    "--allow-net=::1:80 -R main.ts a",
  );
});

Deno.test("serveAsRun() adds the permission to a list of addresses, of which there can be only one", () => {
  assertEquals(
    argsFor("serve --allow-net=example.com main.ts"),
    "--allow-net=example.com,0.0.0.0:8000 main.ts",
  );
  assertEquals(argsFor("serve -N=a,b main.ts"), "-N=a,b,0.0.0.0:8000 main.ts");
});

Deno.test("serveAsRun() keeps a permission for all addresses", () => {
  for (const flag of ["-A", "--allow-all", "-N", "--allow-net"]) {
    assertEquals(argsFor(`serve ${flag} main.ts`), `${flag} main.ts`);
  }
});
