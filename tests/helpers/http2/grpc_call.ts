import { Buffer } from "node:buffer";
import { within } from "../patience.ts";
import { Http2Connection, type Http2Stream } from "./connection.ts";

/** What a call was answered. */
export interface GrpcAnswer {
  httpStatus: number;
  status: number | undefined;
  message: string;
  details: Buffer;
  body: Buffer;
}

/** Makes one call on a connection of its own; the body is sent as it is. */
export async function grpcCall(
  { url }: { url: string },
  path: string,
  body: Uint8Array,
  headers: Record<string, string> = {},
): Promise<GrpcAnswer> {
  const { connection, stream } = await openGrpcCall({ url }, path, headers);
  // Whoever is refused is not asked for all of it.
  const sending = stream.sendData(body, { isEnd: true });
  const received = await within(stream.body(), `the answer to ${path}`);
  connection.close();
  await sending;
  const answer: Record<string, string> = { ...stream.headers, ...stream.trailers };
  return {
    httpStatus: Number(answer[":status"]),
    status: answer["grpc-status"] === undefined ? undefined : Number(answer["grpc-status"]),
    message: decodeURIComponent(answer["grpc-message"] ?? ""),
    details: Buffer.from(answer["grpc-status-details-bin"] ?? "", "base64"),
    body: Buffer.from(received),
  };
}

/** Begins a call on a connection of its own, which is to be closed. */
export async function openGrpcCall(
  { url }: { url: string },
  path: string,
  headers: Record<string, string> = {},
): Promise<{ connection: Http2Connection; stream: Http2Stream }> {
  const { hostname, port, host } = new URL(url);
  const connection = await Http2Connection.open(
    await Deno.connect({ hostname, port: Number(port) }),
  );
  const stream = connection.request({
    ":method": "POST",
    ":scheme": "http",
    ":path": path,
    ":authority": host,
    "content-type": "application/grpc",
    te: "trailers",
    ...headers,
  });
  return { connection, stream };
}
