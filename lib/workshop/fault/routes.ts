/** A route of a service of the shop. */
export interface Route {
  service: ServiceName;
  path: string;
  /** How long it works, beside waiting for others. */
  workMillis: number;
  /** Its part of the answer. */
  says: string;
  /** The paths that it asks others for, one after the other. */
  asks: readonly string[];
}

/** The services of the shop; the first one is asked by customers, the others by each other. */
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

/** Everything that the shop does. A path belongs to one service only. */
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

/** One route asks another. */
export interface Call {
  from: Route;
  to: Route;
}

/** Every way in which services ask each other; a route is asked by one other. */
export const CALLS: readonly Call[] = ROUTES.flatMap((from) =>
  from.asks.map((path) => ({ from, to: routeOf(path) }))
);

/** The name of the server span that a route has. */
export function spanOf({ path }: Route): string {
  return `GET ${path}`;
}

/** The route of a path, as it is written in `asks`. */
export function routeOf(path: string): Route {
  const route = ROUTES.find((route) => route.path === path);
  if (!route) throw new TypeError(`Cannot ask for "${path}": no service has it`);
  return route;
}
