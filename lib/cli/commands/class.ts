import { CLASS_PORT } from "../../default_ports.ts";
import { PORT } from "../../telemetry/value_types.ts";
import { aborted } from "../../time.ts";
import { defineCommand } from "../command.ts";
import { UsageError } from "../errors.ts";
import { COLLECTOR_FLAGS } from "../flags/collector_flags.ts";
import type { FlagTable } from "../flags/flags.ts";
import { type Help, section } from "../flags/help.ts";

const FLAGS = {
  port: {
    placeholder: "N",
    help: `Port of the page, and for the learners' guides (default ${CLASS_PORT})`,
  },
  host: {
    ...COLLECTOR_FLAGS.host,
    help: "Address to listen on (default 127.0.0.1): for a room, the address of this machine " +
      "in its network, or 0.0.0.0",
  },
  course: { placeholder: "DIR", nonEmpty: true, help: "Folder of your own course" },
  csv: {
    placeholder: "FILE",
    nonEmpty: true,
    file: true,
    help: "Write the table to this file at the end, and whenever you press e",
  },
  plain: { help: "Print changes line by line, for pipes and screen readers" },
} as const satisfies FlagTable;

/** `otel-kit class`: what the guides of a class report, in the terminal and on a page. */
export const classCommand = defineCommand({
  name: "class",
  flags: FLAGS,
  help,
  async run({ flags }, { output, stop }) {
    const port = PORT.parse(flags.port ?? String(CLASS_PORT));
    if (port === undefined) {
      throw new UsageError(`Cannot use --port "${flags.port}": expected ${PORT.expected}`);
    }
    const { course, csv, plain, host: hostname = "127.0.0.1" } = flags;
    const { openClass } = await import("../class/open_class.ts");
    const { describeClass, joinLines } = await import("../class/describe_class.ts");
    await using running = await openClass({
      hostname,
      port,
      report: output.status,
      ...course !== undefined && { course },
    });
    const { CsvFile } = await import("../class/csv_file.ts");
    const file = csv === undefined ? undefined : new CsvFile(csv, running.view);
    // A file that can't be written is reported now, not after the lesson.
    await file?.write();
    for (const line of describeClass(running)) output.status(line);
    const { canDraw, readTerminalFacts } = await import("../screen/can_draw.ts");
    if (!plain && canDraw(readTerminalFacts())) {
      const { runScreen } = await import("../screen/run_screen.ts");
      const { ClassScreen } = await import("../class/class_screen.ts");
      const parts = { source: running, joinLines: joinLines(running), file };
      await runScreen(stop, (screen) => new ClassScreen(parts, screen));
    } else {
      const { printChanges } = await import("../class/print_changes.ts");
      using _changes = printChanges(running, output);
      await aborted(stop);
    }
    await file?.write();
    return 0;
  },
});

function help(): Help {
  return {
    usage: "[flags]",
    about: "Shows which step each learner of a class is at, whether it passed, and where " +
      "telemetry gets lost. Learners take part with the command that it prints, under a name " +
      "that they choose. Everything is in memory, and gone when you quit.",
    more: [
      section("Environment", [
        ["OTEL_KIT_TOKEN", "The teacher's token for the page (default: a new one)"],
      ]),
      section("Try it", [
        ["otel-kit class", "in one terminal, and in another, the command that it prints"],
      ]),
      section("Security", [
        ["tokens", "the learners' can only report; yours shows the page, and may remove all rows"],
        [
          "encryption",
          "none: with --host, others in the network might read names, steps, and tokens",
        ],
      ]),
    ],
  };
}
