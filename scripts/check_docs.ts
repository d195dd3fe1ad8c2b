/**
 * Checks the documentation of the package in lib/instrumentation: every export of its modules has a comment and
 * a documented type, and the examples compile and run.
 *
 *     deno run --allow-read --allow-run scripts/check_docs.ts
 */
import configuration from "../lib/instrumentation/deno.json" with { type: "json" };

/** Types of other packages, which `deno doc` reports as private wherever a module uses them. */
const OF_OTHERS = [
  "Attributes",
  "Context",
  "MeterProvider",
  "MiddlewareHandler",
  "Span",
  "TracerProvider",
];

/** The problems in the output of `deno doc --lint`, except for types of other packages. */
export function problemsOf(report: string): string[] {
  const [problems = ""] = report.split(/^error: /m);
  return problems.split(/^(?=error\[)/m).filter((problem) => {
    if (!problem.startsWith("error[")) return false;
    const [, type] = /^error\[private-type-ref\].* references private type '(\w+)'/.exec(problem) ??
      [];
    return type === undefined || !OF_OTHERS.includes(type);
  });
}

if (import.meta.main) {
  const modules = Object.values(configuration.exports);
  const folder = new URL("../lib/instrumentation/", import.meta.url);
  const linted = await new Deno.Command(Deno.execPath(), {
    args: ["doc", "--lint", ...modules],
    cwd: folder,
    env: { NO_COLOR: "1" },
    stdout: "null",
  }).output();
  const report = new TextDecoder().decode(linted.stderr);
  const problems = problemsOf(report);
  // Any other output is an error of another kind.
  const isReport = linted.success || report.startsWith("error[");
  if (!isReport || problems.length > 0) {
    Deno.stderr.writeSync(new TextEncoder().encode(isReport ? problems.join("") : report));
    Deno.exit(1);
  }
  const examples = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--quiet", "--doc", "-P", "lib/instrumentation/"],
    cwd: new URL("../", import.meta.url),
  }).spawn().status;
  Deno.exit(examples.code);
}
