import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Program } from "../run_command.ts";
import type { PreparedProgram } from "../prepared_program.ts";
import { programFolder } from "../../program_files.ts";
import { NODE_PACKAGE, nodeFolder } from "../install/packages.ts";

const { name: PACKAGE, version: VERSION } = NODE_PACKAGE;

/**
 * Preloads the auto-instrumentations into the program if they are installed: in the project, or by `--install`.
 */
export function switchOnNode(program: Program, cwd: string): PreparedProgram {
  const { command, env } = program;
  const inProject = findRegister(cwd);
  const installed = nodeFolder(env);
  const register = inProject ?? (installed && registerIn(installed));
  if (register === undefined) {
    return {
      ...program,
      runtime: "node",
      lacks: "node",
      did: `Running "${command}" with the settings in its environment alone: ` +
        `${PACKAGE} is not installed. To instrument it: npm install ${PACKAGE}, or --install`,
      warnings: [],
    };
  }
  const nodeRegister = pathToFileURL(register).href;
  const bootstrap = bootstrapUrl(nodeRegister);
  const options = [`--import=${bootstrap}`, env.NODE_OPTIONS].filter(Boolean).join(" ");
  return {
    ...program,
    runtime: "node",
    nodeRegister,
    env: { ...env, NODE_OPTIONS: options },
    did: `Running "${command}" with ${PACKAGE}` +
      (inProject === undefined ? ` ${VERSION}, installed by --install` : ""),
    warnings: [],
  };
}

/**
 * `node_bootstrap.js` as a `data:` URL, because Node cannot read the executable's embedded files; the URL of
 * `register` follows its `#`.
 */
function bootstrapUrl(registerUrl: string): string {
  const file = new URL("node_bootstrap.js", programFolder("lib/launcher/runtimes"));
  const source = encodeURIComponent(Deno.readTextFileSync(file));
  return `data:text/javascript,${source}#${encodeURIComponent(registerUrl)}`.replaceAll("'", "%27");
}

/** The package's export `./register`, in the nearest `node_modules` on the way up. */
function findRegister(cwd: string): string | undefined {
  for (let folder = resolve(cwd);; folder = dirname(folder)) {
    const register = registerIn(folder);
    if (register !== undefined || dirname(folder) === folder) return register;
  }
}

function registerIn(folder: string): string | undefined {
  try {
    const root = Deno.realPathSync(join(folder, "node_modules", PACKAGE));
    const { exports } = JSON.parse(Deno.readTextFileSync(join(root, "package.json")));
    const register = exports?.["./register"];
    return typeof register === "string" ? join(root, register) : undefined;
  } catch {
    return undefined; // not here, or not a package
  }
}
