import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { OPERATORS } from '../../src/language/precedence.ts';
import { entries, functions } from '../../src/operators/index.ts';
import { DERIVATIVE } from '../../src/reading/syntax.ts';

/** Operators are spelled by the table of the language; what is left are functions. */
const SYNTAX = new Set<string>([...OPERATORS.map(({ callee }) => callee), DERIVATIVE]);
const NAMES = [...functions.keys(), ...entries.map(({ record }) => record.name)];

test.each(['text', 'latex', 'latex-name', 'katex'])('the printer %s knows no function by its name', (file) => {
  const text = readFileSync(`src/render/${file}.ts`, 'utf8');
  const quoted = new Set([...text.matchAll(/'([^'\n]*)'/g)].map(([, inside]) => inside!));
  expect(NAMES.filter((name) => quoted.has(name) && !SYNTAX.has(name))).toEqual([]);
});
