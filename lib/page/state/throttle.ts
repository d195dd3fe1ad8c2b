/** Calls at most once in `millis`: at once if it was quiet, else when the time is over. */
export function throttle(call: () => void, millis: number): () => void {
  let isWaiting = false;
  let isWanted = false;
  return run;

  function run(): void {
    isWanted = true;
    if (isWaiting) return;
    isWanted = false;
    isWaiting = true;
    setTimeout(() => {
      isWaiting = false;
      if (isWanted) run();
    }, millis);
    call();
  }
}
