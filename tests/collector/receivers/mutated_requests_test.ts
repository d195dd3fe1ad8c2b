import { assert, assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { testWith } from "../../helpers/needs.ts";

const REQUESTS = 100_000;

/**
 * The memory that 50,000 requests may leave behind. The engine's own memory varies by about 20 MB; a leak
 * of one kilobyte per request would add up to 50 MB.
 */
const MAX_GROWTH_BYTES = 40 * 1024 * 1024;

const PROGRAM = new URL("../../testdata/programs/mutated_requests.ts", import.meta.url);

testWith(
  ["read", "run"],
  "requirement 33: 100,000 mutated requests are answered 200 or 4xx and leave nothing",
  async () => {
    // Most requests end in an error, and formatting stack traces would take most of the time.
    const flags = "--v8-flags=--expose-gc,--stack-trace-limit=0";
    const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "--allow-env", flags, fileURLToPath(PROGRAM), String(REQUESTS)],
    }).output();
    assert(success, new TextDecoder().decode(stderr));
    const { statuses, growthBytes } = JSON.parse(new TextDecoder().decode(stdout));
    assert(growthBytes < MAX_GROWTH_BYTES, `grew by ${growthBytes} bytes`);
    const text = JSON.stringify(statuses);
    for (const status of Object.keys(statuses)) assert(/^(200|4\d\d)$/.test(status), text);
    const total = Object.values<number>(statuses).reduce((sum, count) => sum + count);
    assertEquals(total, REQUESTS);
    // Both outcomes must occur, or the mutations are too weak or too strong to be useful.
    assert(statuses[200] > REQUESTS / 50 && statuses[400] > REQUESTS / 5, text);
  },
);
