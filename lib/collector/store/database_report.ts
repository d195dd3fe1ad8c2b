import type { ReportFault } from "../fault_report.ts";
import { DatabaseError, type DatabaseTrouble } from "./database_error.ts";
import type { Intake } from "./store.ts";

/** Reports database trouble once when it starts, and once when it is over. */
export class DatabaseReport {
  readonly #report: (message: string) => void;
  #told: DatabaseTrouble | undefined;
  #toldOfReading: DatabaseTrouble | undefined;

  constructor(report: (message: string) => void) {
    this.#report = report;
  }

  /** Reports trouble with writing, if it is new. */
  tell({ path, trouble, reason }: DatabaseError): void {
    // The store itself reports that its file is gone.
    if (this.#told === trouble || trouble === "gone") return;
    this.#told = trouble;
    this.#report(
      trouble === "damaged"
        ? `Cannot use the database "${path}": it is damaged (${reason}). New telemetry is refused. ` +
          "To see what can be saved, restart the collector"
        : `Cannot store telemetry in "${path}": ${reason}. Senders are asked to retry`,
    );
  }

  /**
   * Wraps a fault reporter. Database faults, which mean that kept data cannot be read, are reported here
   * instead.
   */
  without(reportFault: ReportFault): ReportFault {
    return (doing, error) =>
      error instanceof DatabaseError ? this.#tellOfReading(error) : reportFault(doing, error);
  }

  #tellOfReading({ path, trouble, reason }: DatabaseError): void {
    // Trouble with writing has already been reported.
    if (this.#toldOfReading === trouble || this.#told !== undefined || trouble === "gone") return;
    this.#toldOfReading = trouble;
    this.#report(
      `Cannot read all of the database "${path}": ${reason}. New telemetry is still stored. ` +
        "To see what can be saved, restart the collector",
    );
  }

  /** Wraps a store: reports when writing to its database fails and when it works again. */
  watch(store: Intake): Intake {
    return {
      get pendingBytes() {
        return store.pendingBytes;
      },
      add: async (signal, request, options) => {
        try {
          const result = await store.add(signal, request, options);
          this.#end();
          return result;
        } catch (error) {
          if (error instanceof DatabaseError) this.tell(error);
          throw error;
        }
      },
    };
  }

  #end(): void {
    if (this.#told === undefined) return;
    this.#told = undefined;
    this.#report("Telemetry is stored again");
  }
}
