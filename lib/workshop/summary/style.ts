/** How a summary looks, on a light or dark screen and on paper. */
export const STYLE = `
@page { size: A4; margin: 18mm 16mm; }
:root { color-scheme: light dark; --text: #1b1b1f; --quiet: #55555f; --line: #c9c9d1;
  --back: #ffffff; }
@media (prefers-color-scheme: dark) {
  :root { --text: #ececf1; --quiet: #b0b0bb; --line: #45454f; --back: #17171b; }
}
body { margin: 0; background: var(--back); color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 50rem; margin: 0 auto; padding: 1.5rem 1rem; }
h1 { font-size: 1.5rem; line-height: 1.25; }
h2 { font-size: 1.125rem; margin: 1.5rem 0 0.25rem; break-after: avoid; }
ul { padding-left: 1.25rem; }
table { border-collapse: collapse; width: 100%; }
caption { caption-side: bottom; text-align: left; color: var(--quiet); padding-top: 0.5rem; }
th, td { text-align: left; font-weight: normal; padding: 0.25rem 0.75rem 0.25rem 0;
  border-bottom: 1px solid var(--line); vertical-align: top; }
thead th { color: var(--quiet); }
@media (max-width: 30rem) {
  main { padding: 1rem 0.5rem; }
  table { font-size: 0.875rem; }
  th, td { padding-right: 0.375rem; }
  tbody th { overflow-wrap: anywhere; hyphens: auto; }
}
tr, dt + dd { break-inside: avoid; }
dt { break-after: avoid; }
@media print { main { max-width: none; padding: 0; } }
dl { margin: 0; }
dt { margin-top: 0.5rem; }
dd { margin: 0 0 0 1.25rem; color: var(--quiet); overflow-wrap: anywhere; }
pre { color: var(--text); white-space: pre-wrap; }
code { font-family: ui-monospace, monospace; font-size: 0.875em; }
`;
