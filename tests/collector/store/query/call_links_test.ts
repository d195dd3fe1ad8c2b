import { assertEquals } from "@std/assert";
import {
  type CallSpan,
  parentLinks,
  zipkinLinks,
} from "../../../../lib/collector/store/query/call_links.ts";

const INTERNAL = 1;
const SERVER = 2;
const CLIENT = 3;
const PRODUCER = 4;

Deno.test("parentLinks() counts each span with a parent, also within a service", () => {
  const spans = [
    span("1", "", "web", SERVER),
    span("2", "1", "web", INTERNAL),
    span("3", "2", "api", SERVER, { isError: true }),
    span("4", "missing", "api", INTERNAL),
  ];
  assertEquals(parentLinks(spans), [
    { parent: "web", child: "web", isError: false },
    { parent: "web", child: "api", isError: true },
  ]);
});

Deno.test("zipkinLinks() skips internal spans, and names services that report no spans", () => {
  const spans = [
    span("1", "", "Web", SERVER),
    span("2", "1", "Web", INTERNAL),
    span("3", "2", "Web", CLIENT, { isError: true }),
    span("4", "3", "API", SERVER),
    span("5", "4", "API", CLIENT, { remote: "db" }),
    span("6", "4", "API", PRODUCER, { remote: "queue" }),
    span("7", "4", "API", CLIENT),
  ];
  assertEquals(zipkinLinks(spans), [
    { parent: "web", child: "api", isError: true },
    { parent: "api", child: "db", isError: false },
    { parent: "api", child: "queue", isError: false },
  ]);
});

Deno.test("zipkinLinks() treats a server that shares its client's ID as the client's child", () => {
  const spans = [
    span("1", "", "web", SERVER),
    span("2", "1", "web", CLIENT),
    span("2", "1", "api", SERVER),
    span("3", "2", "api", CLIENT, { remote: "db" }),
  ];
  assertEquals(zipkinLinks(spans), [
    { parent: "web", child: "api", isError: false },
    { parent: "api", child: "db", isError: false },
  ]);
});

Deno.test("zipkinLinks() attributes spans without a known parent to the root", () => {
  const spans = [
    span("5", "missing", "api", SERVER, { isError: true }),
    span("1", "", "web", SERVER),
    span("2", "", "jobs", CLIENT, { remote: "db" }),
  ];
  assertEquals(zipkinLinks(spans), [
    { parent: "web", child: "api", isError: true },
    { parent: "web", child: "jobs", isError: false },
    { parent: "jobs", child: "db", isError: false },
  ]);
  assertEquals(zipkinLinks(spans.toSpliced(1, 1)), [
    { parent: "jobs", child: "api", isError: true },
  ]);
});

Deno.test("zipkinLinks() counts errors like Zipkin", () => {
  const spans = [
    span("1", "", "web", SERVER),
    span("2", "1", "other", CLIENT, { isError: true, remote: "db" }),
    span("3", "1", "web", CLIENT, { isError: true }),
    span("4", "3", "web", CLIENT, { remote: "cache" }),
  ];
  assertEquals(zipkinLinks(spans), [
    // Nothing is known of an error of a call that no span reports.
    { parent: "web", child: "other", isError: false },
    { parent: "other", child: "db", isError: true },
    { parent: "web", child: "cache", isError: true },
  ]);
});

Deno.test("zipkinLinks() stops at cycles of parents, and visits long chains once", () => {
  const circle = [
    span("1", "2", "a", INTERNAL),
    span("2", "1", "b", INTERNAL),
    span("3", "1", "c", CLIENT, { remote: "d" }),
    span("4", "4", "e", SERVER),
  ];
  assertEquals(zipkinLinks(circle), [{ parent: "c", child: "d", isError: false }]);
  const chain = Array.from(
    { length: 50_000 },
    (_, index) => span(`${index}`, `${index - 1}`, "a", index === 0 ? SERVER : INTERNAL),
  );
  const leaves = chain.map(({ id }) => span(`leaf of ${id}`, id, "b", SERVER));
  assertEquals(zipkinLinks([...chain, ...leaves]).length, 50_000);
});

function span(
  id: string,
  parentId: string,
  service: string,
  kind: number,
  { isError = false, remote }: { isError?: boolean; remote?: string } = {},
): CallSpan {
  return {
    id,
    parentId,
    service,
    kind,
    isError,
    hasErrorTag: () => isError,
    remoteName: () => remote,
  };
}
