import { context, propagation, type TextMapPropagator } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { ENTRANCE, SERVICE_NAMES, type ServiceName } from "./routes.ts";
import { createService, type ServiceOptions } from "./service.ts";

/** Options of {@linkcode openShop}. */
export interface ShopOptions extends Omit<ServiceOptions, "addressOf"> {
  propagator: TextMapPropagator;
}

/** A shop of several services, some of which may have a fault. */
export interface Shop extends AsyncDisposable {
  /** Responds to customers; the code that opened the shop starts the listener. */
  fetch: Deno.ServeHandler<Deno.NetAddr>;
  /** Sends the metrics up to now. */
  flushMetrics(): Promise<void>;
  /** Stops the services, flushes the queued telemetry, and releases the global API. */
  close(): Promise<void>;
}

/**
 * Opens the shop. Its services are real, except that they share a process: each listens on a free
 * port of this machine, calls the others over HTTP, and has its own providers. They use the
 * API's global context manager and propagator.
 */
export function openShop({ propagator, ...parts }: ShopOptions): Shop {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(propagator);
  const servers = new Map<ServiceName, Deno.HttpServer<Deno.NetAddr>>();
  const addressOf = (name: ServiceName) => `http://127.0.0.1:${servers.get(name)!.addr.port}`;
  const services = new Map(
    SERVICE_NAMES.map((name) => [name, createService(name, { ...parts, addressOf })]),
  );
  for (const [name, { app }] of services) {
    if (name === ENTRANCE.service) continue;
    const address = { hostname: "127.0.0.1", port: 0, onListen: () => {} };
    servers.set(name, Deno.serve(address, app.fetch));
  }

  async function close(): Promise<void> {
    await Promise.all(servers.values().map((server) => server.shutdown()));
    await Promise.all(
      services.values().flatMap(({ tracerProvider, meterProvider }) => [
        tracerProvider.shutdown(),
        meterProvider.shutdown(),
      ]),
    );
    context.disable();
    propagation.disable();
  }

  return {
    fetch: services.get(ENTRANCE.service)!.app.fetch,
    async flushMetrics() {
      await Promise.all(services.values().map(({ meterProvider }) => meterProvider.forceFlush()));
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
