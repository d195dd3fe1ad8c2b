import type { z } from "zod";
import type { Ask } from "./ask.ts";
import type { Section } from "./answer.ts";

/** How large an answer may be; every tool takes it. */
export const DEFAULT_MAX_TOKENS = 4_000;
export const MAX_MAX_TOKENS = 50_000;

/** What a tool has besides its arguments. */
export interface ToolContext {
  ask: Ask;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Aborts when the client cancels the call. */
  signal: AbortSignal;
}

/** One question that an assistant can ask. */
export interface Tool<T extends z.ZodRawShape = z.ZodRawShape> {
  name: string;
  title: string;
  /** For the model: when to use it, and what it returns. */
  description: string;
  input: T;
  /** @throws {Error} If the question can't be answered; the message is for the model. */
  run(input: z.output<z.ZodObject<T>>, context: ToolContext): Promise<Section[]>;
}

/** Keeps the type of the input. */
export function defineTool<const T extends z.ZodRawShape>(tool: Tool<T>): Tool<T> {
  return tool;
}
