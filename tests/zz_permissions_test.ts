import { areGranted } from "./helpers/needs.ts";

// The name is the message: it is the last line of a run without all permissions.
if (!areGranted(["net", "env", "read", "write", "run", "sys"])) {
  Deno.test({
    name: "without permissions many tests are ignored: `deno task test` runs all",
    ignore: true,
    fn: () => {},
  });
}
