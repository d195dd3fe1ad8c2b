/** A route of a service of the shop. */
export interface Route {
  service: ServiceName;
  path: string;
  /** How long it works, in addition to waiting for other routes. */
  workMillis: number;
  /** Its part of the response. */
  says: string;
  /** The paths that it requests from other services, one after another. */
  asks: readonly string[];
}

/** The services of the shop. Customers call the first one; the services call each other. */
export const SERVICE_NAMES = ["ShopFront", "ShopCatalog", "ShopStock", "ShopDelivery"] as const;

export type ServiceName = (typeof SERVICE_NAMES)[number];

/** The route that customers call. One request to it goes through the whole shop. */
export const ENTRANCE: Route = {
  service: "ShopFront",
  path: "/",
  workMillis: 3,
  says: "Green tea",
  asks: ["/prices/:product", "/reviews/:product", "/stock/:product", "/delivery/:product"],
};

/** All routes of the shop. A path belongs to one service only. */
export const ROUTES: readonly Route[] = [
  ENTRANCE,
  {
    service: "ShopCatalog",
    path: "/prices/:product",
    workMillis: 8,
    says: "4.20 each",
    asks: ["/rates/:country"],
  },
  {
    service: "ShopCatalog",
    path: "/reviews/:product",
    workMillis: 12,
    says: "4 stars",
    asks: [],
  },
  { service: "ShopStock", path: "/stock/:product", workMillis: 6, says: "12 left", asks: [] },
  { service: "ShopStock", path: "/warehouses/:city", workMillis: 10, says: "ready", asks: [] },
  {
    service: "ShopDelivery",
    path: "/delivery/:product",
    workMillis: 5,
    says: "tomorrow",
    asks: ["/warehouses/:city"],
  },
  { service: "ShopDelivery", path: "/rates/:country", workMillis: 4, says: "post paid", asks: [] },
];

/** A call from one route to another. */
export interface Call {
  from: Route;
  to: Route;
}

/** All calls between services; each route is called by only one other. */
export const CALLS: readonly Call[] = ROUTES.flatMap((from) =>
  from.asks.map((path) => ({ from, to: routeOf(path) }))
);

/** The name of a route's server span. */
export function spanOf({ path }: Route): string {
  return `GET ${path}`;
}

/** The route for a path, as written in `asks`. */
export function routeOf(path: string): Route {
  const route = ROUTES.find((route) => route.path === path);
  if (!route) throw new TypeError(`Cannot ask for "${path}": no service has it`);
  return route;
}

/** The route's answer, together with those of the routes that it asks. */
export function usualAnswer({ says, asks }: Route): string {
  return [says, ...asks.map((path) => usualAnswer(routeOf(path)))].join(", ");
}
