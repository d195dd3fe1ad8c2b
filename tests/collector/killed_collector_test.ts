import { assertEquals } from "@std/assert";
import { postSpan, withCollector } from "../helpers/collector_program.ts";
import { withFolder } from "../helpers/folder.ts";
import { testWith } from "../helpers/needs.ts";
import { fromSources } from "../helpers/program.ts";
import { span, tracesRequest } from "./store/requests.ts";

const SENDERS = 8;
/** The collector is killed after this many answers, while other requests are in flight. */
const REQUESTS = 400;
const LAUNCH = fromSources("main.ts", ["write"]);

testWith(
  ["net", "env", "read", "write", "run", "sys", "signals"],
  "a collector that is killed under load keeps every span that it accepted",
  async () => {
    await withFolder(async (folder) => {
      const flags = [`--db=${folder}/store.db`];
      const taken: string[] = [];
      await withCollector(async ({ httpUrl, program }) => {
        let next = 1;
        const killed = Promise.withResolvers<void>();
        const send = async () => {
          for (;;) {
            const id = (next++).toString(16);
            try {
              const status = await postSpan(httpUrl, tracesRequest([span(id, id)]));
              if (status !== 200) continue;
            } catch {
              return;
            }
            taken.push(id.padStart(32, "0"));
            if (taken.length === REQUESTS) killed.resolve(void program.stop("SIGKILL"));
          }
        };
        await Promise.all([...Array.from({ length: SENDERS }, send), killed.promise]);
      }, { launch: LAUNCH, flags });

      await withCollector(async ({ uiUrl }) => {
        const lines = await (await fetch(`${uiUrl}/api/kit/data?signal=traces`)).text();
        const kept = new Set(lines.match(/[0-9a-f]{32}/g));
        assertEquals(taken.filter((id) => !kept.has(id)), []);
      }, { launch: LAUNCH, flags });
    });
  },
);
