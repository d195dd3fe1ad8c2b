import type { ComponentChildren } from "preact";
import { Command } from "./command.tsx";

/** Shows what is missing, and the commands that provide it. */
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

/** Shows why something failed, with a button to retry. */
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

/** Shown until the first response. */
export function LoadingState() {
  return <p class="message loading" role="status">Loading …</p>;
}
