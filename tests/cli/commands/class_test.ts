import { assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { classOf, reportToClass } from "../../../lib/cli/guide/class_report.ts";
import { withFolder } from "../../helpers/folder.ts";
import { testWith } from "../../helpers/needs.ts";
import { within } from "../../helpers/patience.ts";
import { runHere, runHereWith } from "../../helpers/run_here.ts";
import { startTestGuide } from "../../helpers/test_guide.ts";

const NEEDS = ["net", "env", "read", "write", "sys"] as const;

testWith(NEEDS, "a guide reports to a class, which prints it and writes a table", async () => {
  await withFolder(async (folder) => {
    const file = `${folder}/class.csv`;
    const stop = new AbortController();
    const joined = Promise.withResolvers<string>();
    const lines: string[] = [];
    let told = Promise.withResolvers<void>();
    const running = runHereWith({
      stop: stop.signal,
      onStatus: (line) => line.includes("learners ") && joined.resolve(line),
      onData(line) {
        lines.push(line);
        told.resolve();
        told = Promise.withResolvers();
      },
    }, ...["class", "--port=0", "--plain", `--csv=${file}`]);
    const line = await within(joined.promise, "the learners' command");
    const [, url = ""] = /--class "([^"]+)" --name NAME/.exec(line)!;
    const guide = startTestGuide();
    const place = classOf({ class: url, name: " Ada \u202eL" })!;
    {
      await using _ = reportToClass({ ...guide.handlers, warn: () => {} }, place);
      const link = { name: "receiver", found: "secret", fix: "secret" };
      guide.change({ brokenLink: link });
      await within(told.promise, "the first report");
      const { step } = guide.view;
      guide.change({ isPassed: true, step: { ...step, state: "shown" } });
      await within(told.promise, "the second report");
    }
    stop.abort();
    assertEquals((await running).code, 0);
    assertMatch(
      lines[0]!,
      /^\d\d:\d\d:\d\d {2}Ada \\u\{202e\}L: 10 .+, stuck, broken link: receiver$/,
    );
    assertMatch(lines[1]!, /L: 10 .+, shown$/);
    const [head, row] = (await Deno.readTextFile(file)).split("\r\n");
    assertMatch(head!, /^name,step,title,state,broken link,/);
    assertMatch(row!, /^Ada \\u\{202e\}L,10,.+,shown,,/);
  });
});

testWith(NEEDS, "class and guide refuse what can't work, before they start anything", async () => {
  for (
    const [args, message] of [
      [["class", "--port=x"], 'Cannot use --port "x"'],
      [["class", "--port=0", "--plain", "--csv=/nowhere/x.csv"], 'Cannot write "/nowhere/x.csv"'],
      [["guide", "--class=here", "--name=Ada"], 'Cannot use --class "here"'],
      [["guide", "--class=http://a.example"], "Cannot use --class alone"],
      [["guide", "--class=http://a.example", `--name=${"x".repeat(41)}`], "expected 1 to 40"],
      [["guide", "check", "--class=http://a.example", "--name=Ada"], "only the live guide"],
    ] as const
  ) {
    const { code, status } = await runHere(...args);
    assertNotEquals(code, 0);
    assertStringIncludes(status, message);
  }
});
