// Like express.mjs, but with MariaDB on the port in SHOP_PORT, using callbacks.
import process from "node:process";
import mysql from "mysql2";

const place = { host: "127.0.0.1", port: Number(process.env.SHOP_PORT), user: "shop" };
// All requests share one connection.
const pool = mysql.createPool({ ...place, database: "shop", connectionLimit: 1 });

/** Resolves when the statement has finished, as reported by events. */
function askWithEvents() {
  return new Promise((resolve, reject) => {
    pool.query("select 3 from information_schema.tables limit 1")
      .once("end", resolve).once("error", reject);
  });
}

const ask = (how, ...args) =>
  new Promise((resolve) => pool[how](...args, (error, rows) => resolve(error ?? rows)));

const handlers = {
  "/query": () => ask("query", "select 'secret', ? as id from dual limit 1", [7]),
  "/execute": () => ask("execute", "select ? as id", [7]),
  "/error": () => ask("query", { sql: "select * from missing" }),
  "/events": askWithEvents,
  "/slow": () => ask("query", "select sleep(0.1)"),
  "/quick": () => ask("query", "set @a = 1"),
};

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => process.stderr.write(`Listening on http://127.0.0.1:${port}/\n`),
}, async ({ url }) => {
  await handlers[new URL(url).pathname]();
  return new Response("done");
});
