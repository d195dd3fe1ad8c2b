import type { ComponentChildren } from "preact";
import { Command } from "./command.tsx";

/** Says what is missing, and which commands fill it. */
export function EmptyState({ title, children, commands = [] }: EmptyStateProps) {
  return (
    <div class="message">
      <h2>{title}</h2>
      {children && <div class="message-text">{children}</div>}
      {commands.map((command) => <Command key={command} text={command} />)}
    </div>
  );
}

export interface EmptyStateProps {
  title: string;
  children?: ComponentChildren;
  commands?: readonly string[];
}

/** Says why something cannot be shown, and lets one try again. */
export function ErrorState({ title, error, onRetry }: ErrorStateProps) {
  return (
    <div class="message" role="alert">
      <h2>{title}</h2>
      <p class="message-text">{error.message}</p>
      {onRetry && <button type="button" class="button" onClick={onRetry}>Try again</button>}
    </div>
  );
}

export interface ErrorStateProps {
  title: string;
  error: Error;
  onRetry?: () => void;
}

/** While the first answer is on its way. */
export function LoadingState() {
  return <p class="message loading" role="status">Loading …</p>;
}
