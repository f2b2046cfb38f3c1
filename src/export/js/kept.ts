import type { Kept } from '../kept.ts';
import { key, object } from './literals.ts';

const bound = (x: number): string => (Number.isFinite(x) ? String(x) : x < 0 ? '-Infinity' : 'Infinity');

const entry = ({ name, symmetric, open, least, most }: Kept): string =>
  `  ${key(name)}: { symmetric: ${symmetric}, open: ${open}, least: ${bound(least)}, most: ${bound(most)} },`;

/** What is declared of parameters, and what brings them back to it after a step. */
export const keptInJavaScript = (kept: readonly Kept[]): string => `\
// What is declared of parameters: their bounds; one that is open is never reached.
${object('KEPT', kept.map(entry)).join('\n')}

// Parameters as near to where a step led as what is declared of them allows.
function within(moved, before) {
  const near = ([name, value]) => {
    const kept = KEPT[name];
    if (!kept) return [name, value];
    const turned = kept.symmetric ? value.map((row, i) => row.map((x, j) => (x + value[j][i]) / 2)) : value;
    const inside = (x, old) => Math.min(Math.max(x, kept.open ? (old + kept.least) / 2 : kept.least), kept.most);
    return [name, values(inside, turned, before[name])];
  };
  return Object.fromEntries(Object.entries(moved).map(near));
}

`;
