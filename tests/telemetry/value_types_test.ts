import { assertEquals } from "@std/assert";
import { maskCredentials } from "../../lib/telemetry/value_types.ts";

Deno.test("maskCredentials() hides user, password and query, and nothing else", () => {
  for (
    const [endpoint, shown] of [
      ["http://localhost:4318", "http://localhost:4318"],
      ["https://user:pass@host/v1/traces", "https://***@host/v1/traces"],
      ["https://user@host", "https://***@host"],
      ["https://host/?api_key=secret", "https://host/?***"],
      ["https://host?api_key=secret&b=1#c", "https://host?***"],
      ["https://host/#secret", "https://host/#***"],
      ["https://host/a@b/c", "https://host/a@b/c"],
      ["https://a:b@c@host/", "https://***@host/"],
      // Even an invalid URL may have been meant as one.
      ["http://user:pa?ss@host", "http://***@host"],
      ["http://user:pa/ss@host", "http://***@host"],
      ["user:pass@host:4317?key=secret", "***@host:4317?***"],
      ["host:4317", "host:4317"],
      ["", ""],
    ] as const
  ) assertEquals(maskCredentials(endpoint), shown, endpoint);
});
