import { openTerminal, testInTerminal } from "../helpers/tmux.ts";
import { launcher } from "./launching.ts";

testInTerminal("run: a signal arrives once, from the terminal or from elsewhere", async () => {
  const script = `n=0; trap 'n=$((n + 1)); echo "got $n"' INT
    trap 'echo "in all $n"; exit' USR1
    echo "launcher $PPID."; while :; do sleep 0.05; done`;
  const { command, args } = launcher();
  await using terminal = await openTerminal({ command: [command, ...args, "sh", "-c", script] });
  const screen = await terminal.waitUntil((text) => /launcher \d+\./.test(text), "the launcher");
  const pid = Number(/launcher (\d+)\./.exec(screen)![1]);
  Deno.kill(pid, "SIGINT");
  await terminal.waitFor("got 1");
  await terminal.press("C-c");
  await terminal.waitFor("got 2");
  Deno.kill(pid, "SIGUSR1");
  await terminal.waitFor("in all 2");
});
