import { createHash } from "node:crypto";
import { fileURLToPath } from "node:url";

interface PackedPackage {
  manifest: { name: string; version: string };
  file: URL;
  integrity: string;
}

/**
 * A registry that has only the packed packages of a folder. Others are not found, as in the real one.
 *
 * @see https://github.com/npm/registry/blob/main/docs/responses/package-metadata.md
 */
export async function startNpmRegistry(folder: URL): Promise<AsyncDisposable & { url: string }> {
  const packages = new Map<string, PackedPackage>();
  for await (const { name } of Deno.readDir(folder)) {
    const packed = await readPacked(new URL(name, folder));
    packages.set(packed.manifest.name, packed);
  }
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, async (request) => {
    const url = new URL(request.url);
    const [name = "", isArchive] = decodeURIComponent(url.pathname.slice(1)).split("/-/");
    const found = packages.get(name);
    if (!found) return new Response("{}", { status: 404 });
    if (isArchive) return new Response((await Deno.open(found.file)).readable);
    return Response.json(metadata(found, url.origin));
  });
  return {
    url: `http://127.0.0.1:${server.addr.port}`,
    [Symbol.asyncDispose]: () => server.shutdown(),
  };
}

async function readPacked(file: URL): Promise<PackedPackage> {
  const { stdout } = await new Deno.Command("tar", {
    args: ["-xzOf", fileURLToPath(file), "package/package.json"],
  }).output();
  const digest = createHash("sha512").update(await Deno.readFile(file)).digest("base64");
  return {
    manifest: JSON.parse(new TextDecoder().decode(stdout)),
    file,
    integrity: `sha512-${digest}`,
  };
}

function metadata({ manifest, integrity }: PackedPackage, origin: string) {
  const { name, version } = manifest;
  const dist = { integrity, tarball: `${origin}/${name}/-/${version}.tgz` };
  return {
    name,
    "dist-tags": { latest: version },
    // Package managers may refuse what was published just now.
    time: { [version]: "2026-01-01T00:00:00.000Z" },
    versions: { [version]: { ...manifest, dist } },
  };
}
