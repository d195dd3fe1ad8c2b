import { Dialog } from "../components/dialog.tsx";
import { act } from "../state/guide.ts";

/** What takes away what the learner has, and so is asked for twice. */
export type Confirmable = "solve" | "reset";

interface Words {
  title: string;
  /** What becomes of a folder, and what happens without one. */
  withFolder: string;
  withoutFolder: string;
  yes: string;
}

const WORDS: Record<Confirmable, Words> = {
  solve: {
    title: "Have the step done for you?",
    withFolder: "The files of this step in your folder are replaced by finished ones; what you " +
      "wrote is kept beside them. Then what the step asks for is run: the app, its requests, the " +
      "quiz.",
    withoutFolder: "What the step asks for is run for you: the app, its requests, the quiz.",
    yes: "Yes, do it",
  },
  reset: {
    title: "Begin the step anew?",
    withFolder: "The files of this step in your folder are put back to how they were laid out; " +
      "what you wrote is kept beside them. What is known of the step, answers of the quiz too, is " +
      "forgotten.",
    withoutFolder: "What you did in this step, answers of the quiz too, is forgotten.",
    yes: "Yes, begin anew",
  },
};

/** Says what will become of what; nothing is done before one says yes. */
export function ConfirmDialog({ asked, hasFolder, onClose }: ConfirmDialogProps) {
  // While it closes it keeps no words, for nobody reads them.
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
  /** Whether the learner works in a folder of their own. */
  hasFolder: boolean;
  onClose: () => void;
}
