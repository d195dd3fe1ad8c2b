/** A name in lower case and a value, in which each character stands for one byte. */
export type HeaderField = readonly [name: string, value: string];

/**
 * Returns the size of a field in a table or list: https://www.rfc-editor.org/rfc/rfc7541#section-4.1,
 * https://www.rfc-editor.org/rfc/rfc9113#section-6.5.2
 */
export function sizeOfField([name, value]: HeaderField): number {
  return name.length + value.length + 32;
}
