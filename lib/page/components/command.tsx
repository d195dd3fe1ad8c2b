import { CopyButton } from "./copy_button.tsx";

/** A command for the terminal, ready to copy. */
export function Command({ text }: { text: string }) {
  return (
    <div class="command">
      <code>{text}</code>
      <CopyButton text={text} />
    </div>
  );
}
