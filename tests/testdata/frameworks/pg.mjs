// Like express.mjs, but with PostgreSQL on the port in SHOP_PORT.
import process from "node:process";
import pg from "pg";

const port = Number(process.env.SHOP_PORT);
const place = { host: "127.0.0.1", port, user: "shop", database: "postgres" };
// All requests share one connection.
const pool = new pg.Pool({ ...place, max: 1 });

/** Resolves when the query has finished, as reported by events. */
async function askWithEvents() {
  const client = await pool.connect();
  const query = client.query(new pg.Query("select 3 from pg_class limit 1"));
  await new Promise((resolve, reject) => query.once("end", resolve).once("error", reject));
  client.release();
}

const handlers = {
  "/query": () => pool.query("select 'secret', $1::int as id from pg_class limit 1", [7]),
  "/callback": () =>
    new Promise((resolve, reject) => {
      pool.query({ text: "select 1" }, (error, result) => error ? reject(error) : resolve(result));
    }),
  "/error": () => pool.query("select * from missing").catch(() => {}),
  "/events": askWithEvents,
  "/slow": () => pool.query("select pg_sleep(0.1)"),
  "/quick": () => pool.query("update pg_settings set setting = setting where name = 'none'"),
  "/thrown": () => {
    try {
      pg.Client.prototype.query.call({}, "select 1");
    } catch {
      // It isn't a client.
    }
  },
};

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => process.stderr.write(`Listening on http://127.0.0.1:${port}/\n`),
}, async ({ url }) => {
  await handlers[new URL(url).pathname]();
  return new Response("done");
});
