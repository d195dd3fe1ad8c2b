import { Buffer } from "node:buffer";
import { within } from "../patience.ts";
import { Http2Connection, type Http2Stream } from "./connection.ts";

/** The answer to a call. */
export interface GrpcAnswer {
  httpStatus: number;
  status: number | undefined;
  message: string;
  details: Buffer;
  body: Buffer;
}

/** Makes one call on its own connection. The body is sent unchanged. */
export async function grpcCall(
  { url }: { url: string },
  path: string,
  body: Uint8Array,
  headers: Record<string, string> = {},
): Promise<GrpcAnswer> {
  const { connection, stream } = await openGrpcCall({ url }, path, headers);
  // A refused call doesn't get to send its whole body.
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

/** Begins a call on its own connection, which the caller must close. */
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
