import { computed, signal } from "@preact/signals";
import { messageOf } from "../../error_message.ts";
import type { GuideAction, GuideView } from "../../guests/guide.ts";
import { actOnGuide, fetchPresence } from "../api.ts";
import { onLive } from "./live.ts";
import { readStored, writeStored } from "./stored.ts";

const NAME = "guide";

/** The state of the workshop's guide; undefined if the collector has none. */
export const guide = signal<GuideView | undefined>(undefined);

const isOpen = signal(true);

/** Whether the panel is on the page. */
export const isGuideShown = computed(() => guide.value !== undefined && isOpen.value);

/** Why the last action failed; empty if it succeeded. */
export const failure = signal("");

/** The number of live events about the guide. */
let eventCount = 0;

const isActing = signal(false);

/** Whether the guide accepts no actions at the moment. */
export const isBusy = computed(() => isActing.value || guide.value?.busy !== undefined);

/** Shows the guide, follows its changes, and restores whether the panel was closed. */
export function startGuide(view: GuideView | undefined): void {
  guide.value = view;
  isOpen.value = readStored(NAME) !== "closed";
  onLive("guide", (view) => {
    // The failure was about the previous step.
    if (view.step.id !== guide.value?.step.id) failure.value = "";
    guide.value = view;
    eventCount++;
  });
  onLive("resync", () => void loadGuide());
}

/** Opens or closes the panel; remembered in this browser. */
export function toggleGuide(): void {
  isOpen.value = !isOpen.value;
  writeStored(NAME, isOpen.value ? undefined : "closed");
}

/** Sends an action to the guide; if it fails, the reason is in {@linkcode failure}. */
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
  const known = eventCount;
  // The connection state is shown elsewhere.
  const presence = await fetchPresence().catch(() => undefined);
  if (presence && eventCount === known) guide.value = presence.guide ?? undefined;
}

/**
 * Applies a response unless an event arrived in the meantime: every change sends one, and a response may be
 * older.
 */
async function adopt(answer: Promise<GuideView>): Promise<void> {
  const known = eventCount;
  const view = await answer;
  if (eventCount === known) guide.value = view;
}
