import type { BatchDestination } from "../batch_queue.ts";
import type { Delivery } from "../delivery.ts";
import type { Exports } from "../exports.ts";
import type { Encoding } from "./encoding.ts";
import { readJsonResponse, readProtobufResponse } from "./export_response.ts";
import { OtlpSender } from "./otlp_sender.ts";
import type { OtlpTarget } from "./target.ts";
import type { OtlpTransport } from "./transport.ts";

/** The way to a target, with the books that are kept of it. */
export interface OtlpLine {
  sender: OtlpSender;
  delivery: Delivery;
}

/**
 * Opens the way to a target.
 *
 * @throws {Error} If a certificate or key cannot be read.
 */
export async function openOtlpLine(target: OtlpTarget, exports: Exports): Promise<OtlpLine> {
  const transport = await createTransport(target);
  const delivery = exports.openDelivery(target.signal, target.url);
  const { timeoutMillis, protocol } = target;
  const readResponse = protocol === "http/json" ? readJsonResponse : readProtobufResponse;
  const sender = new OtlpSender({ transport, readResponse, delivery, timeoutMillis });
  exports.add(sender);
  return { sender, delivery };
}

/** Encodes items one by one and sends them as one request. */
export function otlpDestination<T>(
  encoding: Encoding<T>,
  { sender }: Pick<OtlpLine, "sender">,
): BatchDestination<T> {
  return {
    takesSeveral: true,
    createBatch() {
      const encoder = encoding.createEncoder();
      return {
        add: (item) => encoder.add(item),
        send: async (count, timeoutMillis) =>
          await sender.send(encoder.finish(), count, timeoutMillis),
      };
    },
    shutdown: () => sender.shutdown(),
  };
}

/**
 * Creates what carries requests to a target.
 *
 * @throws {Error} If a certificate or key cannot be read.
 */
export async function createTransport(target: OtlpTarget): Promise<OtlpTransport> {
  if (target.protocol === "grpc") {
    const { createGrpcTransport } = await import("./grpc_transport.ts");
    return createGrpcTransport(target);
  }
  const { createHttpTransport } = await import("./http_transport.ts");
  return createHttpTransport(target);
}
