import { join } from "node:path";
import { createGuard } from "../../collector/guard.ts";
import { messageOf } from "../../error_message.ts";
import { aborted } from "../../time.ts";
import { dashboardHtml } from "../../workshop/rules/dashboard.ts";
import { evaluatePanels } from "../../workshop/rules/panels.ts";
import { readRules, RulesError } from "../../workshop/rules/read_rules.ts";
import { startAppServer, urlOf } from "../app/app_server.ts";
import type { CommandContext } from "../command.ts";
import { UsageError } from "../errors.ts";
import type { WordOptions } from "./word.ts";

const FILE = "red.rules.yaml";
const HOSTNAME = "127.0.0.1";
const SHUTDOWN_TIMEOUT_MS = 1000;

const STEP_MS = 5000;
const RANGE_MS = 5 * 60_000;

/** Draws the learner's rules as a page, until stopped. The file and its results are read for each request. */
export async function dashboard(
  { session }: { session: Pick<WordOptions["session"], "folder" | "backends"> },
  { output, stop }: Pick<CommandContext, "output" | "stop">,
): Promise<number> {
  const { folder, backends: { prometheusUrl } } = session;
  if (folder === undefined) {
    throw new UsageError("Cannot draw a dashboard without your folder: name it with --dir");
  }
  const guard = createGuard({ hostname: HOSTNAME });
  const server = startAppServer(async (request) => {
    const refusal = guard.check("page", request);
    if (refusal) return new Response(`${refusal.message}\n`, { status: refusal.status });
    if (new URL(request.url).pathname !== "/") return new Response("Not found\n", { status: 404 });
    const page = await draw(join(folder, FILE), prometheusUrl);
    return new Response(page, { headers: { "content-type": "text/html; charset=utf-8" } });
  }, { hostname: HOSTNAME, port: 0 });
  output.data(urlOf(server.address));
  output.status(`Open this address: it shows ${join(folder, FILE)}. Stop it with Ctrl-C`);
  await aborted(stop);
  await server.shutdown(SHUTDOWN_TIMEOUT_MS);
  return 0;
}

async function draw(path: string, prometheusUrl: string): Promise<string> {
  // All queries have their points at the same times.
  const to = Math.floor(Date.now() / STEP_MS) * STEP_MS;
  const range = { from: to - RANGE_MS, to, stepMillis: STEP_MS };
  const shown = { file: FILE, range, everySeconds: STEP_MS / 1000 };
  try {
    const rules = readRules(await Deno.readTextFile(path));
    return dashboardHtml({ ...shown, panels: await evaluatePanels(rules, prometheusUrl, range) });
  } catch (error) {
    if (!(error instanceof RulesError) && !(error instanceof Deno.errors.NotFound)) throw error;
    const problem = error instanceof RulesError
      ? `${FILE}: ${error.message}`
      : `Cannot read ${path}: ${messageOf(error)}`;
    return dashboardHtml({ ...shown, panels: [], problem });
  }
}
