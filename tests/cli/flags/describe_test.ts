import { assertEquals, assertMatch } from "@std/assert";
import { describeExporters, describeService } from "../../../lib/cli/flags/describe.ts";
import { testWith } from "../../helpers/needs.ts";

Deno.test("describeExporters() has the URL for metrics, with an IPv6 address in brackets", () => {
  const cases: [{ host?: string; port?: number } | null, string][] = [
    [null, "localhost:9464"],
    [{ host: "::1", port: 9000 }, "[::1]:9000"],
    [{ host: "0.0.0.0" }, "0.0.0.0:9464"],
  ];
  for (const [model, address] of cases) {
    assertEquals(
      describeExporters({
        meter_provider: { readers: [{ pull: { exporter: { "prometheus/development": model } } }] },
      }, "metrics"),
      `prometheus (at http://${address}/metrics)`,
    );
  }
});

testWith(["read"], "describeService() has the name that is sent, whatever its origin", () => {
  const attributes = [{ name: "service.name", value: "named" }];
  const list = "service.name=listed";
  assertEquals(describeService({ resource: { attributes, attributes_list: list } }), "named");
  assertEquals(describeService({ resource: { attributes_list: list } }), "listed");
  assertMatch(describeService({}), /^unknown_service:deno/);
});
