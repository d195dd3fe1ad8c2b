import type { Span, SpanEvent } from "../../otlp/json.ts";
import { readStackPlace } from "../../stack_place.ts";
import { attributeText } from "../../otlp/any_value.ts";
import { nanosBetween } from "../../otlp/nanos.ts";
import { visible } from "../../unsafe_text.ts";
import { formatDuration } from "../../time_text.ts";

/** The span's events, one line each: name and time, and for exceptions type, message and location. */
export function eventLines({ startTimeUnixNano, events = [] }: Span): string[] {
  return events.map((event) => {
    if (event.name === "exception") return exceptionLine(event);
    const nanos = nanosBetween(startTimeUnixNano, event.timeUnixNano);
    const when = nanos === undefined ? "" : ` after ${formatDuration(nanos)}`;
    return `event ${visible(event.name ?? "")}${when}`;
  });
}

/** Where in the program an exception was thrown: the first stack line outside of libraries. */
export function placeOf(stacktrace: string): string | undefined {
  const frames = stacktrace.split("\n").slice(1);
  const place = frames.map(readStackPlace)
    .find((place) => place && !/node_modules|\/npm\/|^(ext|node|npm|jsr):/.test(place.path));
  return place && `${place.path.split("/").slice(-2).join("/")}:${place.line}`;
}

function exceptionLine({ attributes }: SpanEvent): string {
  const type = attributeText(attributes, "exception.type") ?? "exception";
  const message = attributeText(attributes, "exception.message") ?? "";
  const place = placeOf(attributeText(attributes, "exception.stacktrace") ?? "");
  return visible(`exception ${type}: ${message}${place ? ` at ${place}` : ""}`);
}
