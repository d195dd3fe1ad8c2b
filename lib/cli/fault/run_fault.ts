import type { Delivery } from "../../telemetry/delivery.ts";
import { describeTarget } from "../../telemetry/otlp/target.ts";
import { maskCredentials } from "../../telemetry/value_types.ts";
import { Activity, type FaultWindow } from "../../workshop/fault/activity.ts";
import { createDesk } from "../../workshop/fault/desk.ts";
import { Evidence } from "../../workshop/fault/evidence.ts";
import { chooseFault, MAX_SEED, seedOf } from "../../workshop/fault/fault.ts";
import { startGateway } from "../../workshop/fault/gateway.ts";
import { addToHistory, nextKind, readHistory } from "../../workshop/fault/history.ts";
import { openShop } from "../../workshop/fault/shop.ts";
import { runLoad } from "../../workshop/load/load.ts";
import { faultHistoryPath } from "../../workshop/progress/progress_file.ts";
import { urlOf } from "../app/app_server.ts";
import type { CommandContext } from "../command.ts";
import { serveUntilStop } from "../app/serve_until_stop.ts";
import { notesOf } from "../app/telemetry_source.ts";
import { describeShop } from "./describe_shop.ts";
import type { FaultSettings } from "./fault_settings.ts";
import { createShopTelemetry, findDestination } from "./shop_telemetry.ts";

const LOAD_PER_SECOND = 2;

/** Runs the shop until the context is aborted; returns the exit code. */
export async function runFault(settings: FaultSettings, context: CommandContext): Promise<number> {
  const { status } = context.output;
  const { kind, window, hasLoad, address, variables } = settings;
  const { reading, target } = findDestination(variables);
  for (const line of [...reading.rejections, ...reading.warnings]) status(`Warning: ${line}`);
  for (const note of notesOf(reading).slice(0, 1)) status(note);

  const collector = maskCredentials(target.url);
  const historyFile = faultHistoryPath(Deno.env.toObject());
  const seed = settings.seed ?? await drawSeed(kind, historyFile);
  const fault = chooseFault(seed, kind);
  const evidence = new Evidence();
  const activity = new Activity(window);
  const gateway = startGateway({
    target,
    activity,
    blockade: fault.kind === "blocked-collector" ? fault.blockade : undefined,
    onUnreachable: (reason) =>
      status(
        `Cannot send telemetry to ${collector}: ${reason}. ` +
          'Start "otel-kit collector" there, or choose another place with --endpoint',
      ),
  });
  // From then on, the exporter's messages would tell which fault it is.
  let isListening = false;
  let isOver = false;
  const sending = await createShopTelemetry(variables, gateway.url, (line) => {
    if (!isListening || isOver) status(line);
  });
  const { telemetry, propagator, deliveries } = sending;
  const shop = openShop({ fault, activity, evidence, telemetry, propagator });
  const desk = createDesk({
    fault,
    evidence,
    onEnd(how, tries) {
      isOver = true;
      status(`The fault was ${how}; tries: ${tries}. Ctrl-C ends the shop`);
    },
  });
  let load: Promise<unknown> = Promise.resolve();
  let noted = Promise.resolve();
  using announcements = new DisposableStack();

  await serveUntilStop(
    {
      fetch: (request, info) => desk(request) ?? shop.fetch(request, info),
      deliveries: [],
      async shutdown() {
        await Promise.all([load, noted]);
        // Waiting requests may still finish, but clients that keep waiting must not delay the end.
        gateway.release();
        sending.end();
        await shop.close();
        await gateway.shutdown();
        if (isOver) reportDeliveries(deliveries, status);
      },
    },
    {
      ...address,
      onListen(listening) {
        isListening = true;
        const url = urlOf(listening);
        const exporter = describeTarget({ ...target, url: gateway.url });
        const lines = describeShop({ ...settings, seed, url, listening, exporter, collector });
        for (const line of lines) status(line);
        announce(window, status, announcements);
        if (historyFile !== undefined) noted = addToHistory(historyFile, fault.kind);
        if (hasLoad) load = sendLoad(url, context.stop);
      },
    },
    context,
  );
  return 0;
}

/** A seed of the asked kind, or of one that the learner hasn't met lately. */
async function drawSeed(
  asked: FaultSettings["kind"],
  historyFile: string | undefined,
): Promise<number> {
  if (asked) return Math.floor(Math.random() * (MAX_SEED + 1));
  const met = historyFile === undefined ? [] : await readHistory(historyFile);
  return seedOf(nextKind(met, Math.random()), Math.random());
}

function sendLoad(url: string, signal: AbortSignal): Promise<unknown> {
  return runLoad({ url, rate: LOAD_PER_SECOND, durationMillis: Infinity, errorShare: 0, signal });
}

/** Before the fault is found, this would tell whether it is in the shop. */
function reportDeliveries(deliveries: readonly Delivery[], status: (line: string) => void): void {
  for (const delivery of deliveries.filter(({ signal }) => signal === "traces")) {
    const line = delivery.close();
    if (line !== undefined) status(line);
  }
}

/** Reports when a temporary fault starts and ends. */
function announce(
  { afterMillis, forMillis }: FaultWindow,
  status: (line: string) => void,
  stack: DisposableStack,
): void {
  const tell = (line: string, delayMillis: number) => {
    const timer = setTimeout(() => status(line), delayMillis);
    stack.defer(() => clearTimeout(timer));
  };
  if (afterMillis > 0) tell("The fault has started", afterMillis);
  if (forMillis < Infinity) tell("The fault has ended", afterMillis + forMillis);
}
