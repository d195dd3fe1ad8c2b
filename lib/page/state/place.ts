import { computed, signal } from "@preact/signals";
import { quoted } from "../../query/terms.ts";

/** The page's state: all of it is in the URL. */
export interface Place {
  path: string;
  params: URLSearchParams;
}

/** URLs that the collector serves besides the page. */
const DOCUMENTS = /^\/(api|tutorial)(\/|$)/;

/** Whether the page is a file of one trace: then the state is after `#`, because files have no `?`. */
export const isSnapshot = signal(false);

/** The current location. */
export const place = signal<Place>({ path: "/", params: new URLSearchParams() });

/** The path's parts, decoded. */
export const pathParts = computed(() => place.value.path.split("/").filter(Boolean).map(decode));

/** Starts to follow the address bar, and every link of the page. */
export function startRouter(snapshotPath?: string): void {
  isSnapshot.value = snapshotPath !== undefined;
  const read = () => place.value = readPlace(snapshotPath);
  read();
  addEventListener("popstate", read);
  if (snapshotPath !== undefined) addEventListener("hashchange", read);
  document.addEventListener("click", (event) => {
    const href = hrefOfPlainClick(event);
    if (href === undefined) return;
    event.preventDefault();
    navigate(href);
  });
}

/** Goes to a path of the page; `replace` adds no history entry. */
export function navigate(href: string, { replace = false }: { replace?: boolean } = {}): void {
  const url = new URL(href, "http://page");
  const shown = isSnapshot.value ? `#${url.searchParams}` : `${url.pathname}${url.search}`;
  if (replace) history.replaceState(null, "", shown);
  else history.pushState(null, "", shown);
  place.value = { path: url.pathname, params: url.searchParams };
}

/** The current URL with changed parameters; undefined and "" remove one, a list repeats it. */
export function hrefWith(changes: Record<string, string | readonly string[] | undefined>): string {
  const { path, params } = place.value;
  return hrefOf(path, changes, params);
}

/** A URL from a path and parameters. */
export function hrefOf(
  path: string,
  changes: Record<string, string | readonly string[] | undefined>,
  from?: URLSearchParams,
): string {
  const params = new URLSearchParams(from);
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    const values = typeof value === "string" ? [value] : value ?? [];
    for (const item of values) if (item !== "") params.append(name, item);
  }
  const query = params.toString();
  return query ? `${path}?${query}` : path;
}

/** The URL of a trace, or of one of its spans. */
export function traceHref(traceId: string, spanId?: string): string {
  return hrefOf(`/traces/${encodeURIComponent(traceId)}`, { span: spanId });
}

/** The URL of the comparison of two traces. */
export function comparisonHref(traceIdA: string, traceIdB: string): string {
  return `/traces/${encodeURIComponent(traceIdA)}/compare/${encodeURIComponent(traceIdB)}`;
}

/** The URL of a service's traces, or of those with a span of that name. */
export function tracesHref(serviceName: string, spanName?: string): string {
  const name = spanName === undefined ? "" : ` name:${quoted(spanName)}`;
  return hrefOf("/traces", { query: `service:${quoted(serviceName)}${name}` });
}

/** The collector's URL of a place in the tutorial, such as `3-manual.md#step-8`. */
export function tutorialHref(link: string): string {
  return `/tutorial/${link.replace(/\.md(?=#|$)/, "")}`;
}

function readPlace(snapshotPath: string | undefined): Place {
  return snapshotPath === undefined
    ? { path: location.pathname, params: new URLSearchParams(location.search) }
    : { path: snapshotPath, params: new URLSearchParams(location.hash.slice(1)) };
}

function hrefOfPlainClick(event: MouseEvent): string | undefined {
  if (event.defaultPrevented || event.button !== 0) return undefined;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return undefined;
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (!link || link.hasAttribute("download") || link.hasAttribute("target")) return undefined;
  const href = link.getAttribute("href") ?? "";
  return href.startsWith("/") && !DOCUMENTS.test(href) ? href : undefined;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
