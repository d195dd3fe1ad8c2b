import process from "node:process";
import { emitKeypressEvents } from "node:readline";

/** Receives keys. */
export interface KeyListener {
  /** A character, or a name: `up`, `pagedown`, `return`, `escape`, `ctrl-c`. */
  onKey(key: string): void;
  /** No more keys will arrive: the terminal is gone. */
  onEnd(): void;
}

/** A key in the format of node:readline. */
interface Keypress {
  name?: string;
  ctrl: boolean;
  sequence: string;
  /** Of a sequence: `[A`. */
  code?: string;
}

const NAMES = [
  "up",
  "down",
  "left",
  "right",
  "pageup",
  "pagedown",
  "home",
  "end",
  "return",
  "escape",
  "space",
];

/** The markers around pasted text, if the terminal supports them. */
const PASTE_BEGINS = "[200";
const PASTE_ENDS = "[201";

/**
 * Reads single keys from standard input, which must be a terminal, until disposed. Pasted text is ignored: its
 * characters would trigger many actions at once.
 */
export function readKeys({ onKey, onEnd }: KeyListener): Disposable {
  const { stdin } = process;
  let isPasting = false;

  function listen(_: string | undefined, { name, ctrl, sequence, code }: Keypress): void {
    if (code?.startsWith(PASTE_BEGINS)) isPasting = true;
    else if (code?.startsWith(PASTE_ENDS)) isPasting = false;
    else if (isPasting) return;
    else if (ctrl) onKey(code === undefined ? `ctrl-${name}` : name ?? "");
    else if (name !== undefined && NAMES.includes(name)) onKey(name);
    // Longer sequences are unsupported keys.
    else if ([...sequence].length === 1) onKey(sequence);
  }

  emitKeypressEvents(stdin);
  stdin.on("keypress", listen);
  stdin.on("end", onEnd);
  stdin.on("error", onEnd);
  stdin.setRawMode(true);
  stdin.resume();
  return {
    [Symbol.dispose]() {
      stdin.off("keypress", listen);
      stdin.off("end", onEnd);
      stdin.off("error", onEnd);
      stdin.setRawMode(false);
      stdin.pause();
    },
  };
}

/** Restores settings that stopping and continuing the process may have reset. */
export function setKeyMode(): void {
  process.stdin.setRawMode(false);
  process.stdin.setRawMode(true);
}
