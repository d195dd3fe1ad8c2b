// Like express.mjs, but with Redis on the port in SHOP_PORT.
import process from "node:process";
import { Redis } from "ioredis";

const redis = new Redis({ host: "127.0.0.1", port: Number(process.env.SHOP_PORT), db: 1 });

const handlers = {
  "/set": () => redis.set("shoe:1", "secret", "EX", 60),
  "/pipeline": () => redis.pipeline().get("shoe:1").mget("shoe:1", "shoe:2").exec(),
  "/callback": () =>
    new Promise((resolve, reject) => {
      redis.get("shoe:1", (error, value) => error ? reject(error) : resolve(value));
    }),
  "/error": () => redis.lpush("shoe:1", "secret").catch(() => {}),
  "/late": async () => {
    // Its commands wait for the connection.
    const late = redis.duplicate();
    await late.echo("secret");
    late.disconnect();
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
