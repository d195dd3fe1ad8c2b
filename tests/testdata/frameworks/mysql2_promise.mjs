// Like mysql2.mjs, but with promises.
import process from "node:process";
import mysql from "mysql2/promise";

const place = { host: "127.0.0.1", port: Number(process.env.SHOP_PORT), user: "shop" };
const pool = mysql.createPool({ ...place, database: "shop" });
const connection = await mysql.createConnection(place);

const handlers = {
  "/query": () => pool.query("select 'secret', ? as id from dual limit 1", [7]),
  "/execute": () => pool.execute("select ? as id", [7]),
  "/connection": () => connection.query("select 'secret', ? as id", [7]),
  "/error": () => pool.query("select * from missing").catch(() => {}),
};

Deno.serve({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => process.stderr.write(`Listening on http://127.0.0.1:${port}/\n`),
}, async ({ url }) => {
  await handlers[new URL(url).pathname]();
  return new Response("done");
});
