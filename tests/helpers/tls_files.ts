import { fileURLToPath } from "node:url";

/** The paths of the test certificates. */
export const TLS_FILES = {
  ca: testFile("ca.pem"),
  cert: testFile("server.pem"),
  key: testFile("server.key"),
  clientCert: testFile("client.pem"),
  clientKey: testFile("client.key"),
};

/** Files that Deno can't use, by file name in their folder; see `generate` there. */
export function oddTlsFile(name: string): string {
  return testFile(`odd/${name}`);
}

function testFile(name: string): string {
  return fileURLToPath(new URL(`../testdata/tls/${name}`, import.meta.url));
}
