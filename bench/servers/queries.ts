/**
 * Calls a database for a second whenever it receives a line, and prints the CPU of one call in microseconds. The
 * arguments are the name of the client, its package, and the port. With `spans`, it writes a span for each call by hand.
 */
import process from "node:process";

const CALLS = 500;
const SPAN_ATTRIBUTES = 6;
const MILLIS = 1_000;

type Call = () => Promise<unknown>;

/** The part of the clients that is used here. */
interface Clients {
  pg: {
    default: {
      Pool: new (place: object) => { query(sql: string, values: unknown[]): Promise<unknown> };
    };
  };
  mysql2: {
    default: {
      createConnection(
        place: object,
      ): Promise<{ query(sql: string, values: unknown[]): Promise<unknown> }>;
    };
  };
  ioredis: { Redis: new (place: object) => { get(key: string): Promise<unknown> } };
}

/** An unstable API. */
interface KvOpener {
  openKv(path: string): Promise<{ get(key: readonly unknown[]): Promise<unknown> }>;
}

/** One call of each client. The program that starts this one gives the package, so that nothing is imported here. */
const CLIENTS: Record<string, (specifier: string, port: number) => Promise<Call>> = {
  async pg(specifier, port) {
    const { default: pg }: Clients["pg"] = await import(specifier);
    const pool = new pg.Pool({
      host: "127.0.0.1",
      port,
      user: "shop",
      database: "postgres",
      max: 1,
    });
    return () => pool.query("select 'secret', $1::int as id from pg_class limit 1", [7]);
  },
  async mysql2(specifier, port) {
    const { default: mysql }: Clients["mysql2"] = await import(specifier);
    const client = await mysql.createConnection({ host: "127.0.0.1", port, user: "shop" });
    return () => client.query("select 'secret', ? as id", [7]);
  },
  async ioredis(specifier, port) {
    const { Redis }: Clients["ioredis"] = await import(specifier);
    const client = new Redis({ host: "127.0.0.1", port });
    return () => client.get("order");
  },
  async kv() {
    const kv = await (Deno as unknown as KvOpener).openKv(":memory:");
    return () => kv.get(["order", 7]);
  },
};

interface Tracer {
  startActiveSpan<T>(name: string, options: object, run: (span: Span) => T): T;
}

interface Span {
  setAttributes(attributes: Record<string, string>): void;
  end(): void;
}

const { telemetry } = Deno as unknown as {
  telemetry: { tracerProvider: { getTracer(name: string): Tracer } };
};
const tracer = telemetry.tracerProvider.getTracer("bench");

const [name = "", specifier = "", port = "", mode] = Deno.args;
const ask = await CLIENTS[name]!(specifier, Number(port));
const attributes = Object.fromEntries(
  Array.from({ length: SPAN_ATTRIBUTES }, (_, i) => [`db.attribute.${i}`, "a value"]),
);
const askInSpan = () =>
  tracer.startActiveSpan("call", { kind: 2 }, async (span) => {
    span.setAttributes(attributes);
    await ask();
    span.end();
  });
const call = mode === "spans" ? askInSpan : ask;

/** In a span, because some calls outside of traces have none. */
const callAll = () =>
  tracer.startActiveSpan("all", {}, async (span) => {
    for (let i = 0; i < CALLS; i++) await call();
    span.end();
  });

for await (const _ of Deno.stdin.readable) {
  const begin = performance.now();
  const before = process.cpuUsage();
  let calls = 0;
  while (performance.now() - begin < MILLIS) {
    await callAll();
    calls += CALLS;
  }
  const { user, system } = process.cpuUsage(before);
  // deno-lint-ignore no-console
  console.log((user + system) / calls);
}
