/** OTLP's ports, as the specification has them, and the next one for the page. */
export const DEFAULT_PORTS = { httpPort: 4318, grpcPort: 4317, uiPort: 4319 };
