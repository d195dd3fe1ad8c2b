import { Dialog } from "../components/dialog.tsx";
import { act } from "../state/guide.ts";

/** Actions that discard the learner's work, and so need confirmation. */
export type Confirmable = "solve" | "reset";

interface Words {
  title: string;
  /** The effect on a folder, and the effect without one. */
  withFolder: string;
  withoutFolder: string;
  yes: string;
}

const WORDS: Record<Confirmable, Words> = {
  solve: {
    title: "Apply the solution?",
    withFolder: "The solution replaces the files of this step in your folder; what you " +
      "wrote is kept beside them. Then the guide does the rest of the step: the app, its " +
      "requests, the quiz.",
    withoutFolder: "The guide does the rest of the step for you: the app, its requests, the quiz.",
    yes: "Yes, apply it",
  },
  reset: {
    title: "Start the step over?",
    withFolder: "The files of this step in your folder are restored to their original state; " +
      "what you wrote is kept beside them. Your results in this step are deleted, including " +
      "answers to the quiz.",
    withoutFolder: "Your results in this step are deleted, including answers to the quiz.",
    yes: "Yes, start over",
  },
};

/** Explains the action; nothing happens before the learner confirms. */
export function ConfirmDialog({ asked, hasFolder, onClose }: ConfirmDialogProps) {
  // It has no text while closing, when nobody reads it.
  const words = asked && WORDS[asked];
  return (
    <Dialog title={words?.title ?? ""} isOpen={asked !== undefined} onClose={onClose}>
      <p>{hasFolder ? words?.withFolder : words?.withoutFolder}</p>
      <p class="dialog-actions">
        <button
          type="button"
          class="button"
          onClick={() => {
            if (asked) void act({ do: asked });
            onClose();
          }}
        >
          {words?.yes}
        </button>
        <button type="button" class="button" onClick={onClose}>Cancel</button>
      </p>
    </Dialog>
  );
}

export interface ConfirmDialogProps {
  asked: Confirmable | undefined;
  /** Whether the learner works in their own folder. */
  hasFolder: boolean;
  onClose: () => void;
}
