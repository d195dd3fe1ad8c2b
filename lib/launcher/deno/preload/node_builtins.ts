/**
 * Returns a built-in module of Node, for a library that has already loaded it. Importing the module
 * would load it before every program, which takes up to 15 ms.
 */
export const builtinModule: typeof import("node:process").getBuiltinModule = (name: string) => {
  const { process } = globalThis as unknown as { process: typeof import("node:process") };
  return process.getBuiltinModule(name);
};
