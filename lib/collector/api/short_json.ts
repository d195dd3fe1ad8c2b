const MAX_BODY_CHARS = 4 * 1024;

/** The body of a request that asks for something; undefined if it is no JSON, or longer than such. */
export async function readShortJson({ body }: Request): Promise<unknown> {
  if (!body) return undefined;
  let text = "";
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    text += chunk;
    if (text.length > MAX_BODY_CHARS) return undefined;
  }
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
