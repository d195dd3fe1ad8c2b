import type { LogSeverity, LogVolume } from "../../../collector/model.ts";
import { SEVERITIES } from "../../../otlp/severity.ts";
import { formatCount } from "../../format/number.ts";
import { hrefWith } from "../../state/place.ts";

/** The severities of the chart with their numbers; each is a link to records that are at least as severe. */
export function VolumeLegend({ volume: { severities } }: { volume: LogVolume }) {
  return (
    <ul class="legend">
      {severities.map(({ name, counts }) => (
        <li key={name} data-severity={name}>
          <span class="severity-mark" aria-hidden="true" />
          <SeverityLink name={name} /> {formatCount(counts.reduce((sum, count) => sum + count, 0))}
        </li>
      ))}
      <li class="soft hint" aria-hidden="true">click or drag over the bars to narrow the time</li>
    </ul>
  );
}

function SeverityLink({ name }: { name: LogSeverity }) {
  const level = SEVERITIES.find((severity) => severity.name === name);
  if (!level) return <>{name}</>;
  return (
    <a
      href={hrefWith({ severity: String(level.from), before: undefined })}
      title={`Only ${name} and above`}
    >
      {name}
    </a>
  );
}
