/**
 * Whether a name matches one of the patterns of a configuration file. In a pattern, `*` matches any text and
 * `?` any single character.
 *
 * @see https://github.com/open-telemetry/opentelemetry-configuration (IncludeExclude)
 */
export function namesThatFit(patterns: readonly string[]): (name: string) => boolean {
  const isPattern = (text: string) => /[*?]/.test(text);
  const exact = new Set(patterns.filter((text) => !isPattern(text)));
  const loose = patterns.filter(isPattern).map(expressionOf);
  return (name) => exact.has(name) || loose.some((expression) => expression.test(name));
}

function expressionOf(pattern: string): RegExp {
  const source = pattern
    .replaceAll(/[\\^$.+()[\]{}|]/g, "\\$&")
    .replaceAll(/\*+/g, "[^]*?")
    .replaceAll(/(?<!\*)\?/g, "[^]");
  return new RegExp(`^${source}$`, "u");
}
