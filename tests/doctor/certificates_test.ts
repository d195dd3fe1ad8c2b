import { assertEquals } from "@std/assert";
import { checkCertificates } from "../../lib/doctor/checks/certificates.ts";
import { stopTime } from "../helpers/fake_time.ts";
import { withFolder } from "../helpers/folder.ts";
import { testWith } from "../helpers/needs.ts";
import { TLS_FILES } from "../helpers/tls_files.ts";
import { assertRemedies, inputOf, remedyOf } from "./remedies.ts";

const PERMISSIONS = ["env", "read", "write"] as const;

/** The test files are valid from 2026-11-23 until 2126-10-30. */
const BEFORE = Date.UTC(2026, 0, 1);
const SHORTLY_BEFORE_THE_END = Date.UTC(2126, 9, 20);
const AFTER = Date.UTC(2127, 0, 1);

/** The types of files that can be given. */
interface Files {
  ca?: string;
  cert?: string;
  key?: string;
}

function check({ ca = "", cert = "", key = "" }: Files, scheme = "https") {
  return checkCertificates(inputOf({
    OTEL_EXPORTER_OTLP_ENDPOINT: `${scheme}://localhost:4318`,
    OTEL_EXPORTER_OTLP_CERTIFICATE: ca,
    OTEL_EXPORTER_OTLP_CLIENT_CERTIFICATE: cert,
    OTEL_EXPORTER_OTLP_CLIENT_KEY: key,
  }));
}

testWith(PERMISSIONS, "checkCertificates() has a remedy for each invalid file", async () => {
  const { ca, clientCert: cert, clientKey: key, key: otherKey } = TLS_FILES;
  await withFolder(async (folder) => {
    const write = async (name: string, text: string) => {
      await Deno.writeTextFile(`${folder}/${name}`, text);
      return `${folder}/${name}`;
    };
    const text = await write("text", "no PEM");
    const spoilt = await write(
      "spoilt",
      "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    );
    const encrypted = await write(
      "encrypted",
      "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n",
    );
    const rows: [files: Files, message: RegExp, wanted: RegExp, scheme?: string][] = [
      [{ ca }, /^No effect of/, /^Write https:\/\/ in --endpoint$/, "http"],
      [
        { ca: `${folder}/none` },
        /there is no such file/,
        /^Correct the path or the file's permissions$/,
      ],
      [{ ca: key }, /holds no certificate/, /^This is a key: .* in each other's place$/],
      [{ ca: text }, /holds no certificate/, /^Convert it: openssl x509 -inform der -in/],
      [{ ca: spoilt }, /cannot be read/, /^Get the file again$/],
      [{ cert }, /^Only ".*" is given/, /^Set --exporter-otlp-client-certificate and/],
      [{ cert, key: otherKey }, /is not the key of/, /that were made together/],
      [{ cert, key: encrypted }, /is encrypted/, /^Decrypt it: openssl pkey -in/],
      [{ cert, key: cert }, /holds no private key/, /^This is a certificate: .* in each other's/],
      [{ cert, key: text }, /holds no private key/, /^Convert it: openssl pkey -inform der -in/],
    ];
    assertRemedies(rows.map(([files, message, wanted, scheme]) => ({
      trouble: `${JSON.stringify(files)} and ${scheme ?? "https"}`,
      remedy: remedyOf(check(files, scheme), message),
      wanted,
    })));
    assertEquals(check({ ca, cert, key }).map(({ status }) => status), ["ok", "ok", "ok"]);
  });
});

testWith(
  PERMISSIONS,
  "checkCertificates() reports certificates that are not yet valid or have expired",
  () => {
    const rows: [millis: number, status: string, message: RegExp, wanted: RegExp][] = [
      [BEFORE, "failed", /is not valid before 2026-11-23/, /^Check the clock of this machine$/],
      [SHORTLY_BEFORE_THE_END, "warning", /in 10 days/, /^Renew the certificate$/],
      [AFTER, "failed", /expired on 2126-10-30/, /^Renew the certificate$/],
    ];
    assertRemedies(rows.map(([millis, status, message, wanted]) => {
      using _time = stopTime(millis);
      const findings = check({ ca: TLS_FILES.ca });
      assertEquals(findings.map(({ status }) => status), [status]);
      return { trouble: String(message), remedy: remedyOf(findings, message), wanted };
    }));
  },
);
