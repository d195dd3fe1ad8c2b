// Like express.mjs, but with Oak.
import process from "node:process";
import { Application, HttpServerNative, Router } from "@oak/oak";

const orders = new Router();
orders.get("/:id", (c) => {
  c.response.headers.set("x-shop", "open");
  c.response.body = `order ${c.params.id}\n`;
});

const router = new Router();
router.use("/shops/:shop/orders", orders.routes());
router.get("/error", () => {
  throw new RangeError("no more shoes");
});
router.get("/suppliers/:port", async (c) => {
  const answer = await fetch(`http://127.0.0.1:${c.params.port}/`);
  c.response.body = await answer.text();
});
router.get("/passed", (_c, next) => next());

const app = new Application({ logErrors: false, serverConstructor: HttpServerNative });
app.use((c, next) => {
  if (c.request.url.pathname === "/guarded") throw new TypeError("no key");
  return next();
});
app.use(router.routes());
app.use(router.allowedMethods());

await app.listen({
  hostname: "127.0.0.1",
  port: 0,
  onListen: ({ port }) => process.stderr.write(`Listening on http://127.0.0.1:${port}/\n`),
});
