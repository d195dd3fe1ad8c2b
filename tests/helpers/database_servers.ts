/** Real database servers for tests, each with its own data in a temporary folder. */
import { areGranted, type Condition } from "./needs.ts";
import { onPath } from "./on_path.ts";
import { freePort } from "./ports.ts";
import type { Launch } from "./program.ts";
import { startServer } from "./servers.ts";

/** The user `nobody`: some servers refuse to run as root. */
const NOBODY = "65534";

/** Includes the folders outside PATH in which Debian installs the servers. */
const POSTGRES = found("postgres", ...versionsIn("/usr/lib/postgresql"));
const INITDB = found("initdb", ...versionsIn("/usr/lib/postgresql"));
const REDIS = found("redis-server");
const MARIADB = found("mariadbd", "/usr/sbin");
const MARIADB_INSTALL = found("mariadb-install-db");

/** Requires the servers to be installed. */
export const NEEDS_POSTGRES = needs(POSTGRES, INITDB);
export const NEEDS_REDIS = needs(REDIS);
export const NEEDS_MARIADB = needs(MARIADB, MARIADB_INSTALL);

/** Runs PostgreSQL. The user `shop` needs no password for the database `postgres`. */
export async function withPostgres(use: (port: number) => Promise<void>): Promise<void> {
  await withData(async (folder) => {
    const data = `${folder}/data`;
    await runToEnd(INITDB, "-D", data, "-U", "shop", "-A", "trust", "-E", "UTF8", "--no-sync");
    const port = freePort();
    const args = ["-D", data, "-k", folder, "-h", "127.0.0.1", "-p", `${port}`, "-F"];
    const ready = ["stderr", "ready to accept connections"] as const;
    const server = await startServer(asNobody(POSTGRES, ...args), { ports: {}, ready });
    try {
      await use(port);
    } finally {
      // After SIGTERM, it waits for its clients to disconnect.
      await server.stop("SIGINT");
    }
  });
}

/** Runs Redis, without a password. */
export async function withRedis(use: (port: number) => Promise<void>): Promise<void> {
  await withData(async (folder) => {
    const port = freePort();
    const args = ["--bind", "127.0.0.1", "--port", `${port}`, "--dir", folder, "--save", ""];
    const ready = ["stdout", "Ready to accept connections"] as const;
    await using _server = await startServer(asNobody(REDIS, ...args), { ports: {}, ready });
    await use(port);
  });
}

/** The statements that a new MariaDB runs first. */
const ACCOUNTS = `CREATE DATABASE shop;
CREATE USER shop@'127.0.0.1';
GRANT ALL ON shop.* TO shop@'127.0.0.1';
`;

/** Runs MariaDB. The user `shop` needs no password for the database `shop`. */
export async function withMariadb(use: (port: number) => Promise<void>): Promise<void> {
  await withData(async (folder) => {
    const data = `--datadir=${folder}/data`;
    const rights = ["--auth-root-authentication-method=normal", "--skip-test-db"];
    await runToEnd(MARIADB_INSTALL, "--no-defaults", data, ...rights);
    const accounts = `${folder}/accounts.sql`;
    await Deno.writeTextFile(accounts, ACCOUNTS);
    const port = freePort();
    const args = [
      ...["--no-defaults", data, `--init-file=${accounts}`, "--skip-name-resolve"],
      ...["--bind-address=127.0.0.1", `--port=${port}`, `--socket=${folder}/socket`],
    ];
    const ready = ["stderr", "ready for connections"] as const;
    await using _server = await startServer(asNobody(MARIADB, ...args), { ports: {}, ready });
    await use(port);
  });
}

/** Provides a folder that the servers can write to. */
async function withData(use: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    if (isRoot()) await Deno.chown(folder, Number(NOBODY), Number(NOBODY));
    await use(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function runToEnd(...words: string[]): Promise<void> {
  const { command, args } = asNobody(...words);
  const { success, stdout, stderr } = await new Deno.Command(command, { args }).output();
  const texts = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  if (!success) throw new Error(`${words.join(" ")} failed: ${texts.join("")}`);
}

function asNobody(...[command = "", ...args]: string[]): Launch {
  if (!isRoot()) return { command, args };
  const user = [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, "--clear-groups"];
  return { command: "setpriv", args: [...user, command, ...args] };
}

function isRoot(): boolean {
  return Deno.uid() === 0;
}

/** The path of a program on PATH or in one of the folders; just its name if it isn't found. */
function found(name: string, ...folders: string[]): string {
  const path = onPath(name);
  if (path !== name || !areGranted(["read"])) return path;
  return folders.map((folder) => `${folder}/${name}`).find(exists) ?? name;
}

/** The program folders in a folder with one subfolder per version. */
function versionsIn(folder: string): string[] {
  if (!areGranted(["read"]) || !exists(folder)) return [];
  return [...Deno.readDirSync(folder)].map(({ name }) => `${folder}/${name}/bin`).sort();
}

function exists(path: string): boolean {
  try {
    return Deno.statSync(path) !== undefined;
  } catch {
    return false;
  }
}

function needs(...programs: string[]): Condition {
  if (!areGranted(["env", "read"])) return { missing: undefined };
  const missing = programs.find((program) => !program.includes("/"));
  return { missing: missing === undefined ? undefined : `no ${missing} installed` };
}
