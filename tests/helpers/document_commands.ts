/** How a test runs a command line from the documentation. */
export type Tried =
  /** Runs it until it exits. Default exit code: 0. */
  | { runs: true; code?: number; wrote?: string; needs?: string }
  /** Starts it, waits for this text, and stops it. */
  | { until: string; needs?: string };

/** What a test does with a command line. Some aren't run here, for the given reason. */
export type Treatment = Tried | { notRun: string };

const RUNS: Treatment = { runs: true };
const SERVES: Treatment = { until: "Ctrl-C" };
const WITH_NODE: Treatment = { runs: true, needs: "node" };
const DOCKER: Treatment = { notRun: "needs Docker; tests/collector_demo_test.ts checks the files" };
const CONTAINER: Treatment = {
  notRun: "needs Docker; tests/release/container_test.ts does the same without",
};
const CLUSTER: Treatment = {
  notRun: "needs Kubernetes; tests/kubernetes_test.ts checks the files",
};
const SERVERS: Treatment = { notRun: "needs the servers of Docker Compose; see the tutorial" };
const PACKAGES: Treatment = { notRun: "needs a network; tests/your_app_test.ts runs the files" };
const LAB: Treatment = {
  notRun: "needs a configuration; tests/cli/commands/lab_test.ts and tests/lab run the workshop's",
};
const VENDOR: Treatment = { runs: true, wrote: "node app.mjs" };

/**
 * Every command line outside the tutorial, by document, in the order of the text. A key that is a prefix
 * stands for all lines that start with it.
 */
export const DOCUMENTED: Record<string, Record<string, Treatment>> = {
  "docs/install.md": {
    "docker build": CONTAINER,
    "docker run": CONTAINER,
    "gh attestation verify": { notRun: "needs a published release" },
    "cosign verify-blob": { notRun: "needs a published release" },
    "sha256sum --check": { notRun: "tests/release/release_test.ts checks the same sums" },
  },
  "README.md": {
    "deno task start": { notRun: "is `otel-kit demo`; tests/cli/commands/demo_test.ts runs that" },
    "deno task test": { notRun: "runs these tests" },
    "deno task compile": { notRun: "takes a minute; tests of the executable need its result" },
    "./otel-kit collector": SERVES,
    "./otel-kit auto -- deno run --allow-net app.ts": RUNS,
    "./otel-kit serve --mode manual": SERVES,
    "./otel-kit auto --traces-exporter otlp,console": SERVES,
  },
  "docs/assistants.md": {
    "./otel-kit collector": SERVES,
  },
  "docs/backends.md": {
    "./otel-kit doctor --endpoint http://localhost:4318": RUNS,
    "./otel-kit auto -- node app.mjs": WITH_NODE,
    "./otel-kit collector --forward http://localhost:14318": SERVES,
    "./otel-kit collector-demo": RUNS,
    "export OTEL_EXPORTER_OTLP_ENDPOINT=https://otlp-gateway-prod-eu-west-0.grafana.net/otlp":
      VENDOR,
    'export OTEL_EXPORTER_OTLP_HEADERS="Authorization=Basic%20YOUR_TOKEN"': VENDOR,
    "export OTEL_EXPORTER_OTLP_ENDPOINT=https://api.honeycomb.io": VENDOR,
    'export OTEL_EXPORTER_OTLP_HEADERS="x-honeycomb-team=YOUR_KEY"': VENDOR,
    "./otel-kit auto --metrics-exporter prometheus": SERVES,
  },
  "docs/ci.md": {
    "./otel-kit traces --wait-for 'name:\"POST /orders\" status:error' --timeout 100ms": {
      runs: true,
      code: 1,
    },
    "./otel-kit traces --since 15m --status error --json": RUNS,
  },
  "docs/cluster.md": {
    "deno task cluster --small": {
      notRun: "takes minutes, as root; tests/cluster_test.ts starts the same servers",
    },
    "deno task bench:cluster": { notRun: "takes ten minutes to an hour, as root" },
    "./otel-kit collector --db leaf.db --forward http://localhost:14318": SERVES,
  },
  "docs/collector.md": {
    "./otel-kit collector": SERVES,
    "./otel-kit traces --status error": RUNS,
    "./otel-kit traces --query 'service:shop duration>100ms'": RUNS,
    "./otel-kit tail --json": SERVES,
    "./otel-kit tail --query 'status:error duration>300ms'": SERVES,
    "./otel-kit services": RUNS,
    "./otel-kit logs --severity warn --since 15m": RUNS,
    "./otel-kit metrics --query 'sum by (http_route) (http_server_request_duration_seconds_count)'":
      RUNS,
    "./otel-kit top": { notRun: "needs a terminal; tests/cli/commands/top_test.ts has one" },
    "./otel-kit collector --db traces.db": SERVES,
    "./otel-kit collector --forward http://localhost:14318": SERVES,
    "./otel-kit lab --config collector.yaml": LAB,
    "otelcol-contrib --config collector.yaml": LAB,
  },
  "docs/teaching.md": {
    "./otel-kit class": SERVES,
    "./otel-kit class --host 0.0.0.0 --csv class.csv": SERVES,
    './otel-kit guide --class "http://teacher.example:4320/?token=TOKEN" --name Ada': {
      notRun: "needs the teacher's machine; tests/cli/commands/class_test.ts has one",
    },
    "./otel-kit guide --plan 3.5h": RUNS,
    "./otel-kit guide --plan 90m": RUNS,
    "./otel-kit workshop handout": RUNS,
    "./otel-kit workshop slides": RUNS,
    './otel-kit guide summary --name "Ada Lovelace" --out ada.html': RUNS,
    './otel-kit guide certificate --name "Ada Lovelace"': RUNS,
    "./otel-kit workshop pack stick": {
      notRun: "needs a network; tests/cli/workshop/pack_test.ts runs it",
    },
    "./otel-kit workshop reset my-workshop": {
      notRun: "removes files; tests/cli/workshop/reset_test.ts runs it",
    },
    "./otel-kit workshop reset my-workshop --yes": {
      notRun: "removes files; tests/cli/workshop/reset_test.ts runs it",
    },
  },
  "docs/no-code.md": {
    "./otel-kit auto --service-name shop -- deno run -A server.ts": RUNS,
    "./otel-kit auto --endpoint http://localhost:4317 node server.mjs": WITH_NODE,
    "./otel-kit auto --traces-exporter console python3 app.py": {
      notRun: "needs packages of Python; tests/launcher/runtimes/ has programs of Python",
    },
    "./otel-kit auto --traces-exporter otlp,console": SERVES,
    "./otel-kit auto --instrumentation-http-capture-headers-server-request 'content-type,x-.*' -- deno run -A server.ts":
      RUNS,
  },
  "docs/workshop.md": {
    "./otel-kit workshop init my-workshop": RUNS,
    "./otel-kit guide --dir my-workshop": { until: "Checks:" },
    "./otel-kit guide list": RUNS,
    "./otel-kit guide check 10": { until: "First broken link" },
    "./otel-kit guide hint 10": { runs: true, wrote: "Hint " },
    "./otel-kit guide diff 10": { runs: true, wrote: "lines" },
    "./otel-kit guide solve 10": {
      notRun: "takes port 5000; tests/course_by_script_test.ts solves every step",
    },
    "./otel-kit guide reset --all": RUNS,
    "./otel-kit guide summary --out summary.html": { runs: true, wrote: "summary.html" },
    "./otel-kit quiz --topic collector": { until: "Your answer" },
    "./otel-kit diff base manual": { runs: true, wrote: "apps/manual.ts" },
    "./otel-kit workshop new-step see-orders --course my-course": RUNS,
    "./otel-kit guide --course my-course": { until: "Checks:" },
  },
  "docs/your-app.md": {
    "deno add": PACKAGES,
    "npm install": PACKAGES,
  },
  "collector-demo/README.md": {
    "docker compose": DOCKER,
    "otel-kit auto": SERVES,
    "curl": SERVERS,
    "COLLECTOR_CONFIG=": DOCKER,
  },
  "collector-demo/scale/README.md": { "docker compose": DOCKER },
  "collector-demo/cluster/README.md": {
    "KEY_MODE=644 sh certificates.sh certificates": {
      notRun: "tests/cluster_test.ts runs the script, and starts the servers without Docker",
    },
    "docker compose": DOCKER,
  },
  "collector-demo/kubernetes/README.md": {
    "kubectl": CLUSTER,
    "sh overlays/cluster/secrets.sh": CLUSTER,
    "TOKEN=": CLUSTER,
  },
  "lib/workshop/template/README.md": {
    "deno install": { notRun: "needs a network; the tests of the workshop use the packages here" },
    "OTEL_EXPORTER_OTLP_ENDPOINT=": {
      notRun: "runs the learner's solution; tests/workshop/exercises_test.ts does",
    },
  },
};
