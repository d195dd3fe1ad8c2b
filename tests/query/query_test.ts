import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { QueryError } from "../../lib/query/expression.ts";
import type { Level } from "../../lib/query/fields.ts";
import { matchesTrace, type SpanFacts, spanTest, traceExpression } from "../../lib/query/match.ts";
import { parseQuery } from "../../lib/query/parse.ts";
import { traceIdIn } from "../../lib/query/trace_id.ts";
import { attributeTerm, quoted, termValue, withTerm } from "../../lib/query/terms.ts";

/** A span of a shop; a test gives only what it needs. */
function facts(span: Partial<Record<string, string | string[]>>, millis = 50): SpanFacts {
  const values = (name: string) => [span[name] ?? []].flat();
  const attribute = (key: string, level?: Level) => values(level ? `${level} ${key}` : key);
  return {
    durationNanos: (field) => (field === "duration" ? millis : 2 * millis) * 1e6,
    field: values,
    attribute,
    hasAttribute: (key, value, level) => attribute(key, level).includes(value),
    contains: (text) =>
      Object.values(span).flat().some((value) => value?.toLowerCase().includes(text.toLowerCase())),
  };
}

const ORDER = facts({
  service: "shop",
  name: "GET /orders/:id",
  kind: "server",
  status: "error",
  "http.route": "/orders/:id",
  "http.response.status_code": "500",
  "resource k8s.pod.name": "shop-1",
  "event.name": ["exception", "retry"],
  "retry.after": "1.5s",
  empty: "",
}, 150);

Deno.test("queries are those of the spans that they describe", () => {
  const cases: [query: string, isMatch: boolean][] = [
    ["service:shop", true],
    ["service:sho", false],
    ["service=shop status:error duration>100ms", true],
    ["service:shop duration>0.2s", false],
    ["duration<=150ms duration>=150ms duration=150ms", true],
    ["duration != 150ms", false],
    ["http.route=/orders/:id", true],
    ["http.route = /orders/*", true],
    ['http.route="/orders/*"', false],
    ["http.route:*id", true],
    ["http.route:/o*d*s/*:i*", true],
    ["http.route:/orders/:id*:id", false],
    ["http.response.status_code>=500", true],
    ["http.response.status_code>500", false],
    ["http.response.status_code=500.0", true],
    ["http.response.status_code!=500", false],
    ["http.response.status_code!=404", true],
    ["missing!=404", false],
    ["not missing=404", true],
    ["http.route exists", true],
    ["missing exists", false],
    ["empty exists", true],
    ["duration exists trace.duration exists kind exists status exists service exists", true],
    ["scope.name exists", false],
    ['empty=""', true],
    ["resource.k8s.pod.name:shop-*", true],
    ["span.k8s.pod.name:shop-*", false],
    ["event.name:retry", true],
    ["kind:SERVER", true],
    ["status:Error", true],
    ["retry.after>1000ms", true],
    ["retry.after>2s", false],
    ["orders", true],
    ['"get /orders"', true],
    ['"get orders"', false],
    ["get orders", true],
    ["nothing or orders", true],
    ["(nothing or orders) and service:shop", true],
    ["nothing or orders service:bank", false],
    ["not service:shop or status:error", true],
    ["not (service:shop status:error)", false],
    ["NOT nothing AND orders", true],
    ["!nothing && orders || nothing", true],
  ];
  for (const [query, isMatch] of cases) {
    assertEquals(spanTest(parseQuery(query)!)(ORDER), isMatch, query);
  }
  assertEquals(parseQuery("  "), undefined);
});

Deno.test("a trace matches by one span, and by the absence of what is not wanted", () => {
  const trace = [
    facts({ service: "shop", status: "ok" }),
    facts({ service: "bank", status: "error" }),
  ];
  const matches = (query: string) => matchesTrace(traceExpression(parseQuery(query)!), trace);
  assertEquals(matches("service:shop"), true);
  assertEquals(matches("service:shop status:error"), false);
  assertEquals(matches("service:bank status:error"), true);
  assertEquals(matches("not status:error"), false);
  assertEquals(matches("service:shop not service:mail"), true);
  assertEquals(matches("not service:mail"), true);
});

Deno.test("a query with an error is rejected, with its position and what was expected", () => {
  const cases: [query: string, place: string, message: RegExp][] = [
    ["service:shop duration>slow", "slow", /expected a duration, such as 100ms/],
    ["duration>5", "5", /expected a duration/],
    ["status:broken", "broken", /one of unset, ok, error/],
    ["kind:srv", "srv", /one of internal, server/],
    ["service>a", ">", /expected ":" or "!="/],
    ["http.route>abc", "abc", /expected a number or a duration/],
    ["=5", "=", /expected a field before it/],
    ["service:", ":", /expected a value after it/],
    ["a b (c or d", "(", /closing parenthesis/],
    ["a b) c", ")", /no parenthesis is open/],
    ["a or", "", /the end of the query: expected a term/],
    ["a or or b", "or", /expected a term/],
    ['a "b', '"b', /closing quote/],
    ["()", ")", /expected a term/],
    ["not", "", /expected a term/],
  ];
  for (const [query, place, message] of cases) {
    const error = assertThrows(() => parseQuery(query), QueryError);
    assert(message.test(error.message), `${query}: ${error.message}`);
    assertEquals(query.slice(error.start, error.end), place, query);
  }
  for (const query of ["(".repeat(5_000), "(".repeat(30), "a ".repeat(101), "not ".repeat(200)]) {
    assertThrows(() => parseQuery(query), QueryError, "expected at most");
  }
});

Deno.test("any text is a query or an error within it", () => {
  const words = fc.constantFrom(
    "a",
    "service",
    ":",
    "=",
    "!",
    ">",
    "(",
    ")",
    '"',
    "or",
    "not",
    " ",
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 12 }).map((some) => some.join("")),
  );
  fc.assert(fc.property(texts, (text) => {
    try {
      const expression = parseQuery(text);
      if (expression) spanTest(expression)(ORDER);
    } catch (error) {
      assert(error instanceof QueryError, String(error));
      assert(0 <= error.start && error.start <= error.end && error.end <= text.length);
    }
  }));
});

Deno.test("a form field reads and writes its term of a query", () => {
  const service = { field: "service", operator: "=" } as const;
  const noError = { field: "status", operator: "=", isNegated: true } as const;
  assertEquals(termValue("duration>1s service:shop", service), "shop");
  assertEquals(termValue('service:"my shop"', service), "my shop");
  assertEquals(termValue("service:a or service:b", service), undefined);
  assertEquals(termValue("not status:error", noError), "error");
  assertEquals(termValue("status:error", noError), undefined);
  assertEquals(withTerm("", service, "shop"), "service:shop");
  assertEquals(withTerm("a service:shop b", service, "my shop"), 'a service:"my shop" b');
  assertEquals(withTerm("a service:shop b", service, ""), "a b");
  assertEquals(withTerm("a or b", service, "shop"), "(a or b) service:shop");
  assertEquals(withTerm("a not status:error b", noError, ""), "a b");
  assertEquals(withTerm("a", noError, "error"), "a not status:error");
  assertEquals(withTerm('a "', service, ""), 'a "');
});

Deno.test("attributeTerm() names an attribute as a query can, or not at all", () => {
  assertEquals(attributeTerm("http.route", "/a b"), 'http.route="/a b"');
  assertEquals(attributeTerm("status", "x"), "span.status=x");
  assertEquals(attributeTerm("a=b", "x"), undefined);
  assertEquals(attributeTerm("", "x"), undefined);
});

Deno.test("any value can be written in a query and read again", () => {
  fc.assert(fc.property(fc.string(), (value) => {
    const query = withTerm("first", { field: "http.route", operator: "=" }, value);
    if (value === "") assertEquals(query, "first");
    else {
      assertEquals(query, `first http.route:${quoted(value)}`);
      assertEquals(termValue(query, { field: "http.route", operator: "=" }), value);
    }
  }));
});

Deno.test("traceIdIn() recognizes IDs, their prefixes, and traceparent, and nothing else", () => {
  const id = "5b8efff798038103d269b633813fc60c";
  assertEquals(traceIdIn(id), id);
  assertEquals(traceIdIn(` ${id.toUpperCase()}\n`), id);
  assertEquals(traceIdIn(`00-${id}-eee19b7ec3c1b174-01`), id);
  assertEquals(traceIdIn("5b8efff"), "5b8efff");
  for (
    const text of ["5b8eff", "orders", `${id}0`, `00-5b8efff-eee19b7ec3c1b174-01`, "5b8efff x"]
  ) {
    assertEquals(traceIdIn(text), undefined, text);
  }
});
