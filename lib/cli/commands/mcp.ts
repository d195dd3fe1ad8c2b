import { anyAnswer } from "../collector/answer_shapes.ts";
import { clientOf, UI_URL_FLAG } from "../collector/api_client.ts";
import { defineCommand } from "../command.ts";
import { type Help, section } from "../flags/help.ts";
import { aborted } from "../../time.ts";

/** `otel-kit mcp`: a server of the Model Context Protocol on standard input and output. */
export const mcp = defineCommand({
  name: "mcp",
  flags: UI_URL_FLAG,
  help,
  async run({ flags }, { output, stop }) {
    const client = clientOf(flags);
    const { serveMcp } = await import("../../mcp/stdio.ts");
    output.status(
      `Answering an assistant on standard input with what ${client.origin} stores; ` +
        "press Ctrl-C to stop",
    );
    const ask = async <T>(path: string) => await client.get<T>(path, anyAnswer<T>());
    const serving = serveMcp({ ask });
    await Promise.race([aborted(stop), serving.ended]);
    await serving.close();
    return 0;
  },
});

function help(): Help {
  return {
    usage: "[flags]",
    about:
      "Lets an assistant read what a running collector or demo stores: services, traces, logs, " +
      "metrics, and what is wrong with them. The assistant starts this command itself, and speaks " +
      "the Model Context Protocol on standard input and output. A collector also answers the " +
      "protocol over HTTP, at /mcp on the page's port.",
    more: [
      section("Configure your assistant to start", [
        ["otel-kit mcp", "for a collector on this machine"],
        ["otel-kit mcp --ui-url 17000", "for one with another page port"],
      ]),
    ],
  };
}
