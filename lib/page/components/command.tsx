import { CopyButton } from "./copy_button.tsx";

/** A terminal command that can be copied. */
export function Command({ text }: { text: string }) {
  return (
    <div class="command">
      <code>{text}</code>
      <CopyButton text={text} />
    </div>
  );
}
