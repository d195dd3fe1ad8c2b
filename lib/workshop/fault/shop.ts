import { context, propagation, type TextMapPropagator } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { ENTRANCE, SERVICE_NAMES, type ServiceName } from "./routes.ts";
import { createService, type ServiceOptions } from "./service.ts";

/** Options of {@linkcode openShop}. */
export interface ShopOptions extends Omit<ServiceOptions, "addressOf"> {
  propagator: TextMapPropagator;
}

/** A shop of several services, of which one or the other has a fault. */
export interface Shop extends AsyncDisposable {
  /** Answers customers; whoever opened the shop lets it listen. */
  fetch: Deno.ServeHandler<Deno.NetAddr>;
  /** Ends the services, sends the spans that wait, and gives the global API back. */
  close(): Promise<void>;
}

/**
 * Opens the shop. Its services are real ones, but for being in one process: each listens on a free
 * port of this machine, asks the others over HTTP, and has a tracer provider of its own. Context
 * manager and propagator are the global ones of the API.
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
    await Promise.all(services.values().map(({ provider }) => provider.shutdown()));
    context.disable();
    propagation.disable();
  }

  return {
    fetch: services.get(ENTRANCE.service)!.app.fetch,
    close,
    [Symbol.asyncDispose]: close,
  };
}
