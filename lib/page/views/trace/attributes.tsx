import type { KeyValue } from "../../../otlp/json.ts";
import { Explained } from "../../components/tooltip.tsx";
import { valueText } from "../../../otlp/any_value.ts";
import { typeOfAnyValue } from "../../format/any_value.ts";
import { attributeMeaning } from "./attribute_meanings.ts";

/** Attributes as pairs; keys of a convention have an explanation. */
export function Attributes({ title, attributes, isAlwaysShown = false }: AttributesProps) {
  if (attributes.length === 0 && !isAlwaysShown) return null;
  return (
    <section>
      {title && <h3>{title}</h3>}
      <dl class="pairs">
        {attributes.map(({ key = "", value }, index) => (
          <Pair key={index} name={key} text={valueText(value)} type={typeOfAnyValue(value)} />
        ))}
      </dl>
    </section>
  );
}

export interface AttributesProps {
  title?: string;
  attributes: readonly KeyValue[];
  /** The title, which is shown even without attributes. */
  isAlwaysShown?: boolean;
}

function Pair({ name, text, type }: { name: string; text: string; type: string }) {
  const meaning = attributeMeaning(name);
  return (
    <>
      <dt>{meaning ? <Explained text={meaning}>{name}</Explained> : name}</dt>
      <dd title={type}>{text}</dd>
    </>
  );
}
