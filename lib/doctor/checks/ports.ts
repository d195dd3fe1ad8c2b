import { PROMETHEUS_EXPORTER_PORT } from "../../default_ports.ts";
import { messageOf } from "../../error_message.ts";
import { hostAndPort } from "../../host.ts";
import { type DoctorInput, type Finding, findingsOf } from "../finding.ts";
import { findPortHolder } from "../port_holder.ts";
import { exportersOf } from "../../telemetry/configuration/exporters.ts";
import { configurationOf } from "../routes.ts";

const { ok, warning, skipped } = findingsOf("ports");

/** A port that the kit's own app would listen on. */
interface Listening {
  what: string;
  hostname: string;
  port: number;
  flag: string;
}

const APP: Listening = { what: "the app", hostname: "127.0.0.1", port: 5000, flag: "--port" };

/** Whether the ports of the kit's own app are free, and if not, which programs have them. */
export async function checkPorts(input: DoctorInput): Promise<Finding[]> {
  return await Promise.all([APP, ...prometheusPorts(input)].map(examinePort));
}

function prometheusPorts(input: DoctorInput): Listening[] {
  const configuration = configurationOf(input);
  if (!configuration || configuration.disabled) return [];
  return exportersOf(configuration, "metrics")
    .filter((model) => "prometheus/development" in model)
    .map((model) => {
      const { host, port } = model["prometheus/development"] ?? {};
      return {
        what: "Prometheus",
        hostname: String(host ?? "localhost"),
        port: Number(port ?? PROMETHEUS_EXPORTER_PORT),
        flag: input.configurationFile
          ? `port in "${input.configurationFile.path}"`
          : "--exporter-prometheus-port",
      };
    });
}

async function examinePort({ what, hostname, port, flag }: Listening): Promise<Finding> {
  try {
    Deno.listen({ hostname, port }).close();
    return ok(port === 0 ? `Any free port is used for ${what}` : `Port ${port} is free (${what})`);
  } catch (error) {
    const other = `choose another with ${flag}`;
    if (!(error instanceof Deno.errors.AddrInUse)) {
      const reason = messageOf(error);
      const message = `Cannot listen on ${hostAndPort({ hostname, port })} (${what}): ${reason}`;
      return error instanceof Deno.errors.NotCapable
        ? skipped(message)
        : warning(message, `Choose an address of this machine and a port above 1023`);
    }
    const { value: holder, unknown } = await findPortHolder(port);
    return holder
      ? warning(`Port ${port} (${what}) is taken by ${holder}`, `End it, or ${other}`)
      : warning(
        `Port ${port} (${what}) is taken by an unknown program: ${unknown}`,
        `${whoHas(port)}, or ${other}`,
      );
  }
}

function whoHas(port: number): string {
  return Deno.build.os === "windows"
    ? `Find the program: netstat -ano | findstr :${port}`
    : `Find the program: lsof -i :${port}`;
}
