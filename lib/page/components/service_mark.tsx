import { serviceLabel } from "../format/service_label.ts";
import { serviceLook } from "../state/service_colors.ts";

/** A service's color and name; "unnamed" if `service.name` is missing. */
export function Service({ name, isShort = false }: { name: string; isShort?: boolean }) {
  return (
    <span
      class="service"
      title={name || "service.name is missing"}
      {...serviceLook(name)}
    >
      <span class="service-mark" aria-hidden="true" />
      <span class={isShort ? "visually-hidden" : ""}>{serviceLabel(name)}</span>
    </span>
  );
}
