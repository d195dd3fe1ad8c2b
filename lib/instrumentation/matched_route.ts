import type { matchedRoutes } from "hono/route";

type MatchedRoute = ReturnType<typeof matchedRoutes>[number];

/**
 * The path template that answers, or will answer, the request; undefined where only middleware
 * matched. Before the handlers have run this is the first endpoint; afterwards it is the one that
 * was reached, if several matched.
 *
 * @param routes What Hono matched, in its order.
 * @param reached The index of the one that runs, or ran last.
 */
export function matchedRoute(
  routes: readonly MatchedRoute[],
  reached: number,
): string | undefined {
  for (let i = reached; i < routes.length; i++) {
    if (isEndpoint(routes[i])) return routes[i]?.path;
  }
  for (let i = Math.min(reached, routes.length) - 1; i >= 0; i--) {
    if (isEndpoint(routes[i])) return routes[i]?.path;
  }
  return undefined;
}

/** Hono registers middleware for every method; so does `app.all()`, whose handlers take no `next`. */
function isEndpoint(route: MatchedRoute | undefined): boolean {
  return route !== undefined && (route.method !== "ALL" || route.handler.length < 2);
}
