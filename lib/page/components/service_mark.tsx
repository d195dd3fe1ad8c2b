import { cutMiddle } from "../format/text.ts";
import { serviceColour } from "../state/service_colours.ts";

const LONGEST_NAME = 32;

/** A service's colour and name; "unnamed" where `service.name` is missing. */
export function Service({ name, isShort = false }: { name: string; isShort?: boolean }) {
  return (
    <span
      class="service"
      title={name || "service.name is missing"}
      data-colour={serviceColour(name)}
    >
      <span class="service-mark" aria-hidden="true" />
      <span class={isShort ? "visually-hidden" : ""}>{serviceLabel(name)}</span>
    </span>
  );
}

/** What a service is called on the page. */
export function serviceLabel(name: string): string {
  return name === "" ? "unnamed service" : cutMiddle(name, LONGEST_NAME);
}
