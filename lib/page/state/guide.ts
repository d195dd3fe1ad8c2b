import { computed, signal } from "@preact/signals";
import type { GuideAction, GuideView } from "../../collector/api/guide.ts";
import { actOnGuide, ApiError, fetchGuide } from "../api.ts";
import { useLive } from "./live.ts";
import { readStored, writeStored } from "./stored.ts";

const NAME = "guide";

/** The workshop's guide as it stands; undefined where the collector runs without one. */
export const guide = signal<GuideView | undefined>(undefined);

const isOpen = signal(true);

/** Whether the panel is on the page. */
export const isGuideShown = computed(() => guide.value !== undefined && isOpen.value);

/** Why the last action could not be done; empty while it could. */
export const failure = signal("");

const isActing = signal(false);

/** Whether nothing can be asked of the guide now. */
export const isBusy = computed(() => isActing.value || guide.value?.busy !== undefined);

/** Asks for the guide, and for whether the panel was closed when this browser last saw it. */
export async function startGuide(): Promise<void> {
  isOpen.value = readStored(NAME) !== "closed";
  await loadGuide();
}

/** Keeps the guide up to date while the component is shown. */
export function useGuideEvents(): void {
  useLive("guide", (view) => {
    // What could not be done was about the step that is left.
    if (view.step.id !== guide.value?.step.id) failure.value = "";
    guide.value = view;
  });
  useLive("resync", () => void loadGuide());
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
    guide.value = await actOnGuide(action);
    failure.value = "";
  } catch (error) {
    failure.value = error instanceof Error ? error.message : String(error);
  } finally {
    isActing.value = false;
  }
}

async function loadGuide(): Promise<void> {
  try {
    guide.value = await fetchGuide();
  } catch (error) {
    // Whether the collector answers at all is said elsewhere.
    if (error instanceof ApiError && error.status === 404) guide.value = undefined;
  }
}
