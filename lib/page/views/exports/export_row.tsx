import type { ExportRecord } from "../../../collector/model.ts";
import { Aligned } from "../../components/aligned.tsx";
import { HintList } from "../../components/hints.tsx";
import { Service } from "../../components/service_mark.tsx";
import { formatDuration } from "../../format/duration.ts";
import { formatBytes, formatCount } from "../../format/number.ts";
import { formatMoment } from "../../format/time.ts";
import { answerOf, senderOf } from "./senders.ts";

export interface ExportRowProps {
  record: ExportRecord;
  isOpen: boolean;
  onToggle: () => void;
}

/** One request; all details when it is open. */
export function ExportRow({ record, isOpen, onToggle }: ExportRowProps) {
  const { id, receivedAt, serviceNames, signal, protocol, compression } = record;
  const details = `export-${id}`;
  const isRefused = record.outcome === "refused";
  return (
    <>
      <tr class={isRefused ? "has-error" : ""}>
        <td class="number">
          <button
            type="button"
            class="disclosure"
            aria-expanded={isOpen}
            aria-controls={details}
            aria-label={`Request ${id}`}
            onClick={onToggle}
          />
          <time title={new Date(receivedAt).toISOString()}>
            {formatMoment(receivedAt, Date.now())}
          </time>
        </td>
        <td>
          {serviceNames.length > 0 ? <ServiceNames names={serviceNames} /> : senderOf(record)}
        </td>
        <td>{signal ?? "–"}</td>
        <td>{protocol}{compression === "none" ? "" : `, ${compression}`}</td>
        <td class="number right">
          <Aligned text={formatBytes(record.wireBytes)} />
        </td>
        <td class="number right" data-label="items">{itemsOf(record)}</td>
        <td>
          <span class={isRefused ? "error" : ""}>
            {isRefused && "✕ "}
            {answerOf(record)}
            {rejectionOf(record)}
          </span>
        </td>
      </tr>
      {isOpen && (
        <tr class="details" id={details}>
          <td colSpan={7}>
            <Details record={record} />
          </td>
        </tr>
      )}
    </>
  );
}

/** A list that can be broken between two names. */
function ServiceNames({ names }: { names: readonly string[] }) {
  return <>{names.flatMap((name) => [<Service key={name} name={name} />, " "])}</>;
}

function Details({ record }: { record: ExportRecord }) {
  const { reason, byteOffset, wireBytes, bodyBytes, compression, duplicated, durationMillis } =
    record;
  const ratio = wireBytes > 0 ? bodyBytes / wireBytes : 1;
  const size = compression !== "none"
    ? `${formatBytes(wireBytes)} on the wire, ${formatBytes(bodyBytes)} decompressed (${
      ratio.toFixed(1)
    } times as much)`
    : `${formatBytes(wireBytes)}, uncompressed`;
  return (
    <>
      {reason && (
        <p class="reason">
          <strong>{verdictOf(record)}:</strong> {reason}
          {byteOffset !== undefined && ` (at byte ${formatCount(byteOffset)})`}
        </p>
      )}
      <dl class="pairs">
        <dt>Sender</dt>
        <dd>{record.userAgent || "no user agent"} at {record.peer}</dd>
        <dt>Size</dt>
        <dd>{size}</dd>
        <dt>Items</dt>
        <dd>
          {formatCount(record.accepted)} accepted, {formatCount(record.rejected)} rejected,{" "}
          {formatCount(duplicated)} seen before
        </dd>
        <dt>Answered</dt>
        <dd>{answerOf(record)} after {formatDuration(durationMillis * 1e6)}</dd>
      </dl>
      <HintList hints={record.hints} />
    </>
  );
}

/** What the status does not say: a request whose items are rejected is also answered with success. */
function rejectionOf({ outcome, rejected }: ExportRecord): string {
  if (rejected === 0) return "";
  return outcome === "refused" ? ", all items rejected" : ", accepted in part";
}

/** The verdict that the reason explains. */
function verdictOf(record: ExportRecord): string {
  if (record.outcome === "refused") return "Refused";
  if (record.outcome === "partial") return "Accepted in part";
  return record.accepted + record.duplicated > 0 ? "Warning" : "Nothing in it";
}

function itemsOf({ accepted, rejected }: ExportRecord): string {
  return rejected > 0
    ? `${formatCount(accepted)} of ${formatCount(accepted + rejected)}`
    : formatCount(accepted);
}
