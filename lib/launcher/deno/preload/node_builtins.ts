/**
 * A module of Node's, for a library that has loaded it. To import it would load it in front of every
 * program, which takes up to 15 ms.
 */
export const builtinModule: typeof import("node:process").getBuiltinModule = (name: string) => {
  const { process } = globalThis as unknown as { process: typeof import("node:process") };
  return process.getBuiltinModule(name);
};
