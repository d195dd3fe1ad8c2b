import { useSignal } from "@preact/signals";
import type { Message, MessagePart } from "../../../trace/conversation.ts";
import { formatCount } from "../../format/number.ts";

/** Longer texts are shown on request. */
const LONGEST_TEXT = 2_000;

/** A conversation with a model, as text: nothing in it becomes markup. */
export function Conversation({ messages }: { messages: readonly Message[] }) {
  if (messages.length === 0) return null;
  return (
    <section class="conversation" aria-label="Conversation">
      <h3>Conversation</h3>
      <ol>
        {messages.map(({ role, parts, finishReason }, index) => (
          <li key={index} data-role={role}>
            <b>{role || "(no role)"}</b>
            {finishReason && <span class="soft">{` finished: ${finishReason}`}</span>}
            {parts.map((part, index) => <Part key={index} part={part} />)}
          </li>
        ))}
      </ol>
    </section>
  );
}

function Part({ part: { kind, label, text } }: { part: MessagePart }) {
  const title = [kind === "text" || kind === "other" ? "" : kind, label].filter(Boolean).join(" ");
  return (
    <div class="message-part" data-kind={kind}>
      {title !== "" && <span class="soft">{title}</span>}
      <LongText text={text} />
    </div>
  );
}

function LongText({ text }: { text: string }) {
  const isWhole = useSignal(text.length <= LONGEST_TEXT);
  if (isWhole.value) return <p>{text}</p>;
  return (
    <>
      <p>{text.slice(0, LONGEST_TEXT)}…</p>
      <button type="button" class="button small" onClick={() => isWhole.value = true}>
        Show all {formatCount(text.length)} characters
      </button>
    </>
  );
}
