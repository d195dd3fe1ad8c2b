import { signal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { CompareRun } from "../../../guests/compare.ts";
import { messageOf } from "../../../error_message.ts";
import { ApiError, fetchRun, runCompare } from "../../api.ts";
import { hrefWith, navigate, place } from "../../state/place.ts";

/** The shown request; it is kept while other views are open. */
export const currentRun = signal<CompareRun | undefined>(undefined);

/** Whether a request is being sent. */
export const isSending = signal(false);

/** Why the last request was not sent; empty if it was. */
export const failure = signal("");

/** Sends a request to all apps, and gives it an address. */
export async function send(path: string, { replace = false } = {}): Promise<void> {
  isSending.value = true;
  failure.value = "";
  try {
    show(await runCompare(path), { replace });
  } catch (error) {
    failure.value = messageOf(error);
  } finally {
    isSending.value = false;
  }
}

/**
 * Shows the request in the address. If the program doesn't know it anymore, or the address has only a path,
 * it is sent again.
 */
export function useAddressedRun(): void {
  const { params } = place.value;
  const [id, path] = [params.get("run"), params.get("path")];
  useEffect(() => {
    const run = currentRun.value;
    if (id === null && path === null) {
      if (run) show(run, { replace: true });
      return;
    }
    if (id !== null && run?.id === id) return;
    const controller = new AbortController();
    void find(id, path, controller.signal);
    return () => controller.abort();
  }, [id, path]);
}

async function find(id: string | null, path: string | null, signal: AbortSignal): Promise<void> {
  try {
    const run = id === null ? undefined : await fetchRun(id, signal);
    if (run) currentRun.value = run;
    else if (path !== null) await send(path, { replace: true });
  } catch (error) {
    if (signal.aborted) return;
    const isUnknown = error instanceof ApiError && error.status === 404;
    if (isUnknown && path !== null) await send(path, { replace: true });
    else failure.value = messageOf(error);
  }
}

function show(run: CompareRun, { replace }: { replace: boolean }): void {
  currentRun.value = run;
  navigate(hrefWith({ code: undefined, path: run.path, run: run.id }), { replace });
}
