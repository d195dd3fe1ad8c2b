import { assertEquals, assertMatch } from "@std/assert";
import { testWith } from "../../helpers/needs.ts";
import { prepare, withFiles } from "../preparing.ts";

const NEEDS = ["env", "read", "write", "modes"] as const;

testWith(NEEDS, "PHP: its SDK starts by itself where Composer has installed it", async () => {
  const name = "OTEL_PHP_AUTOLOAD_ENABLED";
  await withFiles({ php: "", "vendor/open-telemetry/sdk/composer.json": "" }, (folder) => {
    const { env, did } = prepare(folder, "php");
    assertEquals(env[name], "true");
    assertMatch(did, /PHP needs its extension opentelemetry loaded, too$/);
    assertEquals(prepare(folder, "php", { [name]: "false" }).env[name], "false");
  });
  await withFiles({ php: "" }, (folder) => {
    const { env, did } = prepare(folder, "php");
    assertEquals(env[name], undefined);
    assertMatch(did, /is not installed. To instrument it: pecl install opentelemetry; composer/);
  });
});
