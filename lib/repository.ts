/** Where the project's sources and releases are. */
export const REPOSITORY = "https://github.com/otel-kit/otel-kit";
