import { checkQuery } from "../collector/query_flag.ts";
import { clientOf, UI_URL_FLAG } from "../collector/api_client.ts";
import { defineCommand } from "../command.ts";
import { UsageError } from "../errors.ts";
import type { FlagTable } from "../flags/flags.ts";
import { type Help, section } from "../flags/help.ts";

const FLAGS = {
  query: {
    placeholder: "QUERY",
    nonEmpty: true,
    help: "Only traces that match, such as 'service:shop status:error duration>100ms'",
  },
  plain: { help: "Not supported: `otel-kit tail` prints line by line" },
  ...UI_URL_FLAG,
} as const satisfies FlagTable;

/** `otel-kit top`: what a collector stores, live in the whole terminal. */
export const top = defineCommand({
  name: "top",
  flags: FLAGS,
  help,
  async run({ flags }, { stop }) {
    const { query = "" } = flags;
    checkQuery(query);
    const client = clientOf(flags);
    const { canDraw, readTerminalFacts } = await import("../screen/can_draw.ts");
    if (flags.plain || !canDraw(readTerminalFacts())) {
      const reason = flags.plain ? "with --plain" : "here: it needs a terminal";
      throw new UsageError(`Cannot run top ${reason}. "otel-kit tail" prints line by line`);
    }
    const { runScreen } = await import("../screen/run_screen.ts");
    const { TopScreen } = await import("../top/top_screen.ts");
    await runScreen(stop, (running) => new TopScreen(client, query, running));
    return 0;
  },
});

function help(): Help {
  return {
    usage: "[flags]",
    about:
      "Shows traces as they arrive at a running collector or demo, in the whole terminal: list, " +
      "waterfall, span details, and log records. Press ? for the keys.",
    more: [
      section("Try it", [
        ["otel-kit demo --no-open", "in one terminal, and in another"],
        ["otel-kit top", "which shows what the apps send"],
      ]),
    ],
  };
}
