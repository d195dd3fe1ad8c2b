import { connectionFailure } from "../../connection_failure.ts";
import { StartError, UsageError } from "../errors.ts";

/**
 * Removes all rows of a running class; returns how many there were.
 *
 * @throws {UsageError} If that isn't the URL of a page.
 * @throws {StartError} If the class doesn't do it.
 */
export async function clearClass(given: string): Promise<number> {
  if (!URL.canParse(given) || !/^https?:\/\//.test(given)) {
    throw new UsageError(`Cannot use --class "${given}": expected the URL of your page`);
  }
  const { origin, searchParams } = new URL(given);
  let response: Response;
  try {
    response = await fetch(`${origin}/api/class/reset`, {
      method: "POST",
      redirect: "error",
      headers: { authorization: `Bearer ${searchParams.get("token") ?? ""}` },
    });
  } catch (error) {
    throw new StartError(`Cannot reset the class at ${origin}: ${connectionFailure(error)}`, {
      cause: error,
    });
  }
  if (!response.ok) {
    await response.body?.cancel();
    throw new StartError(`Cannot reset the class at ${origin}: HTTP ${response.status}`);
  }
  const { removed } = await response.json();
  return Number(removed);
}
