import { endSocket, type Socket, writeAll } from "../../http2/socket.ts";
import { wrongPort, wrongPortMessage } from "../hints/wrong_port.ts";
import { encodeRpcStatus, RPC_CODE } from "../../otlp/rpc_status.ts";
import { peerName } from "../running_server.ts";
import { beginExport, endExport, type ExportSink } from "./export_draft.ts";

const ENCODINGS = [["application/x-protobuf", "protobuf"], ["application/json", "json"]] as const;

/** Options of {@linkcode answerWrongProtocol}. */
export interface WrongProtocolOptions {
  exports: ExportSink;
  /** Where OTLP over HTTP goes. */
  otherPort: () => number;
}

/**
 * Handles a connection to gRPC's port that does not start with HTTP/2, and records it. HTTP/1.1 is
 * answered with the right port; anything else is not answered.
 *
 * @param start The first bytes: for HTTP/1.1 the head of the first request.
 * @throws The errors of the socket.
 */
export async function answerWrongProtocol(
  socket: Socket,
  start: Uint8Array,
  { exports, otherPort }: WrongProtocolOptions,
): Promise<void> {
  const head = String.fromCharCode(...start);
  const header = (name: string) =>
    new RegExp(`^${name}: *(.*)$`, "im").exec(head)?.[1]?.trim() ?? "";
  const requestLine = head.split("\r\n")[0]!.slice(0, 200);
  const type = header("content-type");
  const isHttp = / HTTP\/1\.[01]$/.test(requestLine);
  const rightPort = otherPort();
  const draft = beginExport({
    peer: peerName(socket.remoteAddr),
    userAgent: header("user-agent"),
    protocol: type.includes("protobuf")
      ? "http/protobuf"
      : type.includes("json")
      ? "http/json"
      : "unknown",
  });
  const message = wrongPortMessage({ spoken: "http", rightPort });
  draft.reason = isHttp ? message : "The connection speaks neither HTTP/2 nor HTTP/1.1";
  if (isHttp) draft.hints.push(wrongPort({ spoken: "http", rightPort, detail: requestLine }));
  exports.add(endExport(draft, 400));
  if (!isHttp) return;
  await writeAll(socket, answer(type, message));
  await endSocket(socket);
}

/** The status in the encoding of the request, or a line of text for people. */
function answer(type: string, message: string): Uint8Array {
  const status = { code: RPC_CODE.INVALID_ARGUMENT, message };
  const encoding = ENCODINGS.find(([name]) => type.startsWith(name));
  const body = encoding
    ? encodeRpcStatus(status, encoding[1])
    : new TextEncoder().encode(`${message}\n`);
  const head = new TextEncoder().encode(
    "HTTP/1.1 400 Bad Request\r\n" +
      `content-type: ${encoding?.[0] ?? "text/plain"}\r\n` +
      `content-length: ${body.length}\r\nconnection: close\r\n\r\n`,
  );
  const whole = new Uint8Array(head.length + body.length);
  whole.set(head);
  whole.set(body, head.length);
  return whole;
}
