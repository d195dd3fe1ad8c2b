import { assertEquals } from "@std/assert";
import { type Message, readConversation } from "../../lib/trace/conversation.ts";
import { attributes } from "../helpers/page_traces.ts";

const INSTRUCTIONS = [{ type: "text", content: "You know the weather." }];
const INPUT = [
  { role: "user", parts: [{ type: "text", content: "Weather in Paris?" }] },
  {
    role: "assistant",
    parts: [
      { type: "reasoning", content: "I need the tool." },
      { type: "tool_call", id: "c1", name: "get_weather", arguments: { location: "Paris" } },
    ],
  },
  { role: "tool", parts: [{ type: "tool_call_response", id: "c1", response: "rainy, 57°F" }] },
];
const OUTPUT = [
  { role: "assistant", parts: [{ type: "text", content: "It rains." }], finish_reason: "stop" },
];
const READ = [
  "system: text You know the weather.",
  "user: text Weather in Paris?",
  "assistant: reasoning I need the tool.",
  'assistant: tool call get_weather { "location": "Paris" }',
  "tool: tool result c1 rainy, 57°F",
  "assistant (stop): text It rains.",
];

Deno.test("readConversation() reads structured attributes, and JSON texts", () => {
  for (const form of [(value: unknown) => value, JSON.stringify]) {
    const values = attributes({
      "gen_ai.output.messages": form(OUTPUT),
      "gen_ai.input.messages": form(INPUT),
      "gen_ai.system_instructions": form(INSTRUCTIONS),
    });
    assertEquals(lines(readConversation(values, [])), READ);
  }
});

Deno.test("readConversation() reads the event with the details of an operation", () => {
  const details = {
    name: "gen_ai.client.inference.operation.details",
    attributes: attributes({
      "gen_ai.system_instructions": INSTRUCTIONS,
      "gen_ai.input.messages": INPUT,
      "gen_ai.output.messages": OUTPUT,
    }),
  };
  assertEquals(lines(readConversation([], [details])), READ);
});

Deno.test("readConversation() reads the events for each message of former conventions", () => {
  const event = (name: string, body: unknown) => ({
    name: `gen_ai.${name}`,
    attributes: attributes({ "gen_ai.system": "openai" }),
    body: attributes({ body })[0]!.value,
  });
  const call = { id: "c1", type: "function", function: { name: "get_weather", arguments: "{}" } };
  const messages = readConversation([], [
    event("system.message", { content: "You know the weather." }),
    event("user.message", { content: "Weather in Paris?" }),
    event("assistant.message", { tool_calls: [call] }),
    event("tool.message", { id: "c1", content: "rainy" }),
    event("choice", { index: 0, finish_reason: "stop", message: { content: "It rains." } }),
    { name: "exception", attributes: [] },
  ]);
  assertEquals(lines(messages), [
    READ[0],
    READ[1],
    "assistant: tool call get_weather {}",
    "tool: tool result c1 rainy",
    READ.at(-1),
  ]);
  const asSpanEvent = { name: "gen_ai.user.message", attributes: attributes({ content: "Hi" }) };
  assertEquals(lines(readConversation([], [asSpanEvent])), ["user: text Hi"]);
});

Deno.test("readConversation() reads the call of a tool", () => {
  const values = attributes({
    "gen_ai.tool.name": "get_weather",
    "gen_ai.tool.call.arguments": '{"location":"Paris"}',
    "gen_ai.tool.call.result": "rainy",
  });
  assertEquals(lines(readConversation(values, [])), [
    'assistant: tool call get_weather { "location": "Paris" }',
    "tool: tool result get_weather rainy",
  ]);
});

Deno.test("readConversation() shows as text what isn't in the form of the conventions", () => {
  const deep = `[{"parts":[${"[".repeat(50_000)}${"]".repeat(50_000)}]}]`;
  for (
    const [value, ...expected] of [
      ["Hello", "user: text Hello"],
      ['[{"role":"user","parts":[{"ty', 'user: text [{"role":"user","parts":[{"ty'],
      [
        [{ parts: [{ type: "uri", modality: "image", uri: "javascript:1" }] }],
        'user: other uri { "modality": "image", "uri": "javascript:1" }',
      ],
      [
        [{ parts: [{ type: "blob", mime_type: "image/png", content: "abcd" }] }],
        "user: other image/png 4 characters of base64",
      ],
      [[{ parts: [{ type: "tool_call_response", result: 7 }] }], "user: tool result 7"],
      [[{ role: "user", content: "former" }], "user: text former"],
      [[5, []], "user: text 5"],
      [deep, "user: text (nested too deeply)"],
      [[{ role: 5, parts: 6, finish_reason: 7 }], "user: text 6"],
    ] as [unknown, ...string[]][]
  ) {
    const messages = readConversation(attributes({ "gen_ai.input.messages": value }), []);
    assertEquals(lines(messages), expected);
  }
  assertEquals(readConversation(attributes({ "gen_ai.request.model": "m" }), []), []);
});

function lines(messages: readonly Message[]): string[] {
  return messages.flatMap(({ role, finishReason, parts }) =>
    parts.map(({ kind, label, text }) =>
      [`${role}${finishReason && ` (${finishReason})`}:`, kind, label, text].filter(Boolean).join(
        " ",
      )
    )
  );
}
