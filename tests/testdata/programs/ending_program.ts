/** Writes a line, asks for what it may not have, and ends with a code of its own. */
await Deno.stdout.write(new TextEncoder().encode("out\n"));
try {
  Deno.env.get("HOME");
} catch {
  Deno.exit(7);
}
