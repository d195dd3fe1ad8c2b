import { assertEquals } from "@std/assert";
import { fileNames } from "../../lib/launcher/find_command.ts";

Deno.test("fileNames() adds the endings of PATHEXT on Windows only", () => {
  for (
    const [os, command, pathExt, expected] of [
      ["linux", "node", ".EXE", ["node"]],
      ["darwin", "node.exe", undefined, ["node.exe"]],
      ["windows", "node", ".EXE;.CMD", ["node.exe", "node.cmd", "node"]],
      ["windows", "npm", undefined, ["npm.com", "npm.exe", "npm.bat", "npm.cmd", "npm"]],
      ["windows", "Node.EXE", ".EXE;.CMD", ["Node.EXE", "Node.EXE.exe", "Node.EXE.cmd"]],
      ["windows", "python3.12", ".EXE;", ["python3.12.exe", "python3.12"]],
      ["windows", ".\\bin\\app", ".EXE", [".\\bin\\app.exe", ".\\bin\\app"]],
    ] as const
  ) {
    assertEquals(fileNames(command, pathExt, os), [...expected]);
  }
});
