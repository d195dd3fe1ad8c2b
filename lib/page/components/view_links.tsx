/** Links between views of the same thing; the current one is marked. */
export function ViewLinks({ label, links }: { label: string; links: readonly ViewLink[] }) {
  return (
    <nav class="view-links" aria-label={label}>
      {links.map(({ text, href, isCurrent }) => (
        <a key={text} href={href} aria-current={isCurrent ? "true" : undefined}>{text}</a>
      ))}
    </nav>
  );
}

export interface ViewLink {
  text: string;
  href: string;
  isCurrent: boolean;
}
