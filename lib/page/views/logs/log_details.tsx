import type { LogEntry } from "../../../collector/model.ts";
import type { KeyValue } from "../../../otlp/json.ts";
import { valueText } from "../../../otlp/any_value.ts";
import { severityName } from "../../../otlp/severity.ts";
import { CopyButton } from "../../components/copy_button.tsx";
import { countOf } from "../../format/number.ts";
import { formatAbsolute } from "../../format/time.ts";
import { hrefOf, isSnapshot } from "../../state/place.ts";
import { describeEntity } from "../trace/entity.ts";
import { describeFlags } from "../trace/span_flags.ts";

/** Longer values make no sense as a search. */
const LONGEST_SEARCH = 200;

/** A record's own fields and attributes, and apart from them those of its scope and its resource. */
export function LogDetails({ entry }: { entry: LogEntry }) {
  const { severityNumber, severityText, eventName, scopeName, scopeVersion } = entry;
  const { observedTimeUnixNano, droppedAttributesCount = 0, entityRefs = [] } = entry;
  const flags = describeFlags(entry.flags, "span");
  const fields: [string, string][] = [
    ["Time", formatAbsolute(entry.timeUnixNano)],
    ...optional("Observed", observedTimeUnixNano && formatAbsolute(observedTimeUnixNano)),
    [
      "Severity",
      [severityName(severityNumber), severityText && `"${severityText}"`, `(${severityNumber})`]
        .filter(Boolean).join(" "),
    ],
    ["Event name", eventName || "none"],
    ["Trace", entry.traceId || "none"],
    ["Span", entry.spanId || "none"],
    ...optional("Flags", flags),
    ...optional(
      "Dropped",
      droppedAttributesCount > 0 && `${countOf(droppedAttributesCount, "attribute")} by the SDK`,
    ),
  ];
  return (
    <>
      <Part title="Record" fields={fields} attributes={entry.attributes} />
      <Part
        title="Scope"
        fields={[
          ["Name", scopeName || "none"],
          ["Version", scopeVersion || "none"],
          ...optional("Schema", entry.scopeSchemaUrl),
        ]}
        attributes={entry.scopeAttributes}
      />
      <Part
        title="Resource"
        fields={[
          ...entityRefs.flatMap((entity) =>
            optional(`Entity ${entity.type ?? ""}`, describeEntity(entity))
          ),
          ...optional("Schema", entry.resourceSchemaUrl),
        ]}
        attributes={entry.resource}
      />
      <CopyButton text={JSON.stringify(entry, undefined, 2)} label="Copy as JSON" />
    </>
  );
}

/** A field, unless there is nothing to show. */
function optional(name: string, text: string | false | undefined): [string, string][] {
  return text ? [[name, text]] : [];
}

interface PartProps {
  title: string;
  fields: readonly (readonly [string, string])[];
  attributes: readonly KeyValue[];
}

function Part({ title, fields, attributes }: PartProps) {
  return (
    <section class="log-part">
      <h3>{title}</h3>
      <dl class="pairs">
        {fields.map(([name, text]) => (
          <>
            <dt>{name}</dt>
            <dd>{text}</dd>
          </>
        ))}
        {attributes.map(({ key = "", value }) => (
          <>
            <dt class="mono">{key}</dt>
            <dd>
              {valueText(value)}
              <SearchLink name={key} text={valueText(value)} />
            </dd>
          </>
        ))}
      </dl>
    </section>
  );
}

function SearchLink({ name, text }: { name: string; text: string }) {
  if (text === "") return null;
  if (isSnapshot.value || text.length > LONGEST_SEARCH) {
    return (
      <span class="attribute-filter">
        <CopyButton text={text} />
      </span>
    );
  }
  return (
    <a
      class="attribute-filter"
      href={hrefOf("/logs", name === "service.name" ? { service: text } : { q: text })}
      title="Find log records with this value"
      aria-label={`Find log records with ${name} ${text}`}
    >
      ⌕
    </a>
  );
}
