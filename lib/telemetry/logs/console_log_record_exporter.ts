import type { ExportResult } from "@opentelemetry/core";
import { ConsoleLogRecordExporter, type ReadableLogRecord } from "@opentelemetry/sdk-logs";
import { visible } from "../../unsafe_text.ts";
import { shownAs, visibleParts } from "../visible_parts.ts";

/** The SDK's exporter, which here escapes control characters in the content of log records. */
export class VisibleLogRecordExporter extends ConsoleLogRecordExporter {
  override export(records: ReadableLogRecord[], done: (result: ExportResult) => void): void {
    super.export(
      records.map((record) =>
        shownAs(record, {
          body: visibleParts(record.body),
          attributes: visibleParts(record.attributes),
          ...record.eventName !== undefined && { eventName: visible(record.eventName) },
          ...record.severityText !== undefined && { severityText: visible(record.severityText) },
          resource: shownAs(record.resource, {
            attributes: visibleParts(record.resource.attributes),
          }),
          instrumentationScope: visibleParts(record.instrumentationScope),
        })
      ),
      done,
    );
  }
}
