import { assert } from "@std/assert";
import { TUTORIAL } from "../../../lib/collector/hints/tutorial.ts";
import { areGranted, type Condition, testIf } from "../../helpers/needs.ts";

const FOLDER = new URL("../../../docs/tutorial/", import.meta.url);

testIf(needsTutorial(), ["read"], "every hint links to a heading of the tutorial", async () => {
  for (const link of Object.values(TUTORIAL)) {
    const [page = "", anchor = ""] = link.split("#");
    const text = await Deno.readTextFile(new URL(page, FOLDER));
    const headings = [...text.matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) => anchorOf(heading));
    assert(headings.includes(anchor), `${link}: expected one of ${headings.join(", ")}`);
  }
});

/** The anchor that GitHub gives a heading. */
function anchorOf(heading: string): string {
  return heading.toLowerCase().replace(/[^\p{L}\p{N} _-]/gu, "").replaceAll(" ", "-");
}

function needsTutorial(): Condition {
  if (!areGranted(["read"])) return { missing: undefined };
  try {
    Deno.statSync(FOLDER);
    return { missing: undefined };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    return { missing: "no docs/tutorial" };
  }
}
