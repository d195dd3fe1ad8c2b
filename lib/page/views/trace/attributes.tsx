import type { KeyValue } from "../../../otlp/json.ts";
import { CopyButton } from "../../components/copy_button.tsx";
import { Explained } from "../../components/tooltip.tsx";
import { valueText } from "../../../otlp/any_value.ts";
import { typeOfAnyValue } from "../../format/any_value.ts";
import { attributeTerm } from "../../../query/terms.ts";
import { hrefOf, isSnapshot } from "../../state/place.ts";
import { attributeMeaning } from "./attribute_meanings.ts";
import { scaledValue } from "./attribute_units.ts";

/** Longer values make no sense as a query. */
const LONGEST_FILTER = 200;

/**
 * Attributes as pairs; keys of a convention have an explanation. Each value is a click away from the traces
 * that have it, or from the clipboard if no query can name it.
 */
export function Attributes({ title, attributes, isAlwaysShown = false }: AttributesProps) {
  if (attributes.length === 0 && !isAlwaysShown) return null;
  return (
    <section>
      {title && <h3>{title}</h3>}
      <dl class="pairs">
        {attributes.map(({ key = "", value }, index) => (
          <Pair
            key={index}
            name={key}
            text={valueText(value)}
            type={typeOfAnyValue(value)}
          />
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

function Pair({ name, text, type }: PairProps) {
  const meaning = attributeMeaning(name);
  const scaled = scaledValue(name, text);
  const isOffered = !isSnapshot.value && text.length <= LONGEST_FILTER;
  const term = isOffered ? attributeTerm(name, text) : undefined;
  return (
    <>
      <dt>
        {meaning
          ? (
            <Explained text={meaning}>
              <Name name={name} />
            </Explained>
          )
          : <Name name={name} />}
      </dt>
      <dd title={type}>
        {text}
        {scaled !== undefined && <span class="soft number attribute-scaled">({scaled})</span>}
        {term === undefined
          ? <span class="attribute-filter">{text !== "" && <CopyButton text={text} />}</span>
          : (
            <a
              class="attribute-filter"
              href={hrefOf("/traces", { query: term })}
              title="Find traces with this value"
              aria-label={`Find traces with ${name} ${text}`}
            >
              ⌕
            </a>
          )}
      </dd>
    </>
  );
}

/** A name that is broken between its words, if it must be. */
function Name({ name }: { name: string }) {
  const words = name.match(/[^._]+[._]*|[._]+/g) ?? [];
  return <>{words.flatMap((word, index) => index === 0 ? [word] : [<wbr key={index} />, word])}</>;
}

interface PairProps {
  name: string;
  text: string;
  type: string;
}
