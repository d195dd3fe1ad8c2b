/** Where an exporter is exported, so that another thread can create one like it. */
interface ExporterPlace {
  /** The file of the module. */
  path: string;
  /** The name of the class. */
  name: string;
}

/** Items of an exporter that can be passed to another thread. */
export interface CopiedBatch {
  exporter: ExporterPlace;
  items: object;
}

type Fields = Record<string, unknown>;

/** The parts of spans and log records that are exported. */
const FIELDS = [
  ...["name", "kind", "parentSpanContext", "parentSpanId", "startTime", "endTime", "duration"],
  ...["status", "attributes", "links", "events", "ended", "instrumentationScope"],
  ...["instrumentationLibrary", "droppedAttributesCount", "droppedEventsCount"],
  ...["droppedLinksCount", "hrTime", "hrTimeObserved", "severityText", "severityNumber", "body"],
  "eventName",
];

/** Copies the items, because classes of the SDK cannot be passed to another thread. */
export function copyBatch(exporter: ExporterPlace, items: object): CopiedBatch {
  const resources = new Map<unknown, object>();
  // Exporters group items by the identity of their resource.
  function copyResource(resource: Fields): object {
    const known = resources.get(resource);
    if (known) return known;
    const copy = { attributes: resource.attributes, schemaUrl: resource.schemaUrl };
    resources.set(resource, copy);
    return copy;
  }
  if (!Array.isArray(items)) {
    const { resource, scopeMetrics } = items as Fields;
    return { exporter, items: { resource: copyResource(resource as Fields), scopeMetrics } };
  }
  const copied = items.map((item: Fields) => ({
    ...Object.fromEntries(FIELDS.map((name) => [name, item[name]])),
    resource: copyResource(item.resource as Fields),
    spanContext: typeof item.spanContext === "function" ? item.spanContext() : item.spanContext,
  }));
  return { exporter, items: copied };
}
