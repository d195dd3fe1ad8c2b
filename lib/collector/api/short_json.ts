import { readParts } from "./broken_body.ts";

const MAX_BODY_CHARS = 4 * 1024;

/**
 * The body of a request that asks for something; undefined if it is no JSON, or longer than such.
 *
 * @throws {BrokenBodyError} If it breaks off.
 */
export async function readShortJson({ body }: Request): Promise<unknown> {
  if (!body) return undefined;
  const decoder = new TextDecoder();
  let text = "";
  for await (const part of readParts(body)) {
    text += decoder.decode(part, { stream: true });
    if (text.length > MAX_BODY_CHARS) return undefined;
  }
  text += decoder.decode();
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
