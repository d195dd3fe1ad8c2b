import type { HttpResponse } from "../../lib/http/handler.ts";

/** A server's response, whose body is there, as one of the web platform. */
export function webResponse({ status, headers = {}, body }: HttpResponse): Response {
  return new Response(body instanceof Uint8Array ? Uint8Array.from(body) : null, {
    status,
    headers,
  });
}
