import { postSpan, withCollector } from "../../helpers/collector_program.ts";
import { withFolder } from "../../helpers/folder.ts";
import { type Need, testWith } from "../../helpers/needs.ts";
import { freePort } from "../../helpers/ports.ts";
import { fromSources, type RunningProgram, spawn } from "../../helpers/program.ts";
import { poll } from "../../helpers/poll.ts";
import { span, tracesRequest } from "../store/requests.ts";

const NEEDS: readonly Need[] = ["net", "env", "read", "write", "run", "sys", "signals"];
const LAUNCH = fromSources("main.ts", ["write"]);
const SENDERS = 4;
/** The sending side is killed after so many answers, while other requests are in flight. */
const REQUESTS = 200;

testWith(
  NEEDS,
  "what a collector with --db and --forward accepted arrives, whichever side is killed",
  async () => {
    await withFolder(async (folder) => {
      const target = new Target(folder);
      const flags = [`--db=${folder}/store.db`, `--forward=${target.httpUrl}`];
      const options = { launch: LAUNCH, flags };
      const taken: string[] = [];
      let next = 1;
      /** Sends until the collector is killed. */
      const runAndKill = async (halfway: () => Promise<void>) => {
        await withCollector(async ({ httpUrl, program }) => {
          const goal = taken.length + REQUESTS;
          const killed = Promise.withResolvers<void>();
          const send = async () => {
            for (;;) {
              const id = (next++).toString(16);
              try {
                if (await postSpan(httpUrl, tracesRequest([span(id, id)])) !== 200) continue;
              } catch {
                return;
              }
              taken.push(id.padStart(32, "0"));
              if (taken.length === goal - REQUESTS / 2) await halfway();
              if (taken.length === goal) killed.resolve(void program.stop("SIGKILL"));
            }
          };
          await Promise.all([...Array.from({ length: SENDERS }, send), killed.promise]);
        }, options);
      };

      try {
        await runAndKill(() => Promise.resolve()); // The target has never been there.
        await target.start();
        await runAndKill(() => target.kill());
        await target.start();
        await withCollector(async () => {
          await poll(async () => {
            const stored = await target.read();
            const missing = taken.filter((id) => !stored.includes(id)).length;
            return missing === 0 ? { result: true } : { answer: `${missing} are missing` };
          }, "the target");
        }, options);
      } finally {
        await target.kill();
      }
    });
  },
);

/** Another collector, which keeps its data and ports when it is killed and started again. */
class Target {
  readonly #flags: string[];
  readonly #uiUrl: string;
  readonly httpUrl: string;
  #program: Omit<RunningProgram, "url"> | undefined;

  constructor(folder: string) {
    const [http, ui] = [freePort(), freePort()];
    this.httpUrl = `http://127.0.0.1:${http}`;
    this.#uiUrl = `http://127.0.0.1:${ui}`;
    const ports = [`--http-port=${http}`, `--ui-port=${ui}`, "--grpc-port=0"];
    this.#flags = ["collector", `--db=${folder}/target.db`, ...ports];
  }

  async start(): Promise<void> {
    this.#program = spawn(this.#flags, { launch: LAUNCH });
    await this.#program.waitFor("stderr", "Ctrl-C");
  }

  async kill(): Promise<void> {
    await this.#program?.stop("SIGKILL");
  }

  async read(): Promise<string> {
    return await (await fetch(`${this.#uiUrl}/api/kit/data?signal=traces`)).text();
  }
}
