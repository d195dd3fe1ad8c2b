import { useRef } from "preact/hooks";
import type { MetricSummary } from "../../../collector/model.ts";
import { fetchMetrics } from "../../api.ts";
import { EmptyState, ErrorState, LoadingState } from "../../components/messages.tsx";
import { TimeRangeField } from "../../components/time_range.tsx";
import { countOf } from "../../format/number.ts";
import { autoCommand, requestCommand } from "../../state/commands.ts";
import { useKeys } from "../../state/keyboard.ts";
import { useLive } from "../../state/live.ts";
import { useLoaded } from "../../state/loaded.ts";
import { hrefWith, navigate, pathParts, place } from "../../state/place.ts";
import { timeRangeOf } from "../../state/time_range.ts";
import { useThrottled } from "../../state/throttle.ts";
import { MetricCard } from "./metric_card.tsx";
import { MetricDetail } from "./metric_detail.tsx";
import { isWanted } from "./search.ts";

const REFRESH_MS = 1000;

/** All metrics as cards, or the one in the URL. */
export function MetricsView() {
  const [, name] = pathParts.value;
  return name === undefined ? <MetricCards /> : <MetricDetail key={name} name={name} />;
}

function MetricCards() {
  const loaded = useLoaded("metrics", fetchMetrics);
  const refresh = useThrottled(loaded.reload, REFRESH_MS);
  useLive("metrics", refresh);
  useLive("resync", loaded.reload);
  if (loaded.error) {
    return <ErrorState title="Cannot load metrics" error={loaded.error} onRetry={loaded.reload} />;
  }
  if (!loaded.data) return <LoadingState />;
  if (loaded.data.length === 0) return <NoMetrics />;
  const { params } = place.value;
  const wanted = params.get("q") ?? "";
  const range = timeRangeOf(params);
  const metrics = loaded.data.filter((metric) => isWanted(metric, wanted))
    .toSorted((a, b) => a.name < b.name ? -1 : 1);
  return (
    <section class="view" aria-labelledby="metrics-title">
      <header class="view-head">
        <h1 id="metrics-title">Metrics</h1>
        <MetricFilter />
        <p class="note">{summaryOf(metrics)}</p>
      </header>
      {metrics.length === 0 && (
        <EmptyState title="No metrics match">
          <p>
            <a href={hrefWith({ q: undefined })}>Show all metrics</a>
          </p>
        </EmptyState>
      )}
      <div class="cards">
        {metrics.map((metric) => <MetricCard key={metric.name} metric={metric} range={range} />)}
      </div>
    </section>
  );
}

function MetricFilter() {
  const field = useRef<HTMLInputElement>(null);
  useKeys({ "/": () => field.current?.focus() });
  return (
    <form class="filter" role="search" onSubmit={(event) => event.preventDefault()}>
      <label>
        Search
        <input
          ref={field}
          type="search"
          class="field"
          value={place.value.params.get("q") ?? ""}
          placeholder="name, service, unit"
          onInput={({ currentTarget: { value } }) =>
            navigate(hrefWith({ q: value }), { replace: true })}
        />
      </label>
      <TimeRangeField />
    </form>
  );
}

function summaryOf(metrics: readonly MetricSummary[]): string {
  const services = new Set(metrics.flatMap(({ serviceNames }) => serviceNames));
  return `${countOf(metrics.length, "metric")} of ${countOf(services.size, "service")}`;
}

function NoMetrics() {
  return (
    <EmptyState
      title="No metrics yet"
      commands={[autoCommand("--metric-export-interval 1000"), requestCommand()]}
    >
      <p>
        Mode auto measures every request. The SDK sends its metrics once a minute, unless it is told
        otherwise, as here.
      </p>
    </EmptyState>
  );
}
