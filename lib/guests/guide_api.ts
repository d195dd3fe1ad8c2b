import { Hono } from "hono";
import { messageOf } from "../error_message.ts";
import type { GuideAction, GuideHandlers } from "./guide.ts";
import { readShortJson } from "../collector/short_body.ts";

const VERBS = ["next", "back", "check", "hint", "diff", "solve", "reset"] as const;

/** Serves the API of the workshop's guide; without handlers, its routes respond with 404. */
export function createGuideApi(handlers: GuideHandlers | undefined): Hono {
  const app = new Hono();
  const missing = { error: "Cannot guide here: only `otel-kit guide` runs the workshop" };

  app.get("/api/kit/guide", (c) => handlers ? c.json(handlers.view()) : c.json(missing, 404));

  app.post("/api/kit/guide", async (c) => {
    if (!handlers) return c.json(missing, 404);
    const action = readAction(await readShortJson(c.req.raw));
    if (!action) {
      const error = `Cannot read the body: expected JSON like {"do":"next"}, with one of ` +
        `${VERBS.join(", ")}; {"goto":"see-manual"}; or {"answer":{"question":"why","choice":0}}`;
      return c.json({ error }, 400);
    }
    try {
      await handlers.act(action);
    } catch (error) {
      return c.json({ error: messageOf(error) }, 409);
    }
    return c.json(handlers.view());
  });

  return app;
}

function readAction(body: unknown): GuideAction | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  if ("do" in body) {
    const verb = VERBS.find((verb) => verb === body.do);
    return verb && { do: verb };
  }
  if ("goto" in body) return typeof body.goto === "string" ? { goto: body.goto } : undefined;
  if (!("answer" in body) || typeof body.answer !== "object" || body.answer === null) {
    return undefined;
  }
  const { question, choice } = body.answer as Record<string, unknown>;
  return typeof question === "string" && Number.isInteger(choice)
    ? { answer: { question, choice: choice as number } }
    : undefined;
}
