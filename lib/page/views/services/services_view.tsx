import type { ServiceStats } from "../../../collector/model.ts";
import { fetchRequestDurations, fetchServices } from "../../api.ts";
import { EmptyState, ErrorState, LoadingState } from "../../components/messages.tsx";
import { ViewLinks } from "../../components/view_links.tsx";
import { autoCommand, requestCommand } from "../../state/commands.ts";
import { useLive } from "../../state/live.ts";
import { useLoaded } from "../../state/loaded.ts";
import { hrefWith, place } from "../../state/place.ts";
import { useThrottled } from "../../state/throttle.ts";
import { type Median, medianOf } from "../metrics/median.ts";
import { RouteTable } from "./route_table.tsx";
import { ServiceMap } from "./service_map.tsx";

const REFRESH_MS = 1000;
const WINDOWS = [[60, "1 min"], [300, "5 min"], [900, "15 min"], [3600, "1 h"]] as const;
const DEFAULT_WINDOW_SECONDS = 900;

/** Which services call each other, with the rate, errors and duration of each service's routes. */
export function ServicesView() {
  const given = Number(place.value.params.get("window"));
  const window = WINDOWS.some(([seconds]) => seconds === given) ? given : DEFAULT_WINDOW_SECONDS;
  const loaded = useLoaded(`services ${window}`, async (signal) => ({
    ...await fetchServices(window, signal),
    // The SDKs' own measurements, if they send any.
    durations: await fetchRequestDurations(signal).catch(() => undefined),
  }));
  const refresh = useThrottled(loaded.reload, REFRESH_MS);
  useLive("traces", refresh);
  useLive("resync", loaded.reload);

  const { data } = loaded;
  return (
    <section class="view" aria-labelledby="services-title">
      <header class="view-head">
        <h1 id="services-title">Services</h1>
        <ViewLinks
          label="Time range"
          links={WINDOWS.map(([seconds, text]) => ({
            text,
            href: hrefWith({ window: String(seconds) }),
            isCurrent: seconds === window,
          }))}
        />
        <p class="note">Computed from stored spans.</p>
      </header>
      {loaded.error
        ? (
          <ErrorState
            title="Cannot load services"
            error={loaded.error}
            onRetry={loaded.reload}
          />
        )
        : !data
        ? <LoadingState />
        : data.services.length === 0
        ? <NoServices />
        : (
          <>
            <ServiceMap services={data.services} edges={data.edges} />
            {data.services.map((service) => (
              <ServiceSection
                key={service.name}
                service={service}
                ownMedian={data.durations && medianOf(data.durations, service.name)}
              />
            ))}
          </>
        )}
    </section>
  );
}

interface ServiceSectionProps {
  service: ServiceStats;
  ownMedian: Median | undefined;
}

function ServiceSection({ service, ownMedian }: ServiceSectionProps) {
  return (
    <section class="service-section" aria-label={service.name || "unnamed service"}>
      <RouteTable service={service} ownMedian={ownMedian} />
    </section>
  );
}

function NoServices() {
  return (
    <EmptyState
      title="No services in this time range"
      commands={[autoCommand(), requestCommand()]}
    >
      <p>A service appears with its first span. Start one, and send it a request.</p>
    </EmptyState>
  );
}
