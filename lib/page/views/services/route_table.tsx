import type { RouteStats, ServiceStats } from "../../../collector/model.ts";
import { Aligned } from "../../components/aligned.tsx";
import { ScrollX } from "../../components/scroll_x.tsx";
import { Service } from "../../components/service_mark.tsx";
import { serviceLabel } from "../../format/service_label.ts";
import { formatDuration } from "../../format/duration.ts";
import { countOf, formatCount, formatRate, formatShare } from "../../format/number.ts";
import { explainMedian, formatMedian, type Median } from "../metrics/median.ts";
import { tracesHref } from "../../state/place.ts";

export interface RouteTableProps {
  service: ServiceStats;
  /** The median of all requests from the service's own histogram. */
  ownMedian: Median | undefined;
}

/** Rate, errors and duration of a service's routes. */
export function RouteTable({ service, ownMedian }: RouteTableProps) {
  const { name, spanCount, errorCount, routes } = service;
  return (
    <ScrollX label={`Routes of ${serviceLabel(name)}`}>
      <table class="table stacked routes">
        <caption>
          <h2>
            <Service name={name} />
          </h2>
          <span class="soft">
            {countOf(spanCount, "span")}, {formatShare(errorCount, spanCount)} with errors
            {ownMedian && (
              <span title={explainMedian(ownMedian)}>
                ; the service's own duration histogram has a median of {formatMedian(ownMedian)}
              </span>
            )}
          </span>
        </caption>
        {routes.length === 0
          ? (
            <tbody>
              <tr>
                <td class="soft">No span of kind SERVER or CONSUMER: no requests to count</td>
              </tr>
            </tbody>
          )
          : (
            <>
              <thead>
                <tr>
                  <th scope="col">Route</th>
                  <th scope="col" class="right">Requests</th>
                  <th scope="col" class="right">Rate</th>
                  <th scope="col" class="right">Errors</th>
                  <th scope="col" class="right">p50</th>
                  <th scope="col" class="right">p95</th>
                  <th scope="col" class="right">p99</th>
                </tr>
              </thead>
              <tbody>
                {routes.map((route) => (
                  <RouteRow key={route.name} route={route} serviceName={name} />
                ))}
              </tbody>
            </>
          )}
      </table>
    </ScrollX>
  );
}

function RouteRow({ route, serviceName }: { route: RouteStats; serviceName: string }) {
  const { name, count, rate, errorCount, p50Nanos, p95Nanos, p99Nanos } = route;
  return (
    <tr>
      <th scope="row">
        <a href={tracesHref(serviceName, name)}>{name}</a>
      </th>
      <td class="number right" data-label="requests">{formatCount(count)}</td>
      <td class="number right">
        {formatRate(rate)}
      </td>
      <td class={errorCount > 0 ? "number right error" : "number right"} data-label="errors">
        {errorCount > 0 && "✕ "}
        {formatShare(errorCount, count)}
      </td>
      <td class="number right" data-label="p50">
        <Aligned text={formatDuration(p50Nanos)} />
      </td>
      <td class="number right" data-label="p95">
        <Aligned text={formatDuration(p95Nanos)} />
      </td>
      <td class="number right" data-label="p99">
        <Aligned text={formatDuration(p99Nanos)} />
      </td>
    </tr>
  );
}
