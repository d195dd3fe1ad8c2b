/**
 * Builds the npm package of lib/instrumentation into dist/npm, and packs it: ES modules, types, maps.
 *
 * TypeScript converts each source file into a module and its types without reading other files, so nothing has
 * to be installed. dnt, which does the same, installs the imports, and a bundler would hide the file names in
 * stack traces. `deno pack` writes no peer dependencies, and is not in Deno 2.7.
 *
 *     deno run --allow-read --allow-write --allow-run scripts/build_npm.ts
 */
import * as conventions from "@opentelemetry/semantic-conventions";
import ts from "typescript";
import { fileURLToPath } from "node:url";
import configuration from "../lib/instrumentation/deno.json" with { type: "json" };

const ROOT = new URL("../", import.meta.url);
const SOURCES = new URL("lib/instrumentation/", ROOT);

/**
 * Its constants become literals, so that the package doesn't depend on it. A bundler can't do that,
 * because it keeps a variable for each constant.
 */
const CONVENTIONS = "@opentelemetry/semantic-conventions";

/** Packages that an app already has: a second copy would not share state with the first. */
const PEERS = ["@opentelemetry/api", "hono"];
/** The ones that only some entry points need. */
const OPTIONAL_PEERS = ["hono"];

const OPTIONS: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  verbatimModuleSyntax: true,
  rewriteRelativeImportExtensions: true,
};

/** Writes the package into a folder, which is emptied first. */
export async function buildNpmPackage(folder: URL): Promise<void> {
  await Deno.remove(folder, { recursive: true }).catch(() => {});
  await Deno.mkdir(folder, { recursive: true });
  for await (const { name } of Deno.readDir(SOURCES)) {
    if (!name.endsWith(".ts")) continue;
    const source = await Deno.readTextFile(new URL(name, SOURCES));
    for (const [file, text] of transpile(name, source)) {
      await Deno.writeTextFile(new URL(file, folder), text);
    }
  }
  await Deno.copyFile(new URL("README.md", SOURCES), new URL("README.md", folder));
  await Deno.copyFile(new URL("LICENSE", ROOT), new URL("LICENSE", folder));
  const text = JSON.stringify(packageJson(), null, 2);
  await Deno.writeTextFile(new URL("package.json", folder), `${text}\n`);
}

/** Packs the package as `npm publish` would; returns the path of the archive, which is in the same folder. */
export async function packNpmPackage(folder: URL): Promise<string> {
  const path = fileURLToPath(folder);
  const { success, code, stdout } = await new Deno.Command("npm", {
    args: ["pack", "--silent", "--ignore-scripts"],
    cwd: path,
    stderr: "inherit",
  }).output();
  if (!success) throw new Error(`Cannot pack ${path}: npm ended with code ${code}`);
  return `${path}${new TextDecoder().decode(stdout).trim()}`;
}

/** The output files of a source file, by name. */
function transpile(name: string, source: string): [file: string, text: string][] {
  const module = ts.transpileModule(source, {
    fileName: name,
    compilerOptions: { ...OPTIONS, sourceMap: true, inlineSources: true },
    reportDiagnostics: true,
    transformers: { before: [inlineConventions] },
  });
  const types = ts.transpileDeclaration(source, {
    fileName: name,
    compilerOptions: { ...OPTIONS, declaration: true, isolatedDeclarations: true },
    reportDiagnostics: true,
  });
  const problems = [...module.diagnostics ?? [], ...types.diagnostics ?? []];
  if (problems.length > 0) {
    const text = problems.map(({ messageText }) =>
      ts.flattenDiagnosticMessageText(messageText, "\n")
    );
    throw new Error(`Cannot build ${name}: ${text.join("\n")}`);
  }
  const base = name.replace(/\.ts$/, "");
  return [
    [`${base}.js`, module.outputText],
    [`${base}.js.map`, module.sourceMapText ?? ""],
    // TypeScript doesn't change file names in declarations.
    [`${base}.d.ts`, types.outputText.replaceAll(/( from "\.\/\w+)\.ts";/g, '$1.js";')],
  ];
}

/** Replaces what a module imports from the conventions by its value. */
function inlineConventions(
  context: ts.TransformationContext,
): (module: ts.SourceFile) => ts.SourceFile {
  const inlined = new Set<string>();
  function visit(node: ts.Node): ts.VisitResult<ts.Node | undefined> {
    if (ts.isImportDeclaration(node)) {
      const { moduleSpecifier, importClause } = node;
      if (!ts.isStringLiteral(moduleSpecifier) || moduleSpecifier.text !== CONVENTIONS) return node;
      const bindings = importClause?.namedBindings;
      if (!bindings || !ts.isNamedImports(bindings)) throw new Error("Cannot inline this import");
      for (const { name } of bindings.elements) inlined.add(name.text);
      return undefined;
    }
    if (!ts.isIdentifier(node) || !inlined.has(node.text)) {
      return ts.visitEachChild(node, visit, context);
    }
    return valueOf(node.text, context.factory);
  }
  return (module) => ts.visitEachChild(module, visit, context);
}

/** A constant of the conventions; those that are functions add the name of a header to a prefix. */
function valueOf(name: string, factory: ts.NodeFactory): ts.Expression {
  const value: unknown = Reflect.get(conventions, name);
  if (typeof value === "string") return factory.createStringLiteral(value);
  if (typeof value !== "function") throw new Error(`Cannot inline ${name}`);
  const key = factory.createIdentifier("key");
  const prefix = factory.createStringLiteral(value(""));
  return factory.createArrowFunction(
    undefined,
    undefined,
    [factory.createParameterDeclaration(undefined, undefined, key)],
    undefined,
    undefined,
    factory.createBinaryExpression(prefix, ts.SyntaxKind.PlusToken, key),
  );
}

/** The package.json; versions and exports come from `deno.json`. */
function packageJson(): Record<string, unknown> {
  const { name, version, license, exports, imports } = configuration;
  const needed = Object.entries(imports).filter(([name]) => name !== CONVENTIONS);
  const ranges = needed.map(([name, specifier]) => {
    const range = specifier.slice(`npm:${name}@`.length);
    return [name, range] as const;
  });
  const isPeer = ([name]: readonly [string, string]) => PEERS.includes(name);
  return {
    name,
    version,
    description: "OpenTelemetry for Hono: server spans, metrics, fetch and console logs",
    keywords: ["opentelemetry", "hono", "tracing", "metrics", "instrumentation"],
    license,
    type: "module",
    sideEffects: false,
    engines: { node: ">=20" },
    exports: Object.fromEntries(
      Object.entries(exports).map(([entry, source]) => {
        const base = source.replace(/\.ts$/, "");
        return [entry, { types: `${base}.d.ts`, default: `${base}.js` }];
      }),
    ),
    files: ["*.js", "*.js.map", "*.d.ts"],
    dependencies: Object.fromEntries(ranges.filter((entry) => !isPeer(entry))),
    peerDependencies: Object.fromEntries(ranges.filter(isPeer)),
    peerDependenciesMeta: Object.fromEntries(
      OPTIONAL_PEERS.map((name) => [name, { optional: true }]),
    ),
  };
}

if (import.meta.main) {
  const folder = new URL("dist/npm/", ROOT);
  await buildNpmPackage(folder);
  const archive = await packNpmPackage(folder);
  const { size } = await Deno.stat(archive);
  const report = `${archive}: ${(size / 1024).toFixed(1)} KiB\n`;
  await Deno.stdout.write(new TextEncoder().encode(report));
}
