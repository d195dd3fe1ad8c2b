import { assertEquals } from "@std/assert";
import { badProxyVariables, findProxyRoute } from "../../../lib/telemetry/otlp/proxy.ts";

const PROXY = "http://proxy:3128";

Deno.test("findProxyRoute() uses the scheme's variable, then the general one", () => {
  const rows: [url: string, env: Record<string, string>, variable: string | undefined][] = [
    ["http://a", {}, undefined],
    ["http://a", { HTTP_PROXY: PROXY }, "HTTP_PROXY"],
    ["http://a", { http_proxy: PROXY }, "http_proxy"],
    ["http://a", { HTTPS_PROXY: PROXY }, undefined],
    ["https://a", { HTTP_PROXY: PROXY, HTTPS_PROXY: PROXY, ALL_PROXY: PROXY }, "HTTPS_PROXY"],
    ["https://a", { HTTP_PROXY: PROXY, all_proxy: PROXY }, "all_proxy"],
    ["http://a", { HTTP_PROXY: "", ALL_PROXY: PROXY }, "ALL_PROXY"],
    ["http://a", { HTTP_PROXY: "not a URL", ALL_PROXY: PROXY }, "ALL_PROXY"],
    ["http://a", { HTTP_PROXY: "ftp://proxy:1" }, undefined],
  ];
  for (const [url, env, variable] of rows) {
    assertEquals(findProxyRoute(new URL(url), env).proxy?.variable, variable, JSON.stringify(env));
  }
});

Deno.test("findProxyRoute() reads proxies without a scheme, with users, and with SOCKS", () => {
  const rows: [text: string, url: string][] = [
    ["proxy:3128", "http://proxy:3128/"],
    [" http://proxy ", "http://proxy/"],
    ["http://me:s3cr3t@proxy:1", "http://me:s3cr3t@proxy:1/"],
    ["socks5://proxy:1080", "socks5://proxy:1080"],
  ];
  for (const [text, url] of rows) {
    const { proxy } = findProxyRoute(new URL("http://a"), { HTTP_PROXY: text });
    assertEquals(proxy?.url.href, url);
  }
});

Deno.test("findProxyRoute() bypasses the proxy for hosts in NO_PROXY", () => {
  const rows: [exceptions: string, url: string, isException: boolean][] = [
    ["*", "http://a", true],
    ["b,*", "http://a", true],
    ["b, a", "http://a", true],
    ["b a", "http://a", true],
    ["a", "http://sub.a", true],
    ["a", "http://ba", false],
    [".example.com", "http://example.com", true],
    [".example.com", "http://x.example.com", true],
    ["*.example.com", "http://x.example.com", true],
    [".example.com", "http://anexample.com", false],
    ["Example.COM", "http://EXAMPLE.com", true],
    ["example.com", "http://example.com.", true],
    ["example.com.", "http://example.com", true],
    ["a:4318", "http://a:4318", true],
    ["a:4318", "http://a:4317", false],
    ["a:80", "http://a", true],
    ["a:443", "http://a", false],
    ["127.0.0.1", "http://127.0.0.1:1", true],
    ["127.0.0.1:1", "http://127.0.0.1:1", true],
    ["127.0.0.1", "http://1.127.0.0.1.nip.io", false],
    ["127.0.0.0/8", "http://127.9.9.9", true],
    ["10.0.0.0/8", "http://127.0.0.1", false],
    ["127.0.0.0/33", "http://127.0.0.1", false],
    ["127.0.0.0/8", "http://localhost", false],
    ["::1", "http://[::1]:4318", true],
    ["[::1]", "http://[::1]:4318", true],
    ["[::1]:4318", "http://[::1]:4318", true],
    ["[::1]:4318", "http://[::1]:4317", false],
    ["0:0:0:0:0:0:0:1", "http://[::1]", true],
    ["fe80::/10", "http://[fe80::1]", true],
    ["fe80::/10", "http://[::1]", false],
    ["", "http://a", false],
    [",", "http://a", false],
    [".", "http://a", false],
  ];
  for (const [exceptions, url, isException] of rows) {
    for (const name of ["NO_PROXY", "no_proxy"]) {
      const env = { HTTP_PROXY: PROXY, [name]: exceptions };
      const { proxy, passedBy } = findProxyRoute(new URL(url), env);
      assertEquals(proxy === undefined, isException, `"${exceptions}" and ${url}`);
      assertEquals(passedBy, isException ? "HTTP_PROXY" : undefined);
    }
  }
});

Deno.test("badProxyVariables() lists those without a proxy URL", () => {
  const env = { HTTP_PROXY: "http://", https_proxy: "ftp://a", ALL_PROXY: PROXY, all_proxy: " " };
  assertEquals(badProxyVariables(env), ["HTTP_PROXY", "https_proxy"]);
});
