import type { Environment } from "../telemetry/read_settings.ts";

/** The variable whose proxy OTLP over HTTP goes through to a URL; undefined if it goes directly. */
export function proxyVariable(url: URL, env: Environment): string | undefined {
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
