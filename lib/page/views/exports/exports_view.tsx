import { useSignal } from "@preact/signals";
import type { ExportOutcome, ExportRecord } from "../../../collector/model.ts";
import { fetchExports } from "../../api.ts";
import { EmptyState, ErrorState, LoadingState } from "../../components/messages.tsx";
import { type ViewLink, ViewLinks } from "../../components/view_links.tsx";
import { formatCount } from "../../format/number.ts";
import { autoCommand, ownEndpoints } from "../../state/commands.ts";
import { stats, useLive } from "../../state/live.ts";
import { useLoaded } from "../../state/loaded.ts";
import { hrefWith, place } from "../../state/place.ts";
import { ExportRow } from "./export_row.tsx";
import { latestOfSenders } from "./senders.ts";

/** How many requests of each outcome are kept. */
const MOST = 200;

const OUTCOMES: readonly [outcome: ExportOutcome, text: string][] = [
  ["accepted", "Accepted"],
  ["partial", "In part"],
  ["refused", "Refused"],
];

/** Every received request, whatever the response: is my app sending at all? */
export function ExportsView() {
  const loaded = useLoaded(
    "exports",
    (signal) => fetchExports(OUTCOMES.length * MOST, signal),
  );
  const live = useSignal<ExportRecord[]>([]);
  useLive("exports", (records) => live.value = latest([...records, ...live.value]));
  useLive("resync", () => loaded.reload());

  if (loaded.error) {
    return (
      <ErrorState
        title="Cannot load requests"
        error={loaded.error}
        onRetry={loaded.reload}
      />
    );
  }
  if (!loaded.data) return <LoadingState />;
  const records = latest([...live.value, ...loaded.data]);
  if (records.length === 0) return <NothingReceived />;

  const only = place.value.params.get("only");
  const chosen = OUTCOMES.find(([outcome]) => outcome === only)?.[0];
  const shown = chosen ? records.filter(({ outcome }) => outcome === chosen) : records;
  return (
    <section class="view" aria-labelledby="exports-title">
      <header class="view-head">
        <h1 id="exports-title">Exports</h1>
        <ViewLinks label="Which requests" links={outcomeLinks(chosen)} />
        <p class="note">
          The last {MOST} requests of each kind.
        </p>
      </header>
      {shown.length === 0
        ? <EmptyState title={`No requests were ${OUTCOME_WORDS[chosen ?? "accepted"]}`} />
        : <ExportTable records={shown} latest={latestOfSenders(records)} />}
    </section>
  );
}

const OUTCOME_WORDS: Record<ExportOutcome, string> = {
  accepted: "accepted",
  partial: "accepted in part",
  refused: "refused",
};

/** All requests, and those of each outcome, with their number since the start. */
function outcomeLinks(chosen: ExportOutcome | undefined): ViewLink[] {
  const counts = stats.value?.exports;
  return [
    { text: "All", href: hrefWith({ only: undefined }), isCurrent: chosen === undefined },
    ...OUTCOMES.map(([outcome, text]) => ({
      text: counts ? `${text} ${formatCount(counts[outcome])}` : text,
      href: hrefWith({ only: outcome }),
      isCurrent: outcome === chosen,
    })),
  ];
}

interface ExportTableProps {
  records: readonly ExportRecord[];
  /** The ids of those that are initially open. */
  latest: ReadonlySet<number>;
}

function ExportTable({ records, latest }: ExportTableProps) {
  const toggled = useSignal<ReadonlyMap<number, boolean>>(new Map());
  const isOpen = (id: number) => toggled.value.get(id) ?? latest.has(id);
  return (
    <div class="scroll-x">
      <table class="table stacked exports">
        <thead>
          <tr>
            <th scope="col">Time</th>
            <th scope="col">From</th>
            <th scope="col">Signal</th>
            <th scope="col">Sent as</th>
            <th scope="col" class="right">Size</th>
            <th scope="col" class="right">Items</th>
            <th scope="col">Answer</th>
          </tr>
        </thead>
        <tbody>
          {records.map((record) => (
            <ExportRow
              key={record.id}
              record={record}
              isOpen={isOpen(record.id)}
              onToggle={() => {
                toggled.value = new Map(toggled.value).set(record.id, !isOpen(record.id));
              }}
            />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function NothingReceived() {
  const { httpUrl, grpcUrl } = ownEndpoints();
  return (
    <EmptyState
      title="No requests yet"
      commands={[
        `OTEL_EXPORTER_OTLP_ENDPOINT=${httpUrl} OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`,
        `OTEL_EXPORTER_OTLP_ENDPOINT=${grpcUrl} OTEL_EXPORTER_OTLP_PROTOCOL=grpc`,
        autoCommand(),
      ]}
    >
      <p>
        Every export request shows up here, whatever is wrong with it. Give your program one of the
        first two lines as its environment, or try the third.
      </p>
    </EmptyState>
  );
}

/** The latest requests of each outcome, the newest first, without duplicates. */
function latest(records: readonly ExportRecord[]): ExportRecord[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  const left = new Map(OUTCOMES.map(([outcome]) => [outcome, MOST]));
  return [...byId.values()].sort((a, b) => b.id - a.id).filter(({ outcome }) => {
    const room = left.get(outcome) ?? 0;
    left.set(outcome, room - 1);
    return room > 0;
  });
}
