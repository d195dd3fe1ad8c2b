import type { ExportResult } from "@opentelemetry/core";
import { ConsoleSpanExporter, type ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { visible } from "../../unsafe_text.ts";
import { shownAs, visibleParts } from "../visible_parts.ts";

/** The SDK's exporter, which here escapes control characters in the content of spans. */
export class VisibleSpanExporter extends ConsoleSpanExporter {
  override export(spans: ReadableSpan[], done: (result: ExportResult) => void): void {
    super.export(
      spans.map((span) =>
        shownAs(span, {
          name: visible(span.name),
          attributes: visibleParts(span.attributes),
          status: visibleParts(span.status),
          events: visibleParts(span.events),
          links: visibleParts(span.links),
          resource: shownAs(span.resource, {
            attributes: visibleParts(span.resource.attributes),
          }),
          instrumentationScope: visibleParts(span.instrumentationScope),
        })
      ),
      done,
    );
  }
}
