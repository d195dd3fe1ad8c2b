import { useEffect, useReducer, useRef } from "preact/hooks";

/** Data that is loaded from the collector. */
export interface Loaded<T> {
  /** The last response; it stays while a newer one is loading. */
  data: T | undefined;
  /** Why the last attempt failed. */
  error: Error | undefined;
  isLoading: boolean;
  /** Reloads; if a load is running, once more afterwards. */
  reload: () => void;
}

/** Loads when shown and whenever `key` changes; responses for an older key are dropped. */
export function useLoaded<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
): Loaded<T> {
  const [, update] = useReducer((count: number, _: void) => count + 1, 0);
  const latest = useRef(load);
  latest.current = load;
  const loader = useRef<Loader<T>>();
  loader.current ??= createLoader((signal) => latest.current(signal), () => update());

  useEffect(() => {
    loader.current?.start();
    return () => loader.current?.stop();
  }, [key]);
  return loader.current.state;
}

interface Loader<T> {
  state: Loaded<T>;
  start: () => void;
  stop: () => void;
}

function createLoader<T>(
  load: (signal: AbortSignal) => Promise<T>,
  onChange: () => void,
): Loader<T> {
  let controller: AbortController | undefined;
  let isAgain = false;
  const loader: Loader<T> = {
    state: { data: undefined, error: undefined, isLoading: true, reload },
    start: () => void run(),
    stop: () => controller?.abort(),
  };
  return loader;

  function reload(): void {
    if (loader.state.isLoading) isAgain = true;
    else void run();
  }

  async function run(): Promise<void> {
    controller?.abort();
    const { signal } = controller = new AbortController();
    isAgain = false;
    set({ isLoading: true });
    try {
      const data = await load(signal);
      if (signal.aborted) return;
      set({ data, error: undefined, isLoading: false });
    } catch (error) {
      if (signal.aborted) return;
      set({ error: error instanceof Error ? error : new Error(String(error)), isLoading: false });
    }
    if (isAgain) void run();
  }

  function set(change: Partial<Loaded<T>>): void {
    loader.state = { ...loader.state, ...change };
    onChange();
  }
}
