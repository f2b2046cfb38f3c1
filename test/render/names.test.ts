import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OPERATORS } from '../../src/language/precedence.ts';
import { arrayOperators, functions, notationOf, operators } from '../../src/operators/index.ts';
import { DERIVATIVE } from '../../src/reading/syntax.ts';

/** Operators are spelled by the table of the language; what is left are functions. */
const SYNTAX = new Set<string>([...OPERATORS.map(({ callee }) => callee), DERIVATIVE]);
const NAMES = [...functions.keys(), ...operators.map((o) => o.name), ...arrayOperators.map((o) => o.name)];

test.each(['text', 'latex', 'latex-name', 'katex'])('the printer %s knows no function by its name', (file) => {
  const text = readFileSync(`src/render/${file}.ts`, 'utf8');
  const quoted = new Set([...text.matchAll(/'([^'\n]*)'/g)].map(([, inside]) => inside!));
  expect(NAMES.filter((name) => quoted.has(name) && !SYNTAX.has(name))).toEqual([]);
});

test('the notation of every function is a name or a sign, or has a place for each argument', () => {
  for (const name of new Set(NAMES)) {
    const { latex } = notationOf(name)?.form ?? {};
    for (const [count, form] of typeof latex === 'object' ? Object.entries(latex) : [])
      for (let k = 1; k <= Number(count); k++) if (form.includes('$2')) expect(form, name).toContain(`$${k}`);
  }
});
