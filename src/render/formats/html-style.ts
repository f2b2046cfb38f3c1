/** The look of a derivation, on a page or in a fragment; the colours are variables of who holds it. A rule a line. */
const DERIVATION_RULES = `.formula { display: block; overflow-x: auto; overflow-y: hidden; padding: .15rem .2rem .15rem 0; }
.formula .base { margin: .18em 0; }
.good { color: var(--good); } .bad { color: var(--bad); }
.formulas, .steps, .conventions { margin: .4rem 0; padding: 0; list-style: none; }
.formulas li { display: flex; justify-content: space-between; align-items: baseline; gap: 1.5rem; padding: .1rem 0; }
.shape { color: var(--muted); white-space: nowrap; font-family: system-ui, 'Liberation Sans', sans-serif; font-size: .86rem; }
.where { overflow-x: auto; overflow-y: hidden; }
.where .formula { display: inline; }
.conventions { list-style: disc; padding-left: 1.2rem; }
details > summary { cursor: pointer; list-style: none; display: flex; align-items: baseline; gap: .5rem 1.2rem; flex-wrap: wrap;
  padding: .3rem .3rem .3rem 1.5rem; position: relative; border-radius: 4px; }
details > summary::-webkit-details-marker { display: none; }
details > summary::before { content: ''; position: absolute; left: .45rem; top: 50%; margin-top: -.32rem;
  border: solid transparent; border-width: .32rem 0 .32rem .5rem; border-left-color: var(--muted); }
details[open] > summary::before { transform: rotate(90deg); }
details > summary:hover { background: var(--surface); }
summary .formula { flex: 1 1 auto; min-width: 0; }
summary .notes { display: flex; gap: 1.1rem; color: var(--muted); text-align: right; margin-left: auto; }
summary .notes .shape { min-width: 3.4rem; color: inherit; }
.target { display: inline-block; min-width: var(--target, 4.2em); text-align: right; margin-right: .35em; }
.reasons { margin: .1rem 0 .8rem 1.5rem; padding: .1rem 0 .1rem 1rem; border-left: 2px solid var(--line); }
.reasons .steps { margin-left: -.4rem; }
.labelled { display: flex; gap: .3rem 1rem; align-items: baseline; flex-wrap: wrap; }
.label { color: var(--muted); min-width: 6.5rem; }
.worked { overflow-x: auto; overflow-y: hidden; }
.working { border-collapse: collapse; margin: .2rem 0; }
.working th { text-align: left; font-weight: normal; color: var(--muted); }
.working th, .working td { padding: .25rem 1rem .25rem 0; border: 0; vertical-align: baseline; }
.working .left { text-align: right; padding-right: .35em; }
.working .remark { color: var(--muted); font-size: .9rem; }
.values { border-collapse: collapse; width: auto; margin: .3rem 0; }
.values th, .values td { padding: .2rem 0 .2rem 1.2rem; border: 0; text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums; }
.values tbody th { color: inherit; font-size: inherit; }
.values th:first-child { text-align: left; padding-left: 0; font-weight: normal; }
.textbook > .steps > li > details > .reasons { margin-left: 2.2rem; }
.further { display: flex; justify-content: space-between; align-items: baseline; gap: 1.2rem; flex-wrap: wrap; padding-right: .3rem; }
.further .rule { color: var(--muted); font-size: .86rem; }
.formula.result { padding-left: 1.5rem; }
`;

/** On a narrow screen what is said of a line stands below it. */
const NARROW_RULES = `.working, .working tbody, .working tr, .working .remark { display: block; }
.working th { display: block; padding-bottom: 0; }
.working tr { overflow-x: auto; overflow-y: hidden; }
.working .left, .working .right { display: inline-block; padding-right: .35em; }
.working th:empty, .working .left:empty { display: none; }
summary .notes { flex-wrap: wrap; justify-content: flex-end; min-width: 0; }
.target { min-width: 0; }
details > summary::before { top: 1.2rem; }
`;

const narrow = (rules: string): string => `@media (max-width: 42rem) {\n${rules}}\n`;

export const DERIVATION_STYLE = DERIVATION_RULES + narrow(NARROW_RULES);

/** What a fragment brings along. */
export type FragmentStyle = 'mathml' | 'katex' | 'none';

/** Colours mixed from the text's, so that they go with any page, light or dark. */
const COLOURS =
  '--muted: color-mix(in srgb, currentColor 70%, transparent); --line: color-mix(in srgb, currentColor 25%, transparent); ' +
  '--surface: color-mix(in srgb, currentColor 8%, transparent); --good: currentColor; --bad: currentColor;';

const TEXT = `.hint, .where { color: var(--muted); }
.hint, .notes, .label, .working th, .working .remark { font-family: system-ui, -apple-system, 'Segoe UI', 'Liberation Sans', sans-serif; font-size: .86rem; }
`;

/**
 * KaTeX writes every formula twice, for the eye and as MathML, and its style sheet hides one of them. Without that sheet,
 * and its fonts, the MathML is what browsers set by themselves.
 */
const MATHML = `.katex .katex-html { display: none; }
.katex .katex-mathml { position: static; clip: auto; clip-path: none; width: auto; height: auto; overflow: visible; }
`;

const STYLES: Readonly<Record<FragmentStyle, string>> = {
  mathml: fragmentStyle(TEXT + DERIVATION_RULES + MATHML),
  katex: fragmentStyle(TEXT + DERIVATION_RULES),
  none: '',
};

export const fragmentStyles = Object.keys(STYLES) as readonly FragmentStyle[];

export const styleElement = (style: FragmentStyle): string => STYLES[style];

/** The rules for what is in a fragment alone: each selector below its class. */
function fragmentStyle(rules: string): string {
  return `<style>\n.gradus { ${COLOURS} }\n${scoped(rules)}${narrow(scoped(NARROW_RULES))}</style>\n`;
}

function scoped(rules: string): string {
  return rules.replace(/([^{}]+)(\{[^{}]*\})/g, (_, selectors: string, body: string) => {
    const own = selectors.split(',').map((selector) => `.gradus ${selector.trim()}`);
    return `${own.join(', ')} ${body.trim()}\n`;
  });
}
