import type { OtlpTarget } from "../telemetry/otlp/target.ts";
import type { Environment } from "../telemetry/read_settings.ts";

/**
 * The variable whose proxy is between us and a target; undefined if none is. Through proxies goes
 * HTTP, and of gRPC what is encrypted.
 */
export function proxyVariable(
  { protocol, url: href }: OtlpTarget,
  env: Environment,
): string | undefined {
  const url = new URL(href);
  if (protocol === "grpc" && url.protocol === "http:") return undefined;
  const names = url.protocol === "https:" ? ["HTTPS_PROXY", "ALL_PROXY"] : [
    "HTTP_PROXY",
    "ALL_PROXY",
  ];
  const variable = names.flatMap((name) => [name, name.toLowerCase()]).find((name) => env[name]);
  if (variable === undefined) return undefined;
  const exceptions = (env.NO_PROXY ?? env.no_proxy ?? "").split(",").map((item) => item.trim());
  const isException = exceptions.some((item) =>
    item === "*" || (item !== "" &&
      (url.hostname === item || url.hostname.endsWith(`.${item.replace(/^\./, "")}`)))
  );
  return isException ? undefined : variable;
}
