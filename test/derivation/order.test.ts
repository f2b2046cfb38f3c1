import { describe, expect, test } from 'vitest';
import { type Derivation, derive } from '../../src/index.ts';
import { corpus } from '../support/corpus.ts';
import { runs } from '../support/generate.ts';

/** So many sources, spread over all of them. */
const COUNT = runs(300, 0.35);

const spread = ({ length }: typeof corpus, k: number) => Math.floor((k * COUNT) / length);
const sources = corpus.filter((_, k) => spread(corpus, k) !== spread(corpus, k - 1));

const derived = (k: number): Derivation => {
  const { source, wrt, shapes } = sources[k]!;
  return derive(source, wrt.length > 0 ? wrt : undefined, { shapes });
};

/** All that is printed of a derivation. */
const printed = (d: Derivation): string =>
  [d.toText({ detail: 'full' }), d.toLatex(), JSON.stringify(d), ...Object.values(d.partials).map(String)].join('\n\n');

const alone = sources.map((_, k) => printed(derived(k)));

describe('what is printed does not depend on what was asked before', () => {
  test('in reverse', () => {
    const backward = sources.map((_, k) => sources.length - 1 - k).map((k) => [k, printed(derived(k))] as const);
    expect(backward.filter(([k, text]) => text !== alone[k]).map(([k]) => sources[k]!.source)).toEqual([]);
  });

  test('of the same derivation: what is known of zeros, what it runs as, whether its steps hold', () => {
    const changed = sources.flatMap(({ source, shapes }, k) => {
      // Forms of scalar expressions are found in the order in which they are asked for.
      if (Object.keys(shapes).length === 0) return [];
      const d = derived(k);
      for (const name of d.wrt) expect(d.partials[name]!.structure).toBeDefined();
      d.compile();
      d.verifySteps();
      return printed(d) === alone[k] ? [] : [source];
    });
    expect(changed).toEqual([]);
  });
});

test('derivatives have primes up to the third, and numbers from the fourth on', () => {
  const d = derive('x^7', 'x', { order: 6 });
  const names = (text: string) => [...text.matchAll(/^(f\S*) +=/gm)].map(([, name]) => name);
  expect(names(d.toText())).toEqual(['f', 'f′', 'f″', 'f‴', 'f⁽⁴⁾', 'f⁽⁵⁾', 'f⁽⁶⁾']);
  expect(names(d.toText({ ascii: true }))).toEqual(['f', "f'", "f''", "f'''", "f''''", "f'''''", "f''''''"]);
  expect(d.toLatex({ detail: 'full' })).toContain("f''' &= 210 x^{4}");
  expect(d.toLatex({ detail: 'full' })).toContain('f^{(4)} &= 840 x^{3}');
});
