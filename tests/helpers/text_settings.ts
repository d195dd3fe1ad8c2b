import { textSetting } from "../../lib/cli/guide/text_setting.ts";
import { EXTERNAL_BACKENDS, usualBackends } from "../../lib/workshop/backends/backends.ts";
import type { Setting } from "../../lib/workshop/course/fill_in.ts";

const SOURCES = {
  backends: usualBackends(),
  appUrl: "http://127.0.0.1:5000",
  folder: "my-workshop",
  command: "otel-kit",
  flags: {},
  os: "linux",
} as const;

/** What most learners have: the embedded collector on its usual ports, and a folder. */
export const TEST_SETTING: Setting = textSetting(SOURCES);

/** Settings that differ in all that texts depend on, by name; none has a usual port twice. */
export const TEST_SETTINGS: Readonly<Record<string, Setting>> = {
  embedded: TEST_SETTING,
  "embedded without a folder": textSetting({ ...SOURCES, folder: undefined }),
  "embedded on other ports": textSetting({
    ...SOURCES,
    backends: {
      ...usualBackends(),
      otlpHttpUrl: "http://127.0.0.1:24318",
      otlpGrpcUrl: "http://127.0.0.1:24317",
      healthUrl: "http://127.0.0.1:24319/-/ready",
      ownMetricsUrl: "http://127.0.0.1:24319/metrics",
      jaegerUrl: "http://127.0.0.1:24319",
      zipkinUrl: "http://127.0.0.1:24319",
      prometheusUrl: "http://127.0.0.1:24319",
      kitUrl: "http://127.0.0.1:24319",
    },
    appUrl: "http://127.0.0.1:25000",
    command: "../otel-kit",
    flags: { "ui-port": "24319" },
  }),
  external: textSetting({ ...SOURCES, backends: EXTERNAL_BACKENDS }),
  "external elsewhere": textSetting({
    ...SOURCES,
    folder: undefined,
    backends: {
      ...EXTERNAL_BACKENDS,
      otlpHttpUrl: "http://127.0.0.1:34318",
      otlpGrpcUrl: "http://127.0.0.1:34317",
      healthUrl: "http://127.0.0.1:33133",
      ownMetricsUrl: "http://127.0.0.1:38888/metrics",
      jaegerUrl: "http://127.0.0.1:36686",
      zipkinUrl: "http://127.0.0.1:39411",
      prometheusUrl: "http://127.0.0.1:39090",
    },
    appUrl: "http://127.0.0.1:35000",
    command: "./otel-kit",
    flags: { "jaeger-url": "http://127.0.0.1:36686" },
  }),
  windows: textSetting({ ...SOURCES, command: ".\\otel-kit.exe", os: "windows" }),
};
