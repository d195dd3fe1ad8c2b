import { describeTarget } from "../../telemetry/otlp/target.ts";
import { maskCredentials } from "../../telemetry/value_types.ts";
import { Activity, type FaultWindow } from "../../workshop/fault/activity.ts";
import { createDesk } from "../../workshop/fault/desk.ts";
import { chooseFault } from "../../workshop/fault/fault.ts";
import { startGateway } from "../../workshop/fault/gateway.ts";
import { openShop } from "../../workshop/fault/shop.ts";
import { runLoad } from "../../workshop/load/load.ts";
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
  const { kind, seed, window, hasLoad, address, variables } = settings;
  const { reading, target } = findDestination(variables);
  for (const line of [...reading.rejections, ...reading.warnings]) status(`Warning: ${line}`);
  for (const note of notesOf(reading).slice(0, 1)) status(note);

  const collector = maskCredentials(target.url);
  const fault = chooseFault(seed, kind);
  const activity = new Activity(window);
  const gateway = startGateway({
    target,
    activity,
    blockade: fault.kind === "blocked-collector" ? fault.blockade : undefined,
    onUnreachable: (reason) =>
      status(
        `Cannot send spans to ${collector}: ${reason}. ` +
          'Start "otel-kit collector" there, or choose another place with --endpoint',
      ),
  });
  const sending = await createShopTelemetry(variables, gateway.url, status);
  const { telemetry, propagator, deliveries } = sending;
  const shop = openShop({ fault, activity, telemetry, propagator });
  const desk = createDesk({
    fault,
    onEnd: (how, wrongAnswers) =>
      status(`The fault was ${how}; wrong answers before: ${wrongAnswers}. Ctrl-C ends the shop`),
  });
  let load: Promise<unknown> = Promise.resolve();
  using announcements = new DisposableStack();

  await serveUntilStop(
    {
      fetch: (request, info) => desk(request) ?? shop.fetch(request, info),
      deliveries,
      async shutdown() {
        await load;
        // Waiting requests may still finish, but clients that keep waiting must not delay the end.
        gateway.release();
        sending.end();
        await shop.close();
        await gateway.shutdown();
      },
    },
    {
      ...address,
      onListen(listening) {
        const url = urlOf(listening);
        const exporter = describeTarget({ ...target, url: gateway.url });
        const lines = describeShop({ ...settings, url, listening, exporter, collector });
        for (const line of lines) status(line);
        announce(window, status, announcements);
        if (hasLoad) load = sendLoad(url, context.stop);
      },
    },
    context,
  );
  return 0;
}

function sendLoad(url: string, signal: AbortSignal): Promise<unknown> {
  return runLoad({ url, rate: LOAD_PER_SECOND, durationMillis: Infinity, errorShare: 0, signal });
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
