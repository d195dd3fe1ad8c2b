import { assert, assertEquals, assertMatch, assertNotEquals, assertThrows } from "@std/assert";
import { type Access, createGuard, createToken, type Guard } from "../../lib/collector/guard.ts";

const TOKEN = "secret-token";

Deno.test("check() lets programs on this machine do everything", () => {
  for (const host of ["localhost:4318", "127.0.0.1:4319", "[::1]:80", "LOCALHOST", "127.0.0.1"]) {
    for (const access of ["receive", "query", "page"] as const) {
      assertEquals(statusOf(access, { host }), undefined, `${access} ${host}`);
    }
  }
});

Deno.test("check() rejects every other host, whatever it resolves to", () => {
  const hosts = [
    "evil.example:4319",
    "localhost.evil.example",
    "127.0.0.1.nip.io",
    "localhost:4319@evil.example",
    "evil.example/localhost",
    "192.168.1.5:4319",
    "0.0.0.0:4319",
    "local host",
    "",
  ];
  for (const host of hosts) {
    for (const access of ["receive", "query", "page"] as const) {
      assertEquals(statusOf(access, { host }), 403, `${access} "${host}"`);
    }
  }
});

Deno.test("check() accepts telemetry, and nothing else, for names that no site can have", () => {
  const hosts = [
    "host.docker.internal:4318",
    "host.containers.internal:4318",
    "gateway.docker.internal",
    "collector:4318",
    "otel-collector_1:4318",
    "app.localhost:4318",
    "localhost.:4318",
    "127.0.1.1:4318",
  ];
  for (const host of hosts) {
    assertEquals(statusOf("receive", { host }, "POST"), undefined, host);
    for (const access of ["query", "page"] as const) {
      assertEquals(statusOf(access, { host }), 403, `${access} "${host}"`);
    }
    const local = { host, origin: "http://localhost:3000" };
    assertEquals(statusOf("receive", local, "POST"), undefined, host);
  }
  // A page may send to its own hostname on this machine, but not to another one.
  const origin = "http://app.localhost:3000";
  assertEquals(statusOf("receive", { host: "app.localhost:4318", origin }, "POST"), undefined);
  assertEquals(statusOf("receive", { host: "localhost:4318", origin }, "POST"), 403);
  // A page with such a hostname has been rebound.
  for (const host of ["collector", "host.docker.internal"]) {
    for (const origin of [`http://${host}:4318`, "http://evil.example"]) {
      assertEquals(statusOf("receive", { host, origin }, "POST"), 403, origin);
    }
  }
  for (const host of ["docker.internal", "a.b.internal", "host.docker.internal.evil.example"]) {
    assertEquals(statusOf("receive", { host }, "POST"), 403, host);
  }
});

Deno.test("check() accepts telemetry for the hosts that the user allows", () => {
  const guard = createGuard({
    hostname: "127.0.0.1",
    allowedHosts: ["Telemetry.example", "192.168.1.5", "fd00::5"],
  });
  for (const host of ["telemetry.example:4318", "192.168.1.5:4318", "[fd00::5]:4318"]) {
    assertEquals(statusOf("receive", { host }, "POST", guard), undefined, host);
    const own = { host, origin: `http://${host}` };
    assertEquals(statusOf("receive", own, "POST", guard), undefined, host);
    const foreign = { host, origin: "http://evil.example" };
    assertEquals(statusOf("receive", foreign, "POST", guard), 403, host);
    assertEquals(statusOf("query", { host }, "GET", guard), 403, host);
  }
  assertEquals(statusOf("receive", { host: "other.example" }, "POST", guard), 403);
});

Deno.test("check() uses the host of the URL if the header is missing", () => {
  const guard = createGuard({ hostname: "127.0.0.1" });
  const headers = new Headers();
  assertEquals(guard.check("receive", { method: "POST", headers })?.status, 403);
  const url = "http://localhost:4318/v1/traces";
  assertEquals(guard.check("receive", { method: "POST", headers, url }), undefined);
  const evil = "http://evil.example/v1/traces";
  assertEquals(guard.check("receive", { method: "POST", headers, url: evil })?.status, 403);
});

Deno.test("check() lets pages on any port of this machine send, and no others", () => {
  for (const origin of ["http://localhost:3000", "https://127.0.0.1", "http://[::1]:5173"]) {
    const headers = { origin, "sec-fetch-site": "cross-site" };
    assertEquals(statusOf("receive", headers, "POST"), undefined, origin);
  }
  for (
    const origin of ["https://evil.example", "null", "file://", "http://localhost.evil.example"]
  ) {
    assertEquals(statusOf("receive", { origin }, "POST"), 403, origin);
  }
  assertEquals(statusOf("receive", { "sec-fetch-site": "cross-site" }, "POST"), 403);
});

Deno.test("check() lets only its own page read or delete, not even another one on this machine", () => {
  const own = { origin: "http://localhost:4319", "sec-fetch-site": "same-origin" };
  assertEquals(statusOf("query", own), undefined);
  assertEquals(statusOf("query", own, "DELETE"), undefined);
  assertEquals(statusOf("query", { "sec-fetch-site": "none" }), undefined);
  const others = [
    { origin: "https://evil.example" },
    { origin: "null" },
    { origin: "http://localhost:3000", "sec-fetch-site": "same-site" },
    { origin: "http://127.0.0.1:4319" },
    // A cross-site image or script, which is requested without an origin.
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "script" },
    { "sec-fetch-site": "same-site", "sec-fetch-mode": "no-cors", "sec-fetch-dest": "image" },
    { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document" },
  ];
  for (const headers of others) {
    for (const method of ["GET", "DELETE", "POST"]) {
      assertEquals(statusOf("query", headers, method), 403, JSON.stringify(headers));
    }
  }
});

Deno.test("check() lets a link on another site open the page, but no frame, script, or form", () => {
  const link = {
    "sec-fetch-site": "cross-site",
    "sec-fetch-mode": "navigate",
    "sec-fetch-dest": "document",
  };
  assertEquals(statusOf("page", link), undefined);
  assertEquals(statusOf("page", { ...link, "sec-fetch-dest": "iframe" }), 403);
  assertEquals(statusOf("page", { ...link, "sec-fetch-mode": "no-cors" }), 403);
  assertEquals(statusOf("page", { ...link, origin: "https://evil.example" }, "POST"), 403);
});

Deno.test("createGuard() requires a token if other machines can connect", () => {
  for (const hostname of ["0.0.0.0", "::", "192.168.1.5", "box.example"]) {
    assertThrows(() => createGuard({ hostname }), TypeError, `"${hostname}" without a token`);
    assertEquals(createGuard({ hostname, token: TOKEN }).token, TOKEN);
  }
  for (const hostname of ["127.0.0.1", "::1", "localhost"]) {
    assertEquals(createGuard({ hostname }).token, undefined);
  }
});

Deno.test("check() with a token answers 401 to requests without it", () => {
  const guard = createGuard({ hostname: "192.168.1.5", token: TOKEN });
  const host = "192.168.1.5:4318";
  for (const access of ["receive", "query", "page"] as const) {
    const status = (authorization?: string) =>
      statusOf(access, { host, ...(authorization && { authorization }) }, "GET", guard);
    assertEquals(status(), 401);
    assertEquals(status("Bearer other"), 401);
    assertEquals(status(`Bearer ${TOKEN}x`), 401);
    assertEquals(status(`Basic ${TOKEN}`), 401);
    assertEquals(status(`Bearer ${TOKEN}`), undefined);
    assertEquals(status(`bearer ${TOKEN}`), undefined);
  }
  assertEquals(
    statusOf("query", { host: "evil.example", authorization: `Bearer ${TOKEN}` }, "GET", guard),
    403,
  );
});

Deno.test("check() on all addresses accepts any hostname, because the token decides", () => {
  const guard = createGuard({ hostname: "0.0.0.0", token: TOKEN });
  const authorization = `Bearer ${TOKEN}`;
  const host = "host.docker.internal:4318";
  assertEquals(statusOf("receive", { host, authorization }, "POST", guard), undefined);
  assertEquals(statusOf("receive", { host }, "POST", guard), 401);
  const evil = { host, authorization, origin: "https://evil.example" };
  assertEquals(statusOf("receive", evil, "POST", guard), 403);
  assertEquals(statusOf("query", evil, "GET", guard), 403);
});

Deno.test("signIn() sets a cookie that is valid for the page and queries, but not for the receivers", () => {
  const guard = createGuard({ hostname: "0.0.0.0", token: TOKEN });
  const answer = guard.signIn(
    new Request(`http://box.example:4319/traces/ab?q=%26x&token=${TOKEN}`),
  );
  assert(answer);
  assertEquals(answer.headers.get("refresh"), "0; url=/traces/ab?q=%26x");
  const [cookie = ""] = answer.headers.getSetCookie();
  assertMatch(cookie, /^otel_kit_4319=[\w-]{32}; Path=\/; HttpOnly; SameSite=Strict$/);
  assert(!cookie.includes(TOKEN));
  const headers = { host: "box.example:4319", cookie: `a=b; ${cookie.split(";")[0]}` };
  assertEquals(statusOf("page", headers, "GET", guard), undefined);
  assertEquals(statusOf("query", headers, "DELETE", guard), undefined);
  assertEquals(statusOf("receive", headers, "POST", guard), 401);
  const forged = { host: "box.example:4319", cookie: `otel_kit_4319=${TOKEN}` };
  assertEquals(statusOf("query", forged, "GET", guard), 401);
});

Deno.test("signIn() rejects a wrong token, and redirects to no other host", () => {
  const guard = createGuard({ hostname: "0.0.0.0", token: TOKEN });
  assertEquals(guard.signIn(new Request("http://box.example:4319/?token=other")), undefined);
  assertEquals(guard.signIn(new Request("http://box.example:4319/")), undefined);
  const answer = guard.signIn(new Request(`http://box.example:4319//evil.example?token=${TOKEN}`));
  assertEquals(answer?.headers.get("refresh"), "0; url=/evil.example");
  const open = createGuard({ hostname: "127.0.0.1" });
  assertEquals(open.signIn(new Request("http://localhost:4319/?token=")), undefined);
});

Deno.test("createToken() creates a different token each time", () => {
  assertMatch(createToken(), /^[\w-]{32}$/);
  assertNotEquals(createToken(), createToken());
});

function statusOf(
  access: Access,
  headers: Record<string, string>,
  method = "GET",
  guard: Guard = createGuard({ hostname: "127.0.0.1" }),
): number | undefined {
  return guard.check(access, {
    method,
    headers: new Headers({ host: "localhost:4319", ...headers }),
  })?.status;
}
