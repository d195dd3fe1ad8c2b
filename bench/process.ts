/** A tick of /proc/PID/stat in microseconds: USER_HZ is 100 on Linux. */
const TICK_US = 10_000;
/** What /proc/PID/clear_refs takes to make the peak the present. */
const RESET_PEAK = "5";

/** User and system time of a process so far, in microseconds. */
export function cpuMicros(pid: number): number {
  const fields = Deno.readTextFileSync(`/proc/${pid}/stat`).replace(/^.*\) /, "").split(" ");
  return (Number(fields[11]) + Number(fields[12])) * TICK_US;
}

/**
 * The same for the threads that still run, and to the nanosecond: for programs that end no threads while they
 * are measured.
 */
export function threadMicros(pid: number): number {
  const folder = `/proc/${pid}/task`;
  let nanos = 0;
  for (const { name } of Deno.readDirSync(folder)) {
    try {
      nanos += Number(Deno.readTextFileSync(`${folder}/${name}/schedstat`).split(" ")[0]);
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error; // The thread has just ended.
    }
  }
  return nanos / 1000;
}

/** The resident memory of a process, in MiB. */
export function residentMiB(pid: number): number {
  return statusMiB(pid, "VmRSS");
}

/** The peak resident memory of a process, in MiB. */
export function peakMemoryMiB(pid: number): number {
  return statusMiB(pid, "VmHWM");
}

/** Starts to measure the peak of another process anew. */
export function resetPeakMemory(pid: number): void {
  Deno.writeTextFileSync(`/proc/${pid}/clear_refs`, RESET_PEAK);
}

function statusMiB(pid: number, field: string): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(new RegExp(`${field}:\\s+(\\d+) kB`).exec(status)![1]) / 1024;
}
