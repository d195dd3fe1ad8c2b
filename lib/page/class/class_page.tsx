import { useSignal } from "@preact/signals";
import {
  byNeed,
  type ClassLearner,
  type ClassView,
  countStandings,
  formatMinutes,
  standingOf,
  stepLabel,
} from "../../class/class_view.ts";
import { visible } from "../../unsafe_text.ts";
import { Dialog } from "../components/dialog.tsx";
import { EmptyState, LoadingState } from "../components/messages.tsx";
import { ScrollX } from "../components/scroll_x.tsx";
import { useNow } from "../state/now.ts";
import { clearClass, problem, received } from "./state.ts";

const TICK_MS = 1_000;

/** All learners of a class, live. */
export function ClassPage() {
  const now = useNow(TICK_MS);
  const { value } = received;
  return (
    <>
      <header class="header">
        <h1 class="brand">Class</h1>
        {value && <span class="soft">{value.view.course}</span>}
      </header>
      {problem.value !== undefined && <p class="banner" role="status">{problem.value}</p>}
      <main>
        {value
          // The class's clock may be another machine's.
          ? <Learners view={value.view} now={value.view.at + now - value.receivedAt} />
          : <LoadingState />}
      </main>
    </>
  );
}

function Learners({ view, now }: { view: ClassView; now: number }) {
  const isByNeed = useSignal(false);
  const isClearing = useSignal(false);
  const { learners } = view;
  const shown = isByNeed.value ? byNeed(learners, now) : learners;
  return (
    <section class="view" aria-labelledby="class-title">
      <header class="view-head">
        <h2 id="class-title">{countStandings(learners, now)}</h2>
        <button
          type="button"
          class="button"
          aria-pressed={isByNeed.value}
          onClick={() => isByNeed.value = !isByNeed.value}
        >
          {isByNeed.value ? "Sort by name" : "Sort by need"}
        </button>
        <a class="button" href="/api/class/learners.csv" download="class.csv">Save as CSV</a>
        <button type="button" class="button" onClick={() => isClearing.value = true}>
          Next group …
        </button>
      </header>
      {learners.length === 0
        ? (
          <EmptyState title="Nobody has joined yet">
            <p>
              Learners take part with the command that <code>otel-kit class</code> printed.
            </p>
          </EmptyState>
        )
        : (
          <ScrollX label="Learners">
            <LearnerTable learners={shown} view={view} now={now} />
          </ScrollX>
        )}
      <ClearDialog isOpen={isClearing.value} onClose={() => isClearing.value = false} />
    </section>
  );
}

interface LearnerTableProps {
  learners: readonly ClassLearner[];
  view: ClassView;
  now: number;
}

function LearnerTable({ learners, view, now }: LearnerTableProps) {
  return (
    <table class="table stacked class-table">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">Step</th>
          <th scope="col">State</th>
          <th scope="col">Broken link</th>
          <th scope="col" class="right">At this step for</th>
          <th scope="col" class="right">Seen</th>
        </tr>
      </thead>
      <tbody>
        {learners.map((learner) => (
          <tr key={learner.name} data-standing={standingOf(learner, now)}>
            <th scope="row">{visible(learner.name)}</th>
            <td>{stepLabel(view, learner.step)}</td>
            <td>{standingOf(learner, now)}</td>
            <td>{learner.link}</td>
            <td class="number right" data-label="at this step for">
              {formatMinutes(now - learner.stepSince)}
            </td>
            <td class="number right" data-label="seen">
              {formatMinutes(now - learner.seenAt)} ago
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ClearDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const confirm = () => {
    onClose();
    void clearClass();
  };
  return (
    <Dialog title="Next group" isOpen={isOpen} onClose={onClose}>
      <p>All rows are removed. A guide that is still running comes back with its next report.</p>
      <p class="dialog-actions">
        <button type="button" class="button main" onClick={confirm}>Remove all rows</button>
        <button type="button" class="button" onClick={onClose}>Cancel</button>
      </p>
    </Dialog>
  );
}
