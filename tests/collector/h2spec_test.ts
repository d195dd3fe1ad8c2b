import { assertEquals, assertMatch } from "@std/assert";
import { createGrpcReceiver } from "../../lib/collector/receivers/grpc_receiver.ts";
import { memoryReceiverOptions } from "../helpers/collector_store.ts";
import { testIf } from "../helpers/needs.ts";
import { needsProgram, onPath } from "../helpers/on_path.ts";

/**
 * https://github.com/summerwind/h2spec 2.2.1 has this many tests in its generic, http2, and hpack sections.
 */
const MIN_TESTS = 145;

testIf(
  needsProgram("h2spec"),
  ["net", "env", "read", "run"],
  "the gRPC receiver passes all tests of h2spec",
  async () => {
    const options = memoryReceiverOptions();
    await using receiver = createGrpcReceiver(options);
    const { stdout } = await new Deno.Command(onPath("h2spec"), {
      args: ["--host", "127.0.0.1", "--port", String(receiver.port)],
    }).output();
    const report = new TextDecoder().decode(stdout);
    const [summary = "", tests, passed] = /^(\d+) tests, (\d+) passed, .*$/m.exec(report) ?? [];
    assertMatch(summary, /, 0 skipped, 0 failed$/, report.slice(report.indexOf("Failures:")));
    assertEquals([tests, Number(tests) >= MIN_TESTS], [passed, true]);
  },
);
