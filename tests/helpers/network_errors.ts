/** Errors that sockets fail with: Deno's classes for them, and codes for those without a class. */
export const NETWORK_FAILURES: readonly Error[] = [
  ...[
    Deno.errors.AddrNotAvailable,
    Deno.errors.BadResource,
    Deno.errors.BrokenPipe,
    Deno.errors.ConnectionAborted,
    Deno.errors.ConnectionRefused,
    Deno.errors.ConnectionReset,
    Deno.errors.Interrupted,
    Deno.errors.NetworkUnreachable,
    Deno.errors.NotConnected,
    Deno.errors.TimedOut,
    Deno.errors.UnexpectedEof,
    Deno.errors.WouldBlock,
    Deno.errors.WriteZero,
  ].map((type) => new type("a failure")),
  ...["EHOSTUNREACH", "ETIMEDOUT", "ENETDOWN", "ENOBUFS", "EINVAL"].map((code) =>
    Object.assign(new Error(code), { code })
  ),
];

/** Errors that Deno throws elsewhere: for files, permissions, and names. */
export const OTHER_FAILURES: readonly Error[] = [
  ...Object.values(Deno.errors)
    .filter((type) => !NETWORK_FAILURES.some((error) => error instanceof type))
    .map((type) => new type("a failure")),
  Object.assign(new Deno.errors.NotFound("No such file"), { code: "ENOENT" }),
  Object.assign(new Error("No space left on device"), { code: "ENOSPC" }),
  new RangeError("a fault"),
];
