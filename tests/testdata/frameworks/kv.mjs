// Like express.mjs, but with Deno KV.
import process from "node:process";

const kv = await Deno.openKv(":memory:");

const handlers = {
  "/calls": async () => {
    await kv.set(["shoes", 1], "red");
    await kv.get(["shoes", 1]);
    await kv.getMany([["shoes", 1], ["shoes", 2]]);
    await kv.atomic().check({ key: ["shoes", 2], versionstamp: null }).set(["shoes", 2], 1).commit();
    await kv.delete(["shoes", 1]);
  },
  "/list": async () => {
    await kv.set(["shoes", 3], "blue");
    const shoes = await Array.fromAsync(kv.list({ prefix: ["shoes"] }));
    for await (const _shoe of kv.list({ prefix: ["shoes"] })) break;
    if (shoes.length !== 2) throw new Error(`There are ${shoes.length}`);
  },
  "/error": async () => {
    await kv.set(["shoes"], "x".repeat(70_000)).catch(() => {});
    await kv.list({ prefix: ["x".repeat(3_000)] }).next().catch(() => {});
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
