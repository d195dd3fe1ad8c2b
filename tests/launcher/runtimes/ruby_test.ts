import { assertEquals, assertMatch } from "@std/assert";
import { testWith } from "../../helpers/needs.ts";
import { prepare, withFiles } from "../preparing.ts";

const NEEDS = ["env", "read", "write", "modes"] as const;
const GEM = "opentelemetry-auto-instrumentation";

testWith(NEEDS, "Ruby: the gem is loaded where it is locked or among the gems", async () => {
  const lock = `GEM\n  specs:\n    ${GEM} (0.3.0)\n`;
  await withFiles({ ruby: "", "Gemfile.lock": lock }, (folder) => {
    assertEquals(prepare(folder, "ruby").env.RUBYOPT, `-r${GEM}`);
    assertEquals(prepare(folder, "ruby", { RUBYOPT: "-W0" }).env.RUBYOPT, `-r${GEM} -W0`);
    const given = `-r ${GEM}`;
    assertEquals(prepare(folder, "ruby", { RUBYOPT: given }).env.RUBYOPT, given);
  });
  const path = `here/ruby/3.1.0/gems/${GEM}-0.3.0/lib/x.rb`;
  await withFiles({ ruby: "", [path]: "" }, (folder) => {
    assertEquals(prepare(folder, "ruby", { GEM_HOME: `${folder}/here` }).env.RUBYOPT, `-r${GEM}`);
    const other = prepare(folder, "ruby", { GEM_PATH: `/nowhere:${folder}/here` });
    assertEquals(other.env.RUBYOPT, `-r${GEM}`);
    const { env, did } = prepare(folder, "ruby");
    assertEquals(env.RUBYOPT, undefined);
    assertMatch(did, /is not installed. To instrument it: gem install /);
  });
});
