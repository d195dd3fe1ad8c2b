import { UsageError } from "../errors.ts";

/** The token that other machines need; by default, a new one. */
const TOKEN_VARIABLE = "OTEL_KIT_TOKEN";

/** Anything shorter could be guessed, and anything else would have to be escaped in URLs and headers. */
const TOKEN = /^[\w-]{16,}$/;

/**
 * The token in the environment; undefined if there is none.
 *
 * @throws {UsageError} If it is too easy to guess; the message does not contain it.
 */
export function readToken(): string | undefined {
  const token = Deno.env.get(TOKEN_VARIABLE) || undefined;
  if (token === undefined || TOKEN.test(token)) return token;
  throw new UsageError(
    `Cannot use ${TOKEN_VARIABLE}: expected at least 16 letters, digits, "-", or "_"`,
  );
}

/**
 * A token as output shows it: logs must not have a secret that the user chose, so that is the name of its
 * variable, which a shell replaces.
 */
export function shownToken(token: string): string {
  return token === Deno.env.get(TOKEN_VARIABLE) ? `$${TOKEN_VARIABLE}` : token;
}
