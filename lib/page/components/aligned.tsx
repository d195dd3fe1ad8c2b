/**
 * A number with its unit, such as "1.28 ms": in a column, the decimal points are below each other, whatever the
 * units and the number of digits.
 */
export function Aligned({ text }: { text: string }) {
  const [, whole = text, fraction = "", unit = ""] = /^(\D*[\d,]+)(\.\d+)?(\D.*)?$/.exec(text) ??
    [];
  return (
    <span class="aligned">
      {whole}
      <span class="aligned-rest">{fraction + unit}</span>
    </span>
  );
}
