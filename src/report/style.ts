import { DERIVATION_STYLE } from '../render/formats/html-style.ts';

/** The look of pictures, by the names that `svg.ts` and its kin give their parts. */
export const PICTURE_STYLE = `/* A picture shrinks until its letters would be too small to be read, then it scrolls. */
svg { display: block; max-width: max(100%, 36rem); height: auto; margin: 0 auto; }
svg text { font-family: system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif; font-size: 13px; fill: var(--text); }
svg .tick { fill: var(--muted); font-size: 12px; } svg .axis-name { font-size: 13px; }
svg .axis { stroke: var(--muted); } svg .grid { stroke: var(--line); stroke-width: .7; }
svg .curve { stroke: var(--accent); stroke-width: 2; fill: none; stroke-linejoin: round; }
svg .band { fill: var(--accent); opacity: 0.16; }
svg .distance { stroke: var(--second); stroke-width: 1; }
svg .earlier { stroke: var(--muted); stroke-width: 1.6; stroke-dasharray: 5 4; fill: none; }
svg .box { fill: var(--surface); stroke: var(--line); }
svg .box.param { stroke: var(--accent); stroke-width: 1.6; } svg .box.objective { stroke: var(--text); stroke-width: 1.6; }
svg .arrow { stroke: var(--muted); fill: none; stroke-width: 1.2; } svg .arrow.back { stroke-dasharray: 4 3; } svg .arrow-head { fill: var(--muted); }
svg .box-name { font-weight: 600; font-size: 14px; } svg .box-shape { fill: var(--muted); font-size: 12px; }
svg .box-formula { font-size: 13px; fill: var(--muted); }
svg .numbers { font: 12px/1 ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; white-space: pre; }
svg .low { font-size: .78em; }
svg .slope { font-size: 12px; fill: var(--second); stroke: var(--paper); stroke-width: 4; paint-order: stroke; stroke-linejoin: round; }
svg .gradient { fill: var(--second); }
svg .example { stroke: var(--paper); stroke-width: 1.2; fill: var(--text); }
svg .boundary { stroke: var(--text); stroke-width: 2; fill: none; }
svg .path { stroke: var(--second); stroke-width: 2.2; fill: none; stroke-linejoin: round; }
svg .halo { stroke: var(--paper); stroke-width: 5; fill: none; stroke-linejoin: round; opacity: .8; }
svg .end { fill: var(--second); stroke: var(--paper); stroke-width: 1.5; }
svg .mark { stroke: var(--paper); stroke-width: 1.5; stroke-dasharray: none; }
svg .mark.curve { fill: var(--accent); } svg .mark.path { fill: var(--second); } svg .mark.earlier { fill: var(--muted); }
svg .start { fill: var(--paper); stroke: var(--second); stroke-width: 2.2; }
`;

/** The look of a report. Every colour is a variable; the dark ones are for those who ask for dark pages. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --paper: #fdfdfc; --surface: #f3f4f6; --text: #1b1e23; --muted: #555c66; --line: #cfd4da;
  --accent: #1a56b0; --second: #a63c06; --good: #17652f; --bad: #b3261e;
  --low: #14406f; --high: #f4e9d8; --side-a: #2f6fc4; --side-b: #d9772b;
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: #14171b; --surface: #1e2228; --text: #e8eaed; --muted: #a9b0ba; --line: #3b424b;
    --accent: #8fb8f6; --second: #f5a873; --good: #7fd69b; --bad: #ff9d94;
    --low: #9cc4f2; --high: #1b2027; --side-a: #5b95e6; --side-b: #d98445;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--text);
  font: 17px/1.55 'Iowan Old Style', Palatino, 'Palatino Linotype', 'Book Antiqua', Georgia, serif; }
main { max-width: 58rem; margin: 0 auto; padding: 1.2rem 1.25rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 .6rem; font-weight: 600; overflow-wrap: anywhere; }
h2 { font-size: 1.3rem; margin: 2.2rem 0 .6rem; font-weight: 600; padding-bottom: .25rem; border-bottom: 1px solid var(--line); }
h3 { font-size: 1.08rem; margin: 1.8rem 0 .5rem; font-weight: 600; }
p { margin: .5rem 0; }
.hint, .where, figcaption, .note { color: var(--muted); font-size: .94rem; }
.hint, .notes, th, .label, nav, figcaption, .note { font-family: system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif; font-size: .86rem; }
nav ul { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .3rem 1.2rem; }
a { color: var(--accent); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 3px; }
.katex { font-size: 1.1em; }
.katex-display { margin: .4rem 0; }
.source { background: var(--surface); padding: .9rem 1.1rem; border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; margin: 0;
  font: .84rem/1.6 ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace; }
.source .comment { color: var(--muted); font-style: italic; }
.source .keyword { color: var(--accent); font-weight: 600; }
.source .number { color: var(--second); }
/* The derivation is on the first screen: what was written is folded above it, and formulas stand side by side. */
#source h2 { font-size: 1rem; margin: 0; padding: 0; border: 0; }
#source { margin-top: .5rem; }
#formulas h2 { margin-top: .6rem; font-size: 1.1rem; }
#formulas .formulas { display: flex; flex-wrap: wrap; column-gap: 2.6rem; }
#formulas .formulas li { gap: .8rem; max-width: 100%; min-width: 0; padding: 0; }
#formulas .formula { min-width: 0; }
#derivation h2 { margin-top: 1.2rem; }
table { border-collapse: collapse; width: 100%; }
/* Where there is more than one sees, the edge is shaded: covers that come along with what scrolls hide the shades at its ends. */
.table, .picture { overflow-x: auto; }
.formula, .where, .table, .picture, .worked, .working tr { --shade: color-mix(in srgb, var(--text) 30%, transparent);
  background: linear-gradient(to right, var(--paper) 60%, transparent) 0 0 / 1.6rem 100% no-repeat local,
    linear-gradient(to left, var(--paper) 60%, transparent) 100% 0 / 1.6rem 100% no-repeat local,
    linear-gradient(to right, var(--shade), transparent) 2px 0 / .7rem 100% no-repeat scroll,
    linear-gradient(to left, var(--shade), transparent) calc(100% - 2px) 0 / .7rem 100% no-repeat scroll; }
details > summary:hover .formula { background: none; }
th { text-align: left; color: var(--muted); font-weight: 600; }
th, td { padding: .35rem 1rem .35rem 0; border-bottom: 1px solid var(--line); vertical-align: middle; }
/* Words stay whole in narrow columns: Chinese would break within any. */
.table th, .table td { word-break: keep-all; overflow-wrap: normal; }
td.error { font-variant-numeric: tabular-nums; }
${DERIVATION_STYLE}figure { margin: 1rem 0; }
${PICTURE_STYLE}@media (max-width: 42rem) {
  /* More formulas than a screen has room for scroll beside the derivation that speaks of them. */
  h1 { font-size: 1.3rem; } #formulas .katex { font-size: 1em; } #formulas .formulas { max-height: 25rem; overflow-y: auto; } #derivation > .hint { display: none; }
}
@media print { main { max-width: none; } .hint, nav { display: none; } }
`;
