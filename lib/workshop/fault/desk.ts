import * as v from "valibot";
import { explain } from "./explain.ts";
import type { Evidence } from "./evidence.ts";
import type { Fault } from "./fault.ts";
import { type Answer, judge } from "./judge.ts";

/** The path for answers, on the shop's port. */
export const ANSWER_PATH = "/_fault/answer";

/** The path that reveals the fault. */
export const GIVE_UP_PATH = "/_fault/give-up";

/** The response to an answer. */
export const REPLY = v.object({
  isRight: v.boolean(),
  /** Lines for the learner. */
  says: v.array(v.string()),
  /** What the fault was, once it is found or the learner gives up. */
  explanation: v.array(v.string()),
  /** How many answers were right or wrong so far; incomplete ones don't count. */
  tries: v.number(),
});

export type DeskReply = v.InferOutput<typeof REPLY>;

const TEXT = v.optional(v.string());
const ANSWER = v.object({ kind: TEXT, service: TEXT, span: TEXT, trace: TEXT });
const MAX_BODY_BYTES = 4096;

/** Options of {@linkcode createDesk}. */
export interface DeskOptions {
  fault: Fault;
  /** The traces that show the fault. */
  evidence: Evidence;
  /** Called when the fault is found or given up, with the number of tries. */
  onEnd: (how: "found" | "given up", tries: number) => void;
}

/**
 * Receives answers over HTTP. This is not traced, because it is not part of the shop. Returns
 * undefined for requests to the shop.
 */
export function createDesk(
  { fault, evidence, onEnd }: DeskOptions,
): (request: Request) => Promise<Response> | undefined {
  let tries = 0;

  async function takeAnswer(request: Request): Promise<Response> {
    const answer = await readAnswer(request);
    if (!answer) {
      return refuse(400, "Cannot read the answer: expected kind, service, span, or trace in JSON");
    }
    const { outcome, says } = judge(answer, fault, evidence);
    const isRight = outcome === "right";
    if (outcome !== "incomplete") tries++;
    if (isRight) onEnd("found", tries);
    return reply({ isRight, says, explanation: isRight ? explain(fault) : [], tries });
  }

  function giveUp(): Promise<Response> {
    onEnd("given up", tries);
    return Promise.resolve(
      reply({ isRight: false, says: [], explanation: explain(fault), tries }),
    );
  }

  const takers: Record<string, (request: Request) => Promise<Response>> = {
    [ANSWER_PATH]: takeAnswer,
    [GIVE_UP_PATH]: giveUp,
  };
  return (request) => {
    const take = takers[new URL(request.url).pathname];
    if (!take || request.method !== "POST") return undefined;
    // Pages of other sites can't send JSON without a preflight request.
    const isJson = request.headers.get("content-type") === "application/json";
    return isJson ? take(request) : Promise.resolve(refuse(415, "Cannot read this: expected JSON"));
  };
}

/** Undefined if the body isn't an answer. */
async function readAnswer({ headers, body }: Request): Promise<Answer | undefined> {
  const length = Number(headers.get("content-length") ?? NaN);
  if (!(length <= MAX_BODY_BYTES)) {
    await body?.cancel();
    return undefined;
  }
  const parsed = v.safeParse(
    v.pipe(v.string(), v.parseJson(), ANSWER),
    await new Response(body).text(),
  );
  return parsed.success ? parsed.output : undefined;
}

function reply(body: DeskReply): Response {
  return Response.json(body);
}

function refuse(status: number, error: string): Response {
  return Response.json({ error }, { status });
}
