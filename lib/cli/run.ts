import { VERSION } from "../version.ts";
import type { CommandDescription } from "./flags/completion_scripts.ts";
import type { Command, CommandContext } from "./command.ts";
import { guardOutput } from "./output.ts";
import { StartError, UsageError } from "./errors.ts";
import { listFlags } from "./flags/flags.ts";
import { suggest } from "../suggest.ts";

/** A command that is loaded on demand. */
interface CommandEntry {
  /** One line for the list of commands. */
  summary: string;
  load: () => Promise<Command>;
}

/** The commands by name. */
export const COMMANDS: Readonly<Record<string, CommandEntry>> = {
  demo: {
    summary: "Run four apps, a collector, and the page that compares them",
    load: async () => (await import("./commands/demo.ts")).demo,
  },
  serve: {
    summary: "Run the app in one of its four modes",
    load: async () => (await import("./commands/serve.ts")).serve,
  },
  auto: {
    summary: "Run any program, or the built-in app, with no code changes",
    load: async () => (await import("./commands/auto.ts")).auto,
  },
  collector: {
    summary: "Receive, store, and show telemetry from any program",
    load: async () => (await import("./commands/collector.ts")).collector,
  },
  compare: {
    summary: "Send one request to all four apps and compare the results",
    load: async () => (await import("./commands/compare.ts")).compare,
  },
  traces: {
    summary: "List the traces in a collector, or show one",
    load: async () => (await import("./commands/traces.ts")).traces,
  },
  tail: {
    summary: "Show traces and log records as they arrive",
    load: async () => (await import("./commands/tail.ts")).tail,
  },
  logs: {
    summary: "Show the log records in a collector",
    load: async () => (await import("./commands/logs.ts")).logs,
  },
  metrics: {
    summary: "List the metrics in a collector, or query them",
    load: async () => (await import("./commands/metrics.ts")).metrics,
  },
  services: {
    summary: "List services, their routes, and their calls",
    load: async () => (await import("./commands/services.ts")).services,
  },
  top: {
    summary: "Watch traces in the whole terminal as they arrive",
    load: async () => (await import("./commands/top.ts")).top,
  },
  assert: {
    summary: "Check stored telemetry against a file of expectations",
    load: async () => (await import("./commands/assert.ts")).assert,
  },
  mcp: {
    summary: "Let an assistant read a collector (Model Context Protocol)",
    load: async () => (await import("./commands/mcp.ts")).mcp,
  },
  completions: {
    summary: "Print completions for your shell",
    load: async () => (await import("./commands/completions.ts")).completions,
  },
  "collector-demo": {
    summary: "Write compose files: Collector, Jaeger, Zipkin, Prometheus",
    load: async () => (await import("./commands/collector_demo.ts")).collectorDemo,
  },
  lab: {
    summary: "Run a small part of a Collector's configuration, to learn",
    load: async () => (await import("./commands/lab.ts")).lab,
  },
  doctor: {
    summary: "Check whether your telemetry will arrive",
    load: async () => (await import("./commands/doctor.ts")).doctor,
  },
  guide: {
    summary: "Take the workshop: steps that check themselves",
    load: async () => (await import("./commands/guide.ts")).guide,
  },
  quiz: {
    summary: "Answer the workshop's questions",
    load: async () => (await import("./commands/quiz.ts")).quiz,
  },
  workshop: {
    summary: "Create a workshop folder, or a step of your own",
    load: async () => (await import("./commands/workshop.ts")).workshop,
  },
  class: {
    summary: "Show how the learners of a class are doing, live",
    load: async () => (await import("./commands/class.ts")).classCommand,
  },
  diff: {
    summary: "Show the code that one mode adds to another",
    load: async () => (await import("./commands/diff.ts")).diff,
  },
  load: {
    summary: "Send requests at a steady rate",
    load: async () => (await import("./commands/load.ts")).load,
  },
  fault: {
    summary: "Run a shop with a fault, and find it by its telemetry",
    load: async () => (await import("./commands/fault.ts")).fault,
  },
  upgrade: {
    summary: "Upgrade this program, or print what does",
    load: async () => (await import("./commands/upgrade.ts")).upgrade,
  },
  licenses: {
    summary: "Print the licenses of the software inside",
    load: async () => (await import("./commands/licenses.ts")).licenses,
  },
};

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Runs the program with the given arguments; returns the exit code. */
export async function run(
  args: readonly string[],
  context: Omit<CommandContext, "describeCommands">,
): Promise<number> {
  const output = guardOutput(context.output);
  const { data, status } = output;
  const [name, ...rest] = args;
  try {
    switch (name) {
      case "--version":
      case "-V":
        if (rest.includes("--verbose")) {
          const { versionReport } = await import("./upgrade/version_report.ts");
          for (const line of await versionReport()) data(line);
        } else data(`otel-kit ${VERSION}`);
        return 0;
      case "--help":
      case "-h":
        data(help());
        return 0;
      case undefined:
        status(help());
        return EXIT_USAGE;
      default:
        return await (await findCommand(name)).run(rest, { ...context, output, describeCommands });
    }
  } catch (error) {
    if (error instanceof UsageError) {
      status(error.message);
      status(`Run "otel-kit ${isCommand(name) ? `${name} ` : ""}--help" for usage`);
      return EXIT_USAGE;
    }
    if (error instanceof StartError) {
      status(error.message);
      return EXIT_FAILED;
    }
    throw error;
  }
}

/** All commands with their arguments. */
export async function describeCommands(): Promise<CommandDescription[]> {
  return await Promise.all(
    Object.entries(COMMANDS).map(async ([name, { summary, load }]) => {
      const { flags, words = [], takesProgram = false } = await load();
      return { name, summary, flags: listFlags(flags), words, takesProgram };
    }),
  );
}

function findCommand(name: string): Promise<Command> {
  if (isCommand(name)) return COMMANDS[name]!.load();
  const nearest = suggest(name, Object.keys(COMMANDS), { maxDistance: 2 });
  const hint = nearest ? `. Did you mean ${nearest}?` : "";
  throw new UsageError(`Unknown ${name.startsWith("-") ? "flag" : "command"} ${name}${hint}`);
}

function isCommand(name: string | undefined): boolean {
  return name !== undefined && Object.hasOwn(COMMANDS, name);
}

function help(): string {
  return `OpenTelemetry, hands on: one small web app, instrumented four ways.

Usage: otel-kit COMMAND [flags]

Commands
${
    Object.entries(COMMANDS).map(([name, { summary }]) => `  ${name.padEnd(16)}${summary}`).join(
      "\n",
    )
  }

Flags
  -h, --help      Print this help; after a command, the help of that command
  -V, --version   Print the version; with --verbose, how it was built, too

Try it
  otel-kit demo
  otel-kit serve --mode middleware --traces-exporter console
  curl localhost:5000/error`;
}
