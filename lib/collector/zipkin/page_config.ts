/**
 * What Zipkin's page reads before all else, with Zipkin's defaults.
 *
 * @see https://github.com/openzipkin/zipkin/tree/master/zipkin-server#ui
 */
export const ZIPKIN_PAGE_CONFIG = {
  environment: "",
  queryLimit: 10,
  /** 15 minutes, in milliseconds. */
  defaultLookback: 900_000,
  searchEnabled: true,
  /** Shares of failed calls from which a line is yellow and red. */
  dependency: { enabled: true, lowErrorRate: 0.5, highErrorRate: 0.75 },
};
