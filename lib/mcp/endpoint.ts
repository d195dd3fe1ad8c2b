import { createMcpHandler } from "@modelcontextprotocol/server";
import { createMcpServer, type McpSource } from "./server.ts";

/** Questions are short. */
const MAX_BODY_BYTES = 256 * 1024;

/** Answers requests of the protocol's HTTP transport. Every request stands alone: there are no sessions. */
export function createMcpEndpoint(source: McpSource): (request: Request) => Promise<Response> {
  const handler = createMcpHandler(() => createMcpServer(source), {
    maxRequestBodySize: MAX_BODY_BYTES,
    maxSubscriptions: 0,
  });
  return (request) => handler.fetch(request);
}
