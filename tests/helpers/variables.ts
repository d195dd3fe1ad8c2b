import process from "node:process";

/**
 * Sets or unsets variables for the code of this test file, and reverts that code's own changes, when
 * disposed. The process environment is unaffected, because other test files run in it too.
 */
export function setVariables(variables: Record<string, string | undefined>): Disposable {
  const { env } = process;
  const { get, has, set, delete: remove, toObject } = Deno.env;
  const entries = Object.entries({ ...toObject(), ...variables });
  const all = Object.fromEntries(
    entries.filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  process.env = all;
  Object.assign(Deno.env, {
    get: (name: string) => all[name],
    has: (name: string) => name in all,
    set: (name: string, value: string) => void (all[name] = value),
    delete: (name: string) => void delete all[name],
    toObject: () => ({ ...all }),
  });
  return {
    [Symbol.dispose]() {
      process.env = env;
      Object.assign(Deno.env, { get, has, set, delete: remove, toObject });
    },
  };
}
