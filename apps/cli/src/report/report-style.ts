/** The look of a report: one calm column, light or dark as its reader has it, good on paper and on a phone. */
export const reportStyle = `
:root {
  color-scheme: light dark;
  --paper: #fdfcf9; --card: #ffffff; --ink: #22262b; --soft: #5d6670; --line: #e4e0d8; --accent: #1f5fa8;
  --good: #1b7f4b; --bad: #b3422e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #15181c; --card: #1b1f24; --ink: #e4e3df; --soft: #9aa3ad; --line: #30363d; --accent: #7fb2ee;
    --good: #5cc48d; --bad: #f0907a;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; }
body {
  margin: 0; background: var(--paper); color: var(--ink);
  font: 1.0625rem/1.6 Charter, 'Bitstream Charter', 'Iowan Old Style', 'Sitka Text', Cambria, Georgia, serif;
}
main { max-width: 46rem; margin: 0 auto; padding: clamp(1.5rem, 6vw, 4.5rem) clamp(1.1rem, 5vw, 2rem) 5rem; }
h1, h2, h3, .kicker, table, summary, figcaption, .claim span, .small {
  font-family: ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Source Sans 3', sans-serif;
}
.kicker { margin: 0; color: var(--soft); font-size: .8125rem; letter-spacing: .06em; }
h1 { margin: .3rem 0 1.2rem; font-size: clamp(1.6rem, 5.5vw, 2.3rem); line-height: 1.18; font-weight: 650; letter-spacing: -.015em; text-wrap: balance; }
h2 { margin: 0 0 .8rem; font-size: 1.4rem; line-height: 1.25; font-weight: 640; letter-spacing: -.01em; }
h3 { margin: 0 0 .7rem; font-size: 1rem; font-weight: 620; }
.headline { margin: 0 0 1.3rem; padding-left: 1rem; border-left: 3px solid var(--accent); font-size: 1.25rem; line-height: 1.45; }
.lead { margin: 0 0 .9rem; color: var(--soft); }
section { margin-top: 3.2rem; padding-top: 2rem; border-top: 1px solid var(--line); }
.claim { margin: 0 0 1.2rem; font-style: italic; }
.claim span { margin-right: .5em; color: var(--soft); font-size: .75rem; font-style: normal; letter-spacing: .08em; text-transform: uppercase; }
.findings { margin: 0 0 1.5rem; padding: 0; list-style: none; }
.findings li { display: grid; grid-template-columns: 1.6rem 1fr; padding: .45rem 0; }
.mark { font-family: ui-sans-serif, system-ui, sans-serif; font-weight: 700; color: var(--soft); }
.met .mark { color: var(--good); }
.unmet .mark { color: var(--bad); }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
figure { margin: 2rem 0; padding: 1.2rem clamp(.8rem, 3vw, 1.4rem); background: var(--card); border: 1px solid var(--line); border-radius: 10px; }
.picture { overflow-x: auto; background: #fff; color: #22262b; border-radius: 6px; }
.picture svg, .picture img { display: block; max-width: 100%; height: auto; margin: 0 auto; }
figcaption { margin-top: .9rem; color: var(--soft); font-size: .9rem; line-height: 1.5; }
sub, sup { font-size: .72em; line-height: 0; }
details { margin-top: .8rem; }
summary { color: var(--accent); font-size: .85rem; cursor: pointer; }
.scroll { max-height: 22rem; margin-top: .6rem; overflow: auto; }
table { width: 100%; border-collapse: collapse; font-size: .875rem; line-height: 1.4; }
th, td { padding: .38rem .7rem .38rem 0; text-align: left; vertical-align: baseline; border-bottom: 1px solid var(--line); }
thead th { position: sticky; top: 0; background: var(--card); color: var(--soft); font-weight: 600; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.numbers th { color: var(--soft); font-weight: 500; }
.reproduce .numbers th { white-space: nowrap; }
.reproduce .numbers td { overflow-wrap: anywhere; }
.unit { color: var(--soft); }
.small { color: var(--soft); font-size: .85rem; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; padding: .9rem 1rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; line-height: 1.45; }
code { font: .86em/1.4 ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
.references { padding-left: 1.3rem; font-size: .95rem; }
.references li { margin-bottom: .5rem; }
a { color: var(--accent); }
@media (prefers-color-scheme: dark) { .picture { padding: .6rem; filter: brightness(.93); } }
@media print { body { background: #fff; } figure, table { break-inside: avoid; } }
`;
