/** Writes a line, does something that isn't permitted, and exits with a specific code. */
await Deno.stdout.write(new TextEncoder().encode("out\n"));
try {
  Deno.env.get("HOME");
} catch {
  Deno.exit(7);
}
