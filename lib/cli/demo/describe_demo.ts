import type { CollectorSettings } from "../flags/collector_flags.ts";
import type { Demo } from "./start_demo.ts";

/** The addresses of everything except the page, and how to stop it. */
export function describeDemo({ collector, apps }: Demo): string[] {
  return [
    ...apps.map(({ mode, url }) => `  ${mode.padEnd(12)}  ${url}`),
    `  OTLP/HTTP     ${collector.httpUrl}`,
    `  OTLP/gRPC     ${collector.grpcUrl}`,
    `  try           curl -i ${apps.at(-1)?.url}/error`,
    "  stop          Ctrl-C",
  ];
}

/** One line for each port that another program has. */
export function replacedPorts(
  { collector, apps }: Demo,
  { httpPort, grpcPort, uiPort }: CollectorSettings,
  firstAppPort: number,
): string[] {
  const ports = [
    ["OTLP over HTTP", httpPort, collector.httpUrl],
    ["OTLP over gRPC", grpcPort, collector.grpcUrl],
    ["the page", uiPort, collector.uiUrl],
    ...apps.map(({ mode, url }, index) =>
      [`the app of mode ${mode}`, firstAppPort + index, url] as const
    ),
  ] as const;
  return ports.flatMap(([what, wanted, url]) => {
    const got = Number(new URL(url).port);
    return wanted === 0 || wanted === got
      ? []
      : [`Port ${wanted} for ${what} is taken: using ${got} instead`];
  });
}
