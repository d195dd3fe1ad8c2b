import { type PlainObject, type PlainValue, plainValue, valueText } from "../otlp/any_value.ts";
import type { AnyValue, KeyValue } from "../otlp/json.ts";

/** A part of a message; all texts are the sender's. */
export interface MessagePart {
  kind: "text" | "reasoning" | "tool call" | "tool result" | "other";
  /** The tool's name or ID, or the type of another part; may be empty. */
  label: string;
  text: string;
}

/** What somebody said in a conversation with a model. */
export interface Message {
  /** Usually system, user, assistant, or tool. */
  role: string;
  parts: MessagePart[];
  /** Why the model stopped; empty if it isn't the model's, or unknown. */
  finishReason: string;
}

/** An event of a span, or a log record that is one. */
export interface ConversationEvent {
  name: string;
  attributes: readonly KeyValue[];
  body?: AnyValue | undefined;
}

const INSTRUCTIONS = "gen_ai.system_instructions";
const INPUT = "gen_ai.input.messages";
const OUTPUT = "gen_ai.output.messages";
const TOOL_NAME = "gen_ai.tool.name";
const TOOL_ARGUMENTS = "gen_ai.tool.call.arguments";
const TOOL_RESULT = "gen_ai.tool.call.result";

/** The attributes that hold a conversation. */
export const CONVERSATION_KEYS: readonly string[] = [
  INSTRUCTIONS,
  INPUT,
  OUTPUT,
  TOOL_ARGUMENTS,
  TOOL_RESULT,
];

const DETAILS_EVENT = "gen_ai.client.inference.operation.details";
/** The events before version 1.37 of the conventions: one for each message. */
const MESSAGE_EVENT = /^gen_ai\.(?:(system|user|assistant|tool)\.message|(choice))$/;

/**
 * The conversation that a span of a model or a tool recorded: in its attributes, in an event with all
 * details, or in one event for each message, as conventions before 1.37 had it. Values can be structured or
 * JSON texts. What isn't in the conventions' form, such as JSON that was cut off, is shown as text.
 *
 * @param events The span's events and log records, in chronological order.
 * @see https://github.com/open-telemetry/semantic-conventions-genai
 */
export function readConversation(
  attributes: readonly KeyValue[],
  events: readonly ConversationEvent[],
): Message[] {
  const details = events.filter(({ name }) => name === DETAILS_EVENT);
  for (const source of [attributes, ...details.map(({ attributes }) => attributes)]) {
    const messages = messagesIn(source);
    if (messages.length > 0) return messages;
  }
  return events.flatMap(readEvent);
}

function messagesIn(attributes: readonly KeyValue[]): Message[] {
  const values = new Map(attributes.map(({ key = "", value }) => [key, value]));
  const instructions = readValue(values.get(INSTRUCTIONS));
  return [
    ...instructions === undefined ? [] : [toMessage({ role: "system", parts: instructions })],
    ...listOf(readValue(values.get(INPUT))).map((message) => toMessage(message, "user")),
    ...listOf(readValue(values.get(OUTPUT))).map((message) => toMessage(message, "assistant")),
    ...toolMessages(values),
  ];
}

/** The call of a span that executes a tool. */
function toolMessages(values: ReadonlyMap<string, AnyValue | undefined>): Message[] {
  const label = valueText(values.get(TOOL_NAME));
  const [input, output] = [values.get(TOOL_ARGUMENTS), values.get(TOOL_RESULT)];
  const part = (
    kind: MessagePart["kind"],
    value: AnyValue,
  ) => [{ kind, label, text: textOf(readValue(value)) }];
  return [
    ...input ? [{ role: "assistant", parts: part("tool call", input), finishReason: "" }] : [],
    ...output ? [{ role: "tool", parts: part("tool result", output), finishReason: "" }] : [],
  ];
}

/** The messages of an event for each message; its content is its body, or its attributes. */
function readEvent({ name, attributes, body }: ConversationEvent): Message[] {
  const [, role, choice] = MESSAGE_EVENT.exec(name) ?? [];
  if (role === undefined && choice === undefined) return [];
  const own = Object.fromEntries(
    attributes.map((
      { key = "", value },
    ) => [key.replace(/^gen_ai\.event\./, ""), readValue(value) ?? null]),
  );
  const read = readValue(body);
  const content: PlainObject = isObject(read)
    ? { ...own, ...read }
    : read === undefined
    ? own
    : { ...own, content: read };
  const inner = isObject(content.message) ? { ...content, ...content.message } : content;
  return [toMessage(inner, role ?? "assistant")];
}

/** Any value as a message; what isn't one is its text. */
function toMessage(value: PlainValue, defaultRole = ""): Message {
  if (!isObject(value)) return { role: defaultRole, parts: toParts(value), finishReason: "" };
  const { role, finish_reason: finishReason } = value;
  const parts = [
    ...toParts(value.parts ?? value.content ?? value.message),
    ...listOf(value.tool_calls).map(toToolCall),
  ];
  return {
    role: typeof role === "string" && role !== "" ? role : defaultRole,
    parts: role === "tool" || defaultRole === "tool"
      ? parts.map((part) => part.kind === "text" ? toResult(part, value.id) : part)
      : parts,
    finishReason: typeof finishReason === "string" ? finishReason : "",
  };
}

function toResult(part: MessagePart, id: PlainValue | undefined): MessagePart {
  return { ...part, kind: "tool result", label: typeof id === "string" ? id : "" };
}

/** A call as in the events before 1.37: `{ id, type, function: { name, arguments } }`. */
function toToolCall(value: PlainValue): MessagePart {
  const call = isObject(value) && isObject(value.function) ? value.function : value;
  if (!isObject(call)) return { kind: "tool call", label: "", text: textOf(call) };
  return { kind: "tool call", label: textOf(call.name), text: textOf(call.arguments) };
}

function toParts(value: PlainValue | undefined): MessagePart[] {
  return listOf(value).map(toPart);
}

function toPart(value: PlainValue): MessagePart {
  if (!isObject(value)) return { kind: "text", label: "", text: textOf(value) };
  const { type, content, name, id, ...rest } = value;
  switch (type) {
    case "text":
      return { kind: "text", label: "", text: textOf(content ?? rest.text) };
    case "reasoning":
      return { kind: "reasoning", label: "", text: textOf(content) };
    case "tool_call":
    case "server_tool_call":
      return {
        kind: "tool call",
        label: textOf(name ?? id),
        text: textOf(rest.arguments ?? rest[type]),
      };
    case "tool_call_response":
    case "server_tool_call_response":
      return {
        kind: "tool result",
        label: textOf(name ?? id),
        // It was named "result" at first.
        text: textOf(rest.response ?? rest.result ?? rest[type]),
      };
    case "blob":
      return {
        kind: "other",
        label: textOf(rest.mime_type ?? rest.modality),
        text: sizeOf(content),
      };
    case undefined:
      return { kind: "text", label: "", text: textOf(content ?? value) };
    default:
      return { kind: "other", label: textOf(type), text: textOf(content ?? { ...rest }) };
  }
}

/** Base64 is nothing to read. */
function sizeOf(content: PlainValue | undefined): string {
  return `${textOf(content).length} characters of base64`;
}

/** The value of an attribute; a text with JSON in it is read. Undefined if there is none. */
function readValue(value: AnyValue | undefined): PlainValue | undefined {
  if (value === undefined) return undefined;
  const plain = plainValue(value);
  if (typeof plain !== "string" || !/^\s*[[{]/.test(plain)) return plain;
  try {
    return JSON.parse(plain);
  } catch (error) {
    if (error instanceof SyntaxError) return plain;
    throw error;
  }
}

function listOf(value: PlainValue | undefined): PlainValue[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

function isObject(value: PlainValue | undefined): value is PlainObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Texts as they are, other values as JSON. */
function textOf(value: PlainValue | undefined): string {
  if (value === undefined) return "";
  if (typeof value === "string") return value;
  try {
    return JSON.stringify(value, null, 1).replace(/\n\s*/g, " ");
  } catch (error) {
    // The nesting is as deep as the sender likes.
    if (error instanceof RangeError) return "(nested too deeply)";
    throw error;
  }
}
