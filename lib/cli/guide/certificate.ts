import { summarize } from "../../workshop/summary/summary.ts";
import type { CommandContext } from "../command.ts";
import { UsageError } from "../errors.ts";
import { writeNew } from "../files/write_new.ts";
import { checkName } from "./class_report.ts";
import type { WordOptions } from "./word.ts";

/** Writes a certificate with the learner's name, which is stored nowhere else. */
export async function certificate(
  { session, flags }: WordOptions,
  { output }: CommandContext,
): Promise<number> {
  const { out = "certificate.html", name: given, force = false } = flags;
  if (given === undefined) {
    throw new UsageError("Cannot write a certificate without a name: set it with --name");
  }
  if (!/\.html$/i.test(out)) {
    throw new UsageError(`Cannot use --out "${out}": expected a name that ends with .html`);
  }
  const { certificateHtml } = await import("../../workshop/summary/certificate.ts");
  const made = summarize(session.course, session.progress, Date.now(), checkName(given));
  await writeNew(out, certificateHtml(made), force);
  output.data(out);
  return 0;
}
