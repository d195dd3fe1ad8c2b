import { computed, signal } from "@preact/signals";
import { messageOf } from "../../error_message.ts";
import type { GuideAction, GuideView } from "../../guests/guide.ts";
import { actOnGuide, ApiError, fetchGuide } from "../api.ts";
import { onLive } from "./live.ts";
import { readStored, writeStored } from "./stored.ts";

const NAME = "guide";

/** The workshop's guide as it stands; undefined where the collector runs without one. */
export const guide = signal<GuideView | undefined>(undefined);

const isOpen = signal(true);

/** Whether the panel is on the page. */
export const isGuideShown = computed(() => guide.value !== undefined && isOpen.value);

/** Why the last action could not be done; empty while it could. */
export const failure = signal("");

/** How many live events have told of the guide. */
let eventCount = 0;

const isActing = signal(false);

/** Whether nothing can be asked of the guide now. */
export const isBusy = computed(() => isActing.value || guide.value?.busy !== undefined);

/** Asks for the guide, follows what becomes of it, and reads whether the panel was closed last. */
export async function startGuide(): Promise<void> {
  isOpen.value = readStored(NAME) !== "closed";
  onLive("guide", (view) => {
    // What could not be done was about the step that is left.
    if (view.step.id !== guide.value?.step.id) failure.value = "";
    guide.value = view;
    eventCount++;
  });
  onLive("resync", () => void loadGuide());
  await loadGuide();
}

/** Opens the panel, or closes it; kept in this browser. */
export function toggleGuide(): void {
  isOpen.value = !isOpen.value;
  writeStored(NAME, isOpen.value ? undefined : "closed");
}

/** Asks the guide for something; whether it can be done stands in {@linkcode failure}. */
export async function act(action: GuideAction): Promise<void> {
  if (isBusy.value) return;
  isActing.value = true;
  try {
    await adopt(actOnGuide(action));
    failure.value = "";
  } catch (error) {
    failure.value = messageOf(error);
  } finally {
    isActing.value = false;
  }
}

async function loadGuide(): Promise<void> {
  try {
    await adopt(fetchGuide());
  } catch (error) {
    // Whether the collector answers at all is said elsewhere.
    if (error instanceof ApiError && error.status === 404) guide.value = undefined;
  }
}

/** Shows an answer, unless an event came meanwhile: each change has one, and an answer may be older. */
async function adopt(answer: Promise<GuideView>): Promise<void> {
  const known = eventCount;
  const view = await answer;
  if (eventCount === known) guide.value = view;
}
