import type { ComponentChildren } from "preact";

/** A button that keeps the focus while it is inactive, so that keyboard users don't lose their place. */
export function GuideButton(
  { isOff, onClick, children, look = "small", type = "button", opensDialog }: GuideButtonProps,
) {
  return (
    <button
      type={type}
      class={`button ${look}`}
      aria-disabled={isOff}
      aria-haspopup={opensDialog ? "dialog" : undefined}
      onClick={(event) => {
        if (isOff) event.preventDefault();
        else onClick?.();
      }}
    >
      {children}
    </button>
  );
}

export interface GuideButtonProps {
  isOff: boolean;
  onClick?: () => void;
  children: ComponentChildren;
  look?: "small" | "plain" | "main";
  type?: "button" | "submit";
  opensDialog?: boolean;
}
