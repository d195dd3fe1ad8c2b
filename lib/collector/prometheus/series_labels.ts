import { valueText } from "../../otlp/any_value.ts";
import type { KeyValue } from "../../otlp/json.ts";
import type { SeriesIdentity } from "../model.ts";
import { prometheusLabel } from "./names.ts";

/** Attributes that become `job` and `instance`, and are therefore not repeated in `target_info`. */
const IDENTITY = new Set(["service.name", "service.namespace", "service.instance.id"]);

/** The maximum number of cached label names. */
const MAX_LABEL_NAMES = 1000;

/** Names that a scope attribute may not have, because the scope's own fields use them. */
const SCOPE_MEMBERS = new Set(["name", "version", "schema_url"]);

/**
 * The labels of a series, except its name: its attributes, its scope, and `job` and `instance` of its
 * resource.
 *
 * @see
 * https://opentelemetry.io/docs/specs/otel/compatibility/prometheus_and_openmetrics/#instrumentation-scope-1
 */
export function labelsOfSeries(series: SeriesIdentity): Map<string, string> {
  const labels = labelsOf(series.attributes);
  if (series.scopeAttributes.length > 0) {
    for (const [name, value] of labelsOf(series.scopeAttributes)) {
      if (!SCOPE_MEMBERS.has(name)) labels.set(`otel_scope_${name}`, value);
    }
  }
  setUnlessEmpty(labels, "otel_scope_name", series.scopeName);
  setUnlessEmpty(labels, "otel_scope_version", series.scopeVersion);
  setUnlessEmpty(labels, "otel_scope_schema_url", series.scopeSchemaUrl);
  for (const [name, value] of identityOf(series.resource)) labels.set(name, value);
  return labels;
}

/** The labels of a resource's `target_info`. */
export function targetLabels(resource: readonly KeyValue[]): Map<string, string> {
  const others = resource.filter(({ key = "" }) => !IDENTITY.has(key));
  return new Map([...labelsOf(others), ...identityOf(resource), ["__name__", "target_info"]]);
}

const identities = new WeakMap<readonly KeyValue[], Map<string, string>>();

/** `job` and `instance`, if the resource has them. Series of a resource share its attributes array. */
function identityOf(resource: readonly KeyValue[]): Map<string, string> {
  const known = identities.get(resource);
  if (known) return known;
  const text = (wanted: string) => valueText(resource.find(({ key }) => key === wanted)?.value);
  const [name, namespace] = [text("service.name"), text("service.namespace")];
  const labels = new Map<string, string>();
  setUnlessEmpty(labels, "job", name && namespace ? `${namespace}/${name}` : name);
  setUnlessEmpty(labels, "instance", text("service.instance.id"));
  identities.set(resource, labels);
  return labels;
}

/** Converts attributes to labels. If several get the same name, their values are joined in key order. */
function labelsOf(attributes: readonly KeyValue[]): Map<string, string> {
  const sorted = attributes.map(({ key = "", value }) => ({
    key,
    text: value?.stringValue ?? valueText(value),
  }));
  if (sorted.length > 1) sorted.sort((a, b) => a.key < b.key ? -1 : 1);
  const labels = new Map<string, string>();
  for (const { key, text } of sorted) {
    const name = labelOf(key);
    const known = labels.get(name);
    labels.set(name, known === undefined ? text : `${known};${text}`);
  }
  for (const [name, text] of labels) if (text === "" || name === "") labels.delete(name);
  labels.delete("__name__");
  return labels;
}

/** A cache of label names by key; cleared when it is full. */
const labelNames = new Map<string, string>();

function labelOf(key: string): string {
  let name = labelNames.get(key);
  if (name === undefined) {
    if (labelNames.size >= MAX_LABEL_NAMES) labelNames.clear();
    labelNames.set(key, name = prometheusLabel(key));
  }
  return name;
}

function setUnlessEmpty(labels: Map<string, string>, name: string, value: string): void {
  if (value !== "") labels.set(name, value);
}
