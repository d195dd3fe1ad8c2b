/** The spans of programs on frameworks other than Hono, on Deno under `otel-kit auto`. */
import { withFolder } from "../../helpers/folder.ts";
import { checkFramework, type Visit } from "./frameworks.ts";
import { testOnEach } from "./launching.ts";
import { install, serveOak } from "./oak_package.ts";

const EXPRESS_VISITS: Visit[] = [
  {
    path: "/shops/1/orders/7?sig=secret",
    answer: [200, "order 7\n"],
    name: "GET /shops/:shop/orders/:id",
  },
  {
    path: "/shops/1/orders/7/lines",
    answer: [200, "lines of 7\n"],
    name: "GET /shops/:shop/orders/:order/lines",
  },
  { path: "/error", answer: [500], name: "GET /error", thrown: ["RangeError", "no more shoes"] },
  {
    path: "/answered",
    answer: [503, "sold out\n"],
    name: "GET /answered",
    thrown: ["RangeError", "sold out"],
  },
  { path: "/guarded", answer: [500], name: "GET", thrown: ["TypeError", "no key"] },
  { path: "/passed", answer: [404], name: "GET" },
  { path: "/none", answer: [404], name: "GET" },
];

for (const version of ["5.3.0", "4.22.3"]) {
  testOnEach(`Express ${version} has route, exception and headers`, async (deno) => {
    const imports = { express: `npm:express@${version}` };
    await checkFramework(
      deno,
      { program: "frameworks/express.mjs", imports },
      EXPRESS_VISITS,
    );
  });
}

const FASTIFY_VISITS: Visit[] = [
  {
    path: "/shops/1/orders/7?sig=secret",
    answer: [200, "order 7\n"],
    name: "GET /shops/:shop/orders/:id",
  },
  { path: "/error", answer: [500], name: "GET /error", thrown: ["RangeError", "no more shoes"] },
  {
    path: "/answered",
    answer: [503, "sold out\n"],
    name: "GET /answered",
    thrown: ["RangeError", "sold out"],
  },
  { path: "/guarded", answer: [500], name: "GET /guarded", thrown: ["TypeError", "no key"] },
  { path: "/none", answer: [404], name: "GET" },
];

for (const version of ["5.12.8", "4.29.1"]) {
  testOnEach(`Fastify ${version} has route, exception and headers`, async (deno) => {
    const imports = { fastify: `npm:fastify@${version}` };
    await checkFramework(
      deno,
      { program: "frameworks/fastify.mjs", imports },
      FASTIFY_VISITS,
    );
  });
}

const HONO_VISITS: Visit[] = [
  {
    path: "/shops/1/orders/7?sig=secret",
    answer: [200, "order 7\n"],
    name: "GET /shops/:shop/orders/:id",
  },
  { path: "/error", answer: [500], name: "GET /error", thrown: ["RangeError", "no more shoes"] },
  { path: "/none", answer: [404], name: "GET" },
];

for (const version of ["2.1.9", "1.19.19"]) {
  testOnEach(
    `Hono on @hono/node-server ${version} has route, exception and headers`,
    async (deno) => {
      const imports = {
        hono: "npm:hono@4.13.19",
        "@hono/node-server": `npm:@hono/node-server@${version}`,
      };
      await checkFramework(deno, { program: "frameworks/hono_node.mjs", imports }, HONO_VISITS);
    },
  );
}

const NODE_VISITS: Visit[] = [
  { path: "/shops/1/orders/7?sig=secret", answer: [200, "order 7\n"], name: "GET" },
  { path: "/none", answer: [404], name: "GET" },
];

const ON_NODE_HTTP = {
  "a server on node:http": { program: "frameworks/node_http.mjs", imports: {} },
  "Koa 3.3.0": { program: "frameworks/koa.mjs", imports: { koa: "npm:koa@3.3.0" } },
};

for (const [what, framework] of Object.entries(ON_NODE_HTTP)) {
  testOnEach(`${what} has headers and addresses`, async (deno) => {
    await checkFramework(deno, { ...framework, hasNoRoutes: true }, NODE_VISITS);
  });
}

const OAK_VISITS: Visit[] = [
  {
    path: "/shops/1/orders/7?sig=secret",
    answer: [200, "order 7\n"],
    name: "GET /shops/:shop/orders/:id",
  },
  { path: "/error", answer: [500], name: "GET /error", thrown: ["RangeError", "no more shoes"] },
  { path: "/guarded", answer: [500], name: "GET", thrown: ["TypeError", "no key"] },
  { path: "/passed", answer: [404], name: "GET" },
  { path: "/none", answer: [404], name: "GET" },
];

testOnEach("Oak has route, exception and headers", async (deno) => {
  await withFolder(async (folder) => {
    await install(deno.path, folder, "@oakserver/oak", "14.1.0");
    await using registry = serveOak(folder);
    const address = `127.0.0.1:${registry.addr.port}`;
    const imports = { "@oak/oak": `http://${address}/@oak/oak/14.1.0/mod.js` };
    const args = [`--allow-import=${address}`];
    await checkFramework(
      deno,
      { program: "frameworks/oak.mjs", imports, args },
      OAK_VISITS,
    );
  });
});

const PATTERN_VISITS: Visit[] = [
  {
    path: "/shops/1/orders/7?sig=secret",
    answer: [200, "order 7\n"],
    name: "GET /shops/:shop/orders/:id",
  },
  { path: "/error", answer: [500], name: "GET /error", thrown: ["RangeError", "no more shoes"] },
  { path: "/tested", answer: [200, "true"], name: "GET /:name" },
  { path: "/unmatched", answer: [200, "nothing\n"], name: "GET" },
  { path: "/passed", answer: [404], name: "GET" },
  { path: "/none", answer: [404], name: "GET" },
];

testOnEach("Deno.serve with patterns of URLs has route, exception and headers", async (deno) => {
  const framework = { program: "programs/url_patterns.ts", imports: {} };
  await checkFramework(deno, framework, PATTERN_VISITS);
});
