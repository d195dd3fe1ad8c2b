/** How a dashboard looks, on a light or dark screen. The colors of lines are those of the collector's page. */
export const STYLE = `
:root { color-scheme: light dark; --ground: light-dark(#fcfcfb, #15171a);
  --raised: light-dark(#f4f4f1, #1d2024); --line: light-dark(#e0e0db, #2e3238);
  --text: light-dark(#1f2328, #e3e5e8); --soft: light-dark(#5b6067, #a2a8b1);
  --error: light-dark(#b3261e, #ff8f85); }
.line-0 { --line-color: light-dark(#0072b2, #4aa8e0); }
.line-1 { --line-color: light-dark(#c45500, #f08a3c); }
.line-2 { --line-color: light-dark(#00795a, #2fbf93); }
.line-3 { --line-color: light-dark(#a8548a, #e092c4); }
.line-4 { --line-color: light-dark(#8a6d00, #e3c53f); }
.line-5 { --line-color: light-dark(#3b3f9e, #9a9df0); }
.line-6 { --line-color: light-dark(#5f6a72, #b4bcc4); }
.line-7 { --line-color: light-dark(#7a4a2b, #c79a78); }
body { margin: 0; background: var(--ground); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 90rem; margin: 0 auto; padding: 1rem; }
h1 { font-size: 1.25rem; margin: 0; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 0; overflow-wrap: anywhere; }
p { margin: 0; }
.quiet { color: var(--soft); font-size: 0.875rem; }
.panels { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(20rem, 100%), 1fr));
  gap: 1rem; margin-top: 1rem; }
section { display: flex; flex-direction: column; gap: 0.25rem; min-width: 0; padding: 0.75rem 1rem;
  background: var(--raised); border: 1px solid var(--line); border-radius: 6px; }
.now { font-size: 1.5rem; line-height: 1.25; }
.fires { border-color: var(--error); box-shadow: inset 0 0 0 1px var(--error); }
.fires .now, .problem { color: var(--error); }
.problem { overflow-wrap: anywhere; }
svg { width: 100%; height: auto; }
svg line { stroke: var(--line); }
svg text { fill: var(--soft); font-size: 13px; }
svg path { fill: none; stroke: var(--line-color); stroke-width: 2; stroke-linejoin: round;
  stroke-linecap: round; }
.alert svg path { stroke: var(--error); }
ul { margin: 0; padding: 0; list-style: none; font-size: 0.8125rem; overflow-wrap: anywhere; }
li::before { content: ""; display: inline-block; width: 0.75em; height: 0.75em;
  margin-right: 0.5em; background: var(--line-color); }
code { margin-top: auto; padding-top: 0.5rem; color: var(--soft); overflow-wrap: anywhere;
  font: 0.75rem/1.4 ui-monospace, monospace; }
`;
