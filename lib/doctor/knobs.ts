import type { Signal } from "../otlp/signal.ts";
import type { DoctorInput } from "./finding.ts";

/** The settings that remedies name: flags, or places in the configuration file. */
export interface Knobs {
  endpoint: string;
  protocol: string;
  headers: string;
  compression: string;
  certificate: string;
  clientCertificate: string;
  /** How to disable the export of a signal. */
  none(signal: Signal): string;
}

/** The settings that have an effect. */
export function knobsOf({ configurationFile }: DoctorInput): Knobs {
  if (!configurationFile) {
    return {
      endpoint: "--endpoint",
      protocol: "--protocol",
      headers: "--exporter-otlp-headers",
      compression: "--exporter-otlp-compression",
      certificate: "--exporter-otlp-certificate",
      clientCertificate: "--exporter-otlp-client-certificate and --exporter-otlp-client-key",
      none: (signal) => `--${signal}-exporter none`,
    };
  }
  const inFile = `in "${configurationFile.path}"`;
  return {
    endpoint: `endpoint ${inFile}`,
    protocol: `otlp_http or otlp_grpc ${inFile}`,
    headers: `headers ${inFile}`,
    compression: `compression ${inFile}`,
    certificate: `tls.ca_file ${inFile}`,
    clientCertificate: `tls.cert_file and tls.key_file ${inFile}`,
    none: (signal) => `no exporter for ${signal} ${inFile}`,
  };
}
