import { enrichNodeServers, exchangeOf } from "../node_servers.ts";
import { acceptEachClassOnce, type Patch } from "../patch.ts";
import type { PreloadSettings } from "../settings.ts";

type Method = (this: object, ...args: unknown[]) => unknown;
type Methods = Record<string, Method>;

/** The part of a router that is used here: its handlers, some of which are routes. */
interface Router {
  stack: object[];
}

/** A router to which something was added, with the path under which it was added. */
interface Place {
  router: object;
  path: string;
}

/** The names of the same method in Express 5 and Express 4. */
const HANDLE_REQUEST = ["handleRequest", "handle_request"];
const HANDLE_ERROR = ["handleError", "handle_error"];

/** Values that handlers pass to `next` and that are not errors. */
const DIRECTIONS = new Set<unknown>(["route", "router"]);

/**
 * Adds the route to the spans of Express 4 and 5, and errors that handlers throw or pass to `next`.
 */
export function createExpressPatch(settings: Pick<PreloadSettings, "http">): Patch {
  const isNew = acceptEachClassOnce();
  return {
    name: "Express",
    module: /[/@]express(?:[/@]\d[^/]*)?\/lib\/express\.js$/,
    specifier: /^(?:npm:)?express(?:@[^/]*)?$/,
    apply({ Router, Route }) {
      if (typeof Route !== "function" || !isNew(Router)) return;
      enrichNodeServers(settings);
      const isHolder = Object.hasOwn(Router, "handle");
      watch((isHolder ? Router : Router.prototype) as Methods, Route.prototype);
    },
  };
}

/** Records where things are added, and follows each request through them. */
function watch(routers: Methods, routeMethods: Methods): void {
  const places = new WeakMap<object, Place>();
  const followed = new WeakMap<object, FollowedRequest>();
  const layerKinds = new WeakSet<object>();

  function follow(request: unknown): FollowedRequest {
    const known = followed.get(request as object);
    if (known) return known;
    const made = new FollowedRequest(request as object);
    followed.set(request as object, made);
    return made;
  }

  /** Records the path of what was added to a router, because the router doesn't store it. */
  function addTo(router: Router, path: string, add: () => unknown): unknown {
    const { length } = router.stack;
    const added = add();
    for (const layer of router.stack.slice(length)) {
      places.set(layer, { router, path });
      const { route } = layer as { route?: object };
      if (route) places.set(route, { router, path });
      watchLayers(Object.getPrototypeOf(layer));
    }
    return added;
  }

  function watchLayers(layers: Methods): void {
    if (layerKinds.has(layers)) return;
    layerKinds.add(layers);
    wrap(layers, HANDLE_REQUEST, (original) =>
      function (request, ...others) {
        const place = places.get(this);
        if (place) follow(request).enter(place);
        return original.call(this, request, ...others);
      });
    wrap(layers, HANDLE_ERROR, (original) =>
      function (error, request, ...others) {
        follow(request).fail(error);
        return original.call(this, error, request, ...others);
      });
  }

  wrap(routers, ["use"], (original) =>
    function (...args) {
      return addTo(this as Router, pathAmong(args), () => original.apply(this, args));
    });
  wrap(routers, ["route"], (original) =>
    function (path) {
      return addTo(this as Router, textOf(path), () => original.call(this, path));
    });
  wrap(routers, ["handle"], (original) =>
    function (request, response, done) {
      const following = follow(request);
      following.startRouter(this);
      return original.call(this, request, response, failing(following, done as Method));
    });
  wrap(routeMethods, ["dispatch"], (original) =>
    function (request, response, done) {
      const following = follow(request);
      const place = places.get(this);
      if (place) following.startRoute(place);
      const next: Method = (error) => {
        if (error === undefined || error === null || DIRECTIONS.has(error)) following.leaveRoute();
        else following.fail(error);
        return (done as Method).call(this, error);
      };
      return original.call(this, request, response, next);
    });
}

/** The position of a request in an app, as written in the app. */
class FollowedRequest {
  readonly #request: object;
  readonly #prefixes = new WeakMap<object, string>();
  #entered = "";

  constructor(request: object) {
    this.#request = request;
  }

  /** The handler at a place, which can be a router, handles the request. */
  enter(place: Place): void {
    this.#entered = this.#pathTo(place);
  }

  startRouter(router: object): void {
    this.#prefixes.set(router, this.#entered);
  }

  startRoute(place: Place): void {
    this.#tell({ route: this.#pathTo(place) || "/" });
  }

  /** The handlers of a route have passed the request on. */
  leaveRoute(): void {
    this.#tell({ route: undefined });
  }

  fail(thrown: unknown): void {
    this.#tell({ thrown });
  }

  #pathTo({ router, path }: Place): string {
    const prefix = this.#prefixes.get(router) ?? "";
    return path === "/" ? prefix : prefix + path;
  }

  #tell(more: { route: string | undefined } | { thrown: unknown }): void {
    const exchange = exchangeOf(this.#request);
    if (exchange) Object.assign(exchange, more);
  }
}

/** Records the error with which a request leaves a router. */
function failing(following: FollowedRequest, done: Method): Method {
  if (typeof done !== "function") return done;
  return function (...args) {
    if (args[0] && !DIRECTIONS.has(args[0])) following.fail(args[0]);
    return done.apply(this, args);
  };
}

function wrap(methods: Methods, names: string[], make: (original: Method) => Method): void {
  for (const name of names) {
    const original = methods[name];
    if (typeof original === "function") methods[name] = make(original);
  }
}

/** The path in the first argument of `use`, unless that is already a handler. */
function pathAmong([first]: unknown[]): string {
  let one = first;
  while (Array.isArray(one) && one.length > 0) one = one[0];
  return typeof one === "function" ? "/" : textOf(first);
}

function textOf(path: unknown): string {
  return Array.isArray(path) ? path.map(textOf).join(",") : String(path);
}
