import { assert, assertEquals, assertMatch, assertThrows } from "@std/assert";
import process from "node:process";
import { createConfigFactory } from "@opentelemetry/configuration";
import {
  type ConfigurationFile,
  ConfigurationFileError,
  readConfigurationFile,
} from "../../../lib/telemetry/configuration/configuration_file.ts";
import { testWith } from "../../helpers/needs.ts";
import { setVariables } from "../../helpers/variables.ts";

const NEEDS = ["read", "write", "env"] as const;

const GOOD = `file_format: "1.0"
resource:
  attributes:
    - name: service.name
      value: \${env:TEST_NAME:-shop}
    - name: price
      value: "$\${TEST_PRICE} or \${TEST_QUOTED:-5}"
tracer_provider:
  processors:
    - batch: &batch
        schedule_delay: \${TEST_DELAY:-250}
        max_queue_size: 64
        exporter:
          otlp_http:
            endpoint: http://\${TEST_HOST}:\${TEST_PORT:-4318}/v1/traces
            headers_list: \${TEST_NAME:-}
    - batch: *batch
`;

testWith(NEEDS, "readConfigurationFile() substitutes, types and lists variables", () => {
  const { configuration, variables, warnings } = read(GOOD, { TEST_HOST: "collector" });
  assertEquals(configuration.resource?.attributes, [
    { name: "service.name", value: "shop" },
    { name: "price", value: "${TEST_PRICE} or 5" },
  ]);
  const batch = {
    schedule_delay: 250,
    max_queue_size: 64,
    exporter: {
      otlp_http: { endpoint: "http://collector:4318/v1/traces", headers_list: null },
    },
  };
  assertEquals(configuration.tracer_provider?.processors, [{ batch }, { batch }]);
  assertEquals(variables, ["TEST_NAME", "TEST_QUOTED", "TEST_DELAY", "TEST_HOST", "TEST_PORT"]);
  assertEquals(warnings, []);
});

testWith(NEEDS, "a variable's type is what it looks like, unless it is quoted", () => {
  const text = `file_format: "1.0"
disabled: \${TEST_VALUE}
resource:
  attributes:
    - name: plain
      value: \${TEST_VALUE}
    - name: quoted
      value: "\${TEST_VALUE}"
    - name: dollar
      value: $$\${TEST_VALUE}
`;
  const { configuration } = read(text, { TEST_VALUE: "true" });
  assertEquals(configuration.disabled, true);
  assertEquals(
    configuration.resource?.attributes?.map(({ value }) => value),
    [true, "true", "$true"],
  );
});

testWith(
  NEEDS,
  "a file is read as OpenTelemetry's package reads it, or is rejected by both",
  () => {
    const texts = [
      GOOD,
      ...["1.0", "1.1", "1", "1.0-rc.2", "1.9", "0.3", "2.0", "1.x", "x", ""].map((version) =>
        `file_format: "${version}"\ndisabled: true\nlog_level: warn2\n`
      ),
      "file_format: 1.0\n",
      "disabled: true\n",
      'file_format: "1.0"\ndisabled: 1\n',
      'file_format: "1.0"\nlog_level: ${A:?b}\n',
    ];
    for (const text of texts) {
      withFile(
        text,
        (path) => {
          using _variables = setVariables({ OTEL_CONFIG_FILE: path, TEST_HOST: "collector" });
          const theirs = attempt(() => createConfigFactory().getConfigModel());
          const ours = attempt(() => readConfigurationFile(path).configuration);
          assertEquals(ours, theirs, text);
        },
      );
    }
  },
);

testWith(["read"], "a missing file, or a folder instead of a file, is reported", () => {
  assertEquals(
    assertThrows(() => readConfigurationFile("nowhere/x.yaml"), ConfigurationFileError).message,
    'cannot read "nowhere/x.yaml": there is no such file',
  );
  const error = assertThrows(() => readConfigurationFile("tests"), ConfigurationFileError);
  assertMatch(error.message, /^cannot read "tests": ./);
});

/** A file's text and all its problems, without the file's name. */
const BAD: Record<string, { text: string; problems: string[] }> = {
  "nothing": {
    text: "# only a comment\n",
    problems: ['1:1: the file has no properties: expected at least file_format: "1.0"'],
  },
  "a list": {
    text: "- batch:\n",
    problems: ['1:1: the file has no properties: expected at least file_format: "1.0"'],
  },
  "bad YAML": {
    text: 'file_format: "1.0"\ndisabled: [true\nlog_level: info\n',
    problems: [
      "3:1: Flow sequence in block collection must be sufficiently indented and end with a ]",
    ],
  },
  "a property given twice": {
    text: 'file_format: "1.0"\ndisabled: true\nlog_level: info\ndisabled: false\n',
    problems: ["4:1: Map keys must be unique"],
  },
  "an old file_format": {
    text: '# old\nfile_format: "0.3"\nbogus: true\ndisabled: maybe\n',
    problems: ['2:14: /file_format: unsupported version "0.3": expected "1.0" or "1.1"'],
  },
  "no file_format": {
    text: "disabled: maybe\n",
    problems: [
      '1:1: /file_format: missing: expected "1.0" or "1.1"',
      "1:11: /disabled: must be boolean or null",
    ],
  },
  "a file_format without quotes": {
    text: "file_format: 1.0\n",
    problems: ['1:14: /file_format: not a string: expected "1.0" or "1.1", with the quotes'],
  },
  "substitutions that do not exist": {
    text: 'file_format: "1.0"\nresource:\n' +
      "  schema_url: ${TEST_URL:?none} and $${TEST_URL:?fine}\n  attributes_list: ${sys:x}\n",
    problems: [
      '3:15: /resource/schema_url: cannot substitute "${TEST_URL:?none}": ' +
      'expected ${NAME} or ${NAME:-default}; write $$ for a "$"',
      '4:20: /resource/attributes_list: cannot substitute "${sys:x}": ' +
      'expected ${NAME} or ${NAME:-default}; write $$ for a "$"',
    ],
  },
  "aliases that cannot be followed": {
    text: 'file_format: "1.0"\nresource: &all\n  attributes: [*all]\n',
    problems: [" cannot follow the aliases: one contains itself"],
  },
  "many things wrong": {
    text: `file_format: "1.0"
log_level: \${TEST_LEVEL:-info}
tracer_provider:
  processors:
    - batch:
        schedule_dely: 5
        schedule_delay: soon
    - 5
    - simple:
        exporter:
          otlp_http: {timeout: -1, a/b~c: {}}
          console:
    - simple:
        exporter: {}
  sampler:
    parent_based: 5
resource:
  attributes:
    - {name: a, value: [1, x]}
    - {name: b, value: {}, type: x}
    - value: c
    - {name: d, value: []}
`,
    problems: [
      "5:7: /tracer_provider/processors/0/batch: must have required property 'exporter'",
      '6:24: /tracer_provider/processors/0/batch/schedule_dely: unknown property "schedule_dely"',
      "7:25: /tracer_provider/processors/0/batch/schedule_delay: must be integer or null",
      "8:7: /tracer_provider/processors/1: must be object",
      "10:9: /tracer_provider/processors/2/simple/exporter: " +
      "must NOT have more than 1 properties",
      "11:32: /tracer_provider/processors/2/simple/exporter/otlp_http/timeout: must be >= 0",
      "11:36: /tracer_provider/processors/2/simple/exporter/otlp_http/a~1b~0c: " +
      'unknown property "a/b~c"',
      "14:9: /tracer_provider/processors/3/simple/exporter: " +
      "must NOT have fewer than 1 properties",
      "16:19: /tracer_provider/sampler/parent_based: must be object or null",
      "19:25: /resource/attributes/0/value/0: must be string or boolean",
      "19:28: /resource/attributes/0/value/1: must be boolean or number",
      "20:17: /resource/attributes/1/value: must be string or number or boolean or null or array",
      "20:34: /resource/attributes/1/type: must be one of " +
      "string, bool, int, double, string_array, bool_array, int_array, double_array",
      "21:7: /resource/attributes/2: must have required property 'name'",
      "22:17: /resource/attributes/3/value: must NOT have fewer than 1 items",
    ],
  },
  "a name with a slash and a tilde": {
    text: `file_format: "1.0"
tracer_provider:
  processors:
    - simple:
        exporter:
          otlp_http:
            a/b~c: 1
`,
    problems: [
      "7:20: /tracer_provider/processors/0/simple/exporter/otlp_http/a~1b~0c: " +
      'unknown property "a/b~c"',
    ],
  },
};

for (const [name, { text, problems }] of Object.entries(BAD)) {
  testWith(
    NEEDS,
    `readConfigurationFile() reports each problem once, with its line: ${name}`,
    () => {
      withFile(text, (path) => {
        const error = assertThrows(() => readConfigurationFile(path), ConfigurationFileError);
        assertEquals(error.message.split("\n"), problems.map((problem) => `${path}:${problem}`));
      });
    },
  );
}

testWith(NEEDS, "problems show the name of a variable, but not its value", () => {
  const secret = "hunter2";
  const texts = [
    "file_format: ${TEST_SECRET}\n",
    'file_format: "1.${TEST_SECRET}"\n',
    'file_format: "1.0"\nlog_level: ${TEST_SECRET}\n',
    'file_format: "1.0"\ndisabled: ${TEST_SECRET}\nresource: ${TEST_SECRET}\n',
    'file_format: "1.0"\nresource: {attributes: ["${TEST_SECRET}"]}\n',
    'file_format: "1.0"\nresource: {schema_url: "${TEST_SECRET}${TEST_SECRET:?}"}\n',
  ];
  for (const text of texts) {
    const error = assertThrows(
      () => read(text, { TEST_SECRET: secret }),
      ConfigurationFileError,
    );
    assert(!error.message.includes(secret), error.message);
    assertMatch(error.message, /TEST_SECRET/);
  }
});

testWith(NEEDS, "the value of a variable that looks like odd YAML is not printed either", () => {
  const { emitWarning } = process;
  const printed: unknown[] = [];
  const record = (warning: unknown) => void printed.push(warning);
  process.emitWarning = record;
  try {
    for (const secret of ["!hunter2", "%hunter2", "!!int hunter2"]) {
      const good = 'file_format: "1.0"\npropagator:\n  composite_list: ${TEST_SECRET}\n';
      assertEquals(
        read(good, { TEST_SECRET: secret }).configuration.propagator?.composite_list,
        secret,
      );
      const bad = 'file_format: "1.0"\nlog_level: ${TEST_SECRET}\n';
      assertThrows(() => read(bad, { TEST_SECRET: secret }), ConfigurationFileError);
    }
    assertEquals(printed, []);
    assertEquals(process.emitWarning, record);
  } finally {
    process.emitWarning = emitWarning;
  }
});

testWith(NEEDS, "a setting that may not work as intended is a warning with its line", () => {
  const text = 'file_format: "1.7"\nlog_level: !loud info\ntracer_provder: {}\n';
  withFile(text, (path) => {
    const { configuration, warnings } = readConfigurationFile(path);
    assertEquals(configuration.log_level, "info");
    assertEquals(warnings.map((warning) => warning.replace(/: expected .*/, "")), [
      `${path}:1:14: /file_format: ` +
      'version "1.7" is newer than "1.1": new settings may be ignored',
      `${path}:2:12: Unresolved tag: !loud`,
      `${path}:3:1: /tracer_provder: ignoring unknown property "tracer_provder"`,
    ]);
  });
});

testWith(NEEDS, "a setting in the schema that the app lacks is reported with its line", () => {
  const text = `file_format: "1.0"
tracer_provider:
  processors: [simple: {exporter: {console: }}]
  tracer_configurator/development: {default_config: {enabled: true}}
meter_provider:
  exemplar_filter: trace_based
  readers:
    - periodic:
        exporter: {console: }
        cardinality_limits: {default: 10, counter: 5}
instrumentation/development:
  general:
    http: {server: {known_methods: [GET]}, client: {known_methods: [GET]}}
  js: {x: {}}
`;
  withFile(text, (path) => {
    const { warnings } = readConfigurationFile(path);
    assertEquals(
      warnings.map((line) => line.slice(path.length + 1).replace(/:\d+: /, " ")),
      [
        "4 /tracer_provider/tracer_configurator~1development",
        "6 /meter_provider/exemplar_filter",
        "10 /meter_provider/readers/0/periodic/cardinality_limits/counter",
        "13 /instrumentation~1development/general/http/client",
        "14 /instrumentation~1development/js",
      ].map((place) => `${place}: no effect here; the app does not support it`),
    );
  });
});

testWith(NEEDS, "settings that request nothing cause no warning", () => {
  const text = 'file_format: "1.0"\nmeter_provider:\n' +
    "  readers: [periodic: {exporter: {console: }}]\n  exemplar_filter: always_off\n";
  assertEquals(read(text).warnings, []);
});

function read(text: string, variables: Record<string, string> = {}): ConfigurationFile {
  using _variables = setVariables(variables);
  return withFile(text, readConfigurationFile);
}

function withFile<T>(text: string, use: (path: string) => T): T {
  const path = Deno.makeTempFileSync({ suffix: ".yaml" });
  try {
    Deno.writeTextFileSync(path, text);
    return use(path);
  } finally {
    Deno.removeSync(path);
  }
}

/** The result; undefined if it throws. */
function attempt<T>(get: () => T): T | undefined {
  try {
    return get();
  } catch {
    return undefined;
  }
}
