import type { EntityRef } from "../../../otlp/json.ts";

/** Which attributes of a resource identify and describe an entity, in words. */
export function describeEntity({ idKeys = [], descriptionKeys = [] }: EntityRef): string {
  return [
    `identified by ${idKeys.join(", ")}`,
    descriptionKeys.length > 0 && `described by ${descriptionKeys.join(", ")}`,
  ].filter(Boolean).join("; ");
}
