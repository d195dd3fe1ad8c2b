import { useSignal } from "@preact/signals";
import type { ExportRecord } from "../../../collector/model.ts";
import { DEFAULT_PORTS } from "../../../default_ports.ts";
import { fetchExports } from "../../api.ts";
import { EmptyState, ErrorState, LoadingState } from "../../components/messages.tsx";
import { ViewLinks } from "../../components/view_links.tsx";
import { stats, useLive } from "../../state/live.ts";
import { useLoaded } from "../../state/loaded.ts";
import { hrefWith, place } from "../../state/place.ts";
import { ExportRow } from "./export_row.tsx";
import { isRefused, latestOfSenders } from "./senders.ts";

const MOST = 200;

/** Every received request, whatever the response: is my app sending at all? */
export function ExportsView() {
  const loaded = useLoaded("exports", (signal) => fetchExports(MOST, signal));
  const live = useSignal<ExportRecord[]>([]);
  useLive("exports", (records) => {
    live.value = [...records.toSorted((a, b) => b.id - a.id), ...live.value].slice(0, MOST);
  });
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
  const records = newest([...live.value, ...loaded.data]);
  if (records.length === 0) return <NothingReceived />;

  const isRefusedOnly = place.value.params.get("only") === "refused";
  const shown = isRefusedOnly ? records.filter(isRefused) : records;
  return (
    <section class="view" aria-labelledby="exports-title">
      <header class="view-head">
        <h1 id="exports-title">Exports</h1>
        <ViewLinks
          label="Which requests"
          links={[
            { text: "All", href: hrefWith({ only: undefined }), isCurrent: !isRefusedOnly },
            { text: "Refused", href: hrefWith({ only: "refused" }), isCurrent: isRefusedOnly },
          ]}
        />
        <p class="note">The last {MOST} requests that the collector received.</p>
      </header>
      {shown.length === 0
        ? <EmptyState title="No rejected requests" />
        : <ExportTable records={shown} latest={latestOfSenders(records)} />}
    </section>
  );
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
  const {
    httpUrl = `http://localhost:${DEFAULT_PORTS.httpPort}`,
    grpcUrl = `http://localhost:${DEFAULT_PORTS.grpcPort}`,
  } = stats.value ?? {};
  return (
    <EmptyState
      title="No requests yet"
      commands={[
        `OTEL_EXPORTER_OTLP_ENDPOINT=${httpUrl} OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf`,
        `OTEL_EXPORTER_OTLP_ENDPOINT=${grpcUrl} OTEL_EXPORTER_OTLP_PROTOCOL=grpc`,
        `otel-kit auto --endpoint ${httpUrl}`,
      ]}
    >
      <p>
        Every export request shows up here, whatever is wrong with it. Give your program one of the
        first two lines as its environment, or try the third.
      </p>
    </EmptyState>
  );
}

/** The loaded requests and those that arrived since, without duplicates. */
function newest(records: readonly ExportRecord[]): ExportRecord[] {
  const byId = new Map(records.map((record) => [record.id, record]));
  return [...byId.values()].sort((a, b) => b.id - a.id).slice(0, MOST);
}
