/** Where the tutorial explains a hint's topic: page and anchor under `docs/tutorial/`. */
export const TUTORIAL = {
  exporter: "5-no-code.md#step-15-test-the-app-without-code",
  resource: "3-manual.md#step-8-the-manual-app",
  exception: "3-manual.md#step-8b-the-error",
  propagation: "4-middleware.md#step-11-the-middleware-app",
  spanNames: "4-middleware.md#step-13-see-the-middleware-app",
  conventions: "4-middleware.md#step-11-the-middleware-app",
} as const;
