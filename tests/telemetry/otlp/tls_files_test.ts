import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import { fileURLToPath } from "node:url";
import { PemFileError } from "../../../lib/telemetry/otlp/pem_files.ts";
import type { OtlpTarget } from "../../../lib/telemetry/otlp/target.ts";
import { readTlsFiles } from "../../../lib/telemetry/otlp/tls_files.ts";
import { DENOS } from "../../helpers/denos.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { runProgram } from "../../helpers/program.ts";
import { startGrpcReceiver, startHttpReceiver } from "../../helpers/receiver.ts";
import { oddTlsFile, TLS_FILES } from "../../helpers/tls_files.ts";

const { ca, clientCert, clientKey } = TLS_FILES;

const PROGRAM = fileURLToPath(
  new URL("../../testdata/programs/send_with_certificates.ts", import.meta.url),
);

/** A certificate, a key, and why they can't be used; undefined if they can. */
type Row = [certificate: string, key: string, problem: RegExp | undefined];

/** Every kind of file that Deno could be given. Some of these crashed it. */
async function rowsIn(folder: string): Promise<Row[]> {
  const read = (path: string) => Deno.readTextFileSync(path);
  let count = 0;
  const write = async (content: string | Uint8Array<ArrayBuffer>) => {
    const path = `${folder}/${++count}`;
    await Deno.writeFile(
      path,
      typeof content === "string" ? new TextEncoder().encode(content) : content,
    );
    return path;
  };
  const odd = (name: string): [string, string] => [
    oddTlsFile(`${name}.pem`),
    oddTlsFile(`${name}.key`),
  ];
  const [cert, key, foreign] = [read(clientCert), read(clientKey), read(oddTlsFile("foreign.key"))];
  const der = Uint8Array.from(
    atob(cert.replaceAll(/-----[^-]+-----|\s/g, "")),
    (letter) => letter.charCodeAt(0),
  );
  const block = (content: string) =>
    `-----BEGIN CERTIFICATE-----\n${content}-----END CERTIFICATE-----\n`;
  const noCertificate = /holds no certificate in PEM/;
  return [
    [clientCert, clientKey, undefined],
    [await write(cert + key), await write(key + cert), undefined],
    [await write(cert.replaceAll("\n", "\r\n")), clientKey, undefined],
    [await write(`about it\n${cert}and more\n`), clientKey, undefined],
    [clientCert, await write(key + foreign), undefined],
    [
      clientCert,
      oddTlsFile("foreign.key"),
      /"[^"]*foreign.key" is not the key of "[^"]*client.pem"/,
    ],
    [clientCert, await write(foreign + key), /is not the key of/],
    [await write(read(TLS_FILES.cert) + cert), clientKey, /is not the key of/],
    [clientCert, oddTlsFile("short_rsa.key"), /a key that Deno cannot use/],
    [...odd("short_rsa"), /a key that Deno cannot use/],
    [...odd("rsa_pss"), /a key that Deno cannot use/],
    [...odd("secp256k1"), /a key that Deno cannot use/],
    [...odd("brainpool"), /a private key that cannot be read/],
    [oddTlsFile("version1.pem"), clientKey, /cannot use .*Version/],
    [oddTlsFile("critical_extension.pem"), clientKey, /cannot use .*CriticalExtension/],
    [clientCert, oddTlsFile("encrypted.key"), /is encrypted: expected a key without a password/],
    [await write(""), clientKey, /is empty/],
    [clientCert, await write("\n"), /is empty/],
    [await write("junk"), clientKey, noCertificate],
    [await write(block("")), clientKey, /a certificate that cannot be read/],
    [await write(block("AAAA\n")), clientKey, /a certificate that cannot be read/],
    [await write(der), clientKey, /PEM|cannot read/],
    [await write(cert.slice(0, 200)), clientKey, noCertificate],
    [await write(`\ufeff${cert}`), clientKey, noCertificate],
    [clientCert, await write(key.slice(0, 60)), /holds no private key in PEM/],
    [clientCert, clientCert, /holds no private key in PEM/],
    [clientKey, clientKey, noCertificate],
    [folder, clientKey, /it is a directory/],
    [clientCert, `${folder}/none`, /there is no such file/],
  ];
}

function targetOf(files: Partial<OtlpTarget>): OtlpTarget {
  return {
    signal: "traces",
    protocol: "http/protobuf",
    url: "https://localhost:4318/v1/traces",
    headers: {},
    timeoutMillis: 1000,
    compression: "none",
    certificate: undefined,
    clientCertificate: undefined,
    clientKey: undefined,
    ...files,
  };
}

testWith(
  ["net", "read", "write"],
  "readTlsFiles() accepts what Deno can use, and nothing else",
  async () => {
    await withFolder(async (folder) => {
      for (const [clientCertificate, clientKey, problem] of await rowsIn(folder)) {
        const read = () => readTlsFiles(targetOf({ clientCertificate, clientKey }));
        if (problem) assertMatch(assertThrows(read, PemFileError).message, problem);
        else assertEquals(read().cert, Deno.readTextFileSync(clientCertificate));
      }
    });
  },
);

testWith(
  ["read", "write"],
  "readTlsFiles() accepts CA certificates, and nothing else",
  async () => {
    await withFolder(async (folder) => {
      const write = async (name: string, text: string) => {
        await Deno.writeTextFile(`${folder}/${name}`, text);
        return `${folder}/${name}`;
      };
      const spoilt = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
      const good = Deno.readTextFileSync(ca);
      const rows: [path: string, problem: RegExp][] = [
        [await write("spoilt", good + spoilt), /a certificate that cannot be read/],
        [await write("junk", "junk"), /holds no certificate in PEM/],
        [await write("empty", ""), /is empty/],
        [clientKey, /holds no certificate in PEM/],
        [folder, /it is a directory/],
      ];
      for (const [certificate, problem] of rows) {
        const read = () => readTlsFiles(targetOf({ certificate }));
        assertMatch(assertThrows(read, PemFileError).message, problem);
      }
      const bundle = await write("bundle", `about it\n${good}${good}and more\n`);
      assertEquals(readTlsFiles(targetOf({ certificate: bundle })).caCerts?.length, 1);
    });
  },
);

for (const { path: deno, version } of DENOS) {
  testWith(
    ["net", "env", "read", "write", "run"],
    `no certificate or key ends a program, Deno ${version}`,
    async () => {
      await using http = startHttpReceiver({ tls: true });
      await using grpc = startGrpcReceiver({ tls: true });
      await withFolder(async (folder) => {
        const rows = await rowsIn(folder);
        const { code, stdout, stderr } = await runProgram([
          http.url,
          grpc.url,
          ca,
          ...rows.map(([certificate, key]) => `${certificate},${key}`),
        ], { launch: { command: deno, args: ["run", "--allow-all", PROGRAM] } });
        assertEquals(code, 0, stderr);
        const said = stdout.trimEnd().split("\n");
        for (const [index, [, , problem]] of rows.entries()) {
          for (const line of said.slice(2 * index, 2 * index + 2)) {
            assertMatch(line, problem ?? /^sent$/);
          }
        }
        assertEquals(said.length, 2 * rows.length);
      });
    },
  );
}
