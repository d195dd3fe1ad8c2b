import { computed, signal } from "@preact/signals";
import { PALETTE_SIZE, preferredColor } from "../../trace/service_looks.ts";
import { stats } from "./live.ts";

/** Attributes of an element that distinguish a service from others. */
export interface ServiceLook {
  "data-color": number;
  "data-shape": number;
}

/** The looks in a saved page, which has no collector. */
export const savedLooks = signal<readonly (string | null)[]>([]);

/** The collector assigns looks, so that a service looks the same in every view and window. */
const looks = computed(() => {
  const owners = stats.value?.store.looks ?? savedLooks.value;
  return new Map(owners.map((name, look) => [name, look]));
});

/** The color and the shape of a service's mark. A service without a look of its own shares one. */
export function serviceLook(name: string): ServiceLook {
  const look = looks.value.get(name) ?? preferredColor(name);
  return { "data-color": look % PALETTE_SIZE, "data-shape": Math.floor(look / PALETTE_SIZE) };
}

/** The number of a service's color. */
export function serviceColor(name: string): number {
  return serviceLook(name)["data-color"];
}
