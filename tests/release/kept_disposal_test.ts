import { assertEquals } from "@std/assert";
import { droppedDisposals } from "../../scripts/program/kept_disposal.ts";
import { withFolder } from "../helpers/folder.ts";

const SOURCE = `class Door {
  constructor(readonly name: string) {}
  [Symbol.dispose]() {
    console.log("closed", this.name);
  }
}
function kept() {
  using door = new Door("kept");
  console.log("between");
  return passThrough(door.name);
}
async function alone() {
  await using door = { [Symbol.asyncDispose]: () => Promise.resolve() };
  await passThrough(String(Deno.args));
}
async function dropped() {
  await using door = { name: "a", [Symbol.asyncDispose]: () => Promise.resolve() };
  console.log(door, passThrough("b"));
}
function unused() {
  using door = new Door("unused");
  console.log("never");
}
function passThrough(name: string) {
  return name + Deno.args.length;
}
console.log(kept(), await dropped(), await alone());
`;

Deno.test("droppedDisposals() finds what the minifier no longer disposes of", async () => {
  await withFolder(async (cwd) => {
    await Deno.writeTextFile(`${cwd}/doors.ts`, SOURCE);
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["bundle", "--quiet", "--minify", "--sourcemap=linked", "--outdir=dist", "doors.ts"],
      cwd,
    }).output();
    assertEquals(success, true);
    const map = JSON.parse(await Deno.readTextFile(`${cwd}/dist/doors.js.map`));
    assertEquals(droppedDisposals(map), ["../doors.ts:17 door"]);
  });
});
