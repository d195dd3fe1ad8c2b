import { serveStdio, StdioServerTransport } from "@modelcontextprotocol/server/stdio";
import { createMcpServer, type McpSource } from "./server.ts";

/** A server on standard input and output. */
export interface StdioServer {
  /** Resolves when the client closes standard input. */
  ended: Promise<void>;
  close(): Promise<void>;
}

/** Serves the protocol on standard input and output. Nothing else may be written to standard output. */
export function serveMcp(source: McpSource): StdioServer {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const transport = new StdioServerTransport();
  const handle = serveStdio(() => createMcpServer(source), { transport });
  const onclose = transport.onclose;
  transport.onclose = () => {
    onclose?.();
    resolve();
  };
  return { ended, close: () => handle.close() };
}
