const TEMPLATES = new URL("templates/", import.meta.url);
const PLACEHOLDER = /\{\{(\w+)\}\}/g;

/**
 * Reads a template, and replaces each `{{name}}` by its value.
 *
 * @throws {Error} If a value is missing.
 */
export async function fillTemplate(
  name: string,
  values: Readonly<Record<string, string>>,
): Promise<string> {
  const template = await Deno.readTextFile(new URL(name, TEMPLATES));
  return template.replaceAll(PLACEHOLDER, (_, key) => {
    const value = values[key];
    if (value === undefined) throw new Error(`Cannot fill ${name}: nothing for {{${key}}}`);
    return value;
  });
}
