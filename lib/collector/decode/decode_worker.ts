/// <reference lib="deno.worker" />
/** The worker that decodes long bodies, one after the other; see {@linkcode BodyDecoder}. */
import { MalformedError } from "../../otlp/malformed_error.ts";
import type { DecodeAnswer, DecodeCall } from "./decode_calls.ts";
import { decodeBody } from "./decode_body.ts";
import { InflatedTooLargeError } from "./inflate.ts";

let last = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<DecodeCall>) => {
  last = last.then(() => answer(data));
};

async function answer({ id, ...body }: DecodeCall): Promise<void> {
  try {
    const decoded = await decodeBody(body);
    post({ id, ...decoded }, decoded.parts.map((part) => part.body.buffer));
  } catch (error) {
    if (error instanceof InflatedTooLargeError) post({ id, isTooLarge: true });
    else if (error instanceof MalformedError) {
      post({ id, message: error.message, byteOffset: error.byteOffset });
    } else reportError(error);
  }
}

function post(answer: DecodeAnswer, transfer: Transferable[] = []): void {
  self.postMessage(answer, transfer);
}
