import { DEFAULT_PORTS } from "../../default_ports.ts";
import { stats } from "./live.ts";
import { modes } from "./modes.ts";

const DEFAULT_APP_URL = "http://localhost:5000";

/** The collector's own endpoints; those of the standard until they are known. */
export function ownEndpoints(): { httpUrl: string; grpcUrl: string } {
  return stats.value ?? {
    httpUrl: `http://localhost:${DEFAULT_PORTS.httpPort}`,
    grpcUrl: `http://localhost:${DEFAULT_PORTS.grpcPort}`,
  };
}

/** The command that starts an app which sends to this collector. */
export function autoCommand(flags = ""): string {
  const { httpUrl } = ownEndpoints();
  const isDefault = httpUrl.endsWith(`:${DEFAULT_PORTS.httpPort}`);
  return ["otel-kit auto", flags, isDefault ? "" : `--endpoint ${httpUrl}`].filter(Boolean)
    .join(" ");
}

/** The command that sends a request to an app: to one of the demo, or to the one just started. */
export function requestCommand(): string {
  return `curl ${modes.value.find(({ mode }) => mode === "auto")?.url ?? DEFAULT_APP_URL}/`;
}
