// Ways in which a program ends at once, without waiting for anything.
import process from "node:process";

const ENDINGS = {
  exit: () => process.exit(3),
  error: () => setTimeout(() => {
    throw new Error("nobody catches this");
  }),
  rejection: () => void Promise.reject(new Error("nobody handles this")),
  signal() {
    process.on("SIGTERM", () => process.exit(4));
    process.kill(process.pid, "SIGTERM");
  },
};

/** @param {keyof typeof ENDINGS} ending */
export function end(ending) {
  console.info(`ending: ${ending}`);
  ENDINGS[ending]();
  return "ending\n";
}
