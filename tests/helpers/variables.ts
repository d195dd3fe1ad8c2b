import process from "node:process";

/**
 * Sets variables for the code of this test file, as far as it reads them as Node programs do, until
 * disposed. The process keeps its own: other test files run in it, too.
 */
export function setVariables(variables: Record<string, string>): Disposable {
  const { env } = process;
  process.env = { ...env, ...variables };
  return { [Symbol.dispose]: () => void (process.env = env) };
}
