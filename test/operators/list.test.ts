import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { languages } from '../../src/derivation/words/index.ts';
import { preludeNames } from '../../src/language/prelude.ts';
import { logisticOfExp } from '../../src/operators/activation.ts';
import { comparisons } from '../../src/operators/comparison.ts';
import { infinity, pi } from '../../src/operators/constants.ts';
import { type Entry, entries, functions, notationOf } from '../../src/operators/index.ts';
import { stableForms } from '../../src/operators/stable.ts';
import { LANGUAGES, voiceOf } from '../../src/session/speech.ts';
import { groups } from '../docs/reference/functions.ts';

/** Everything in the list has all that belongs to its kind; that it is right is the matter of the tests beside this one. */

const isInternal = ({ kind, record }: Entry): boolean => kind !== 'language' && record.internal === true;

/** What tells an entry from others of its name. */
const titleOf = ({ kind, record }: Entry): string => `${kind === 'array' ? record.key : record.name}, ${kind}`;

const ALL = [...entries, ...[pi, infinity].map((record) => ({ kind: 'entrywise', record }) as const)];
const titled = (some: readonly Entry[]) => some.map((entry) => [titleOf(entry), entry] as const);

/** Values of sixty digits, by name. */
const table = new Set(
  readFileSync(new URL('reference.csv', import.meta.url), 'utf8')
    .split('\n')
    .map((line) => line.split(',')[0]!),
);

/** Without values in the table: exact in their definition, or tested as compositions. */
const PLAIN = new Set([
  ...'pow power-log scaled sqrt reciprocal pseudoinverse floor ceil round trunc abs sign step relu max min clip stop_gradient'.split(
    ' ',
  ),
  ...['leaky_relu', 'hardtanh', 'relu6', 'pi', 'inf'],
  ...[...comparisons, ...stableForms, logisticOfExp].map((o) => o.name),
]);

/** English is what a record says itself. */
const OTHERS = LANGUAGES.filter((lang) => lang !== 'en');

const places = groups.flatMap((group) => Object.keys(group.entries));

describe.each(titled(ALL))('%s', (_, entry) => {
  const { kind, record } = entry;

  it('has its mathematics, and values to be tried by', () => {
    switch (kind) {
      case 'entrywise':
        expect(record.partials).toHaveLength(record.arity);
        expect(table.has(record.name)).toBe(!PLAIN.has(record.name));
        break;
      case 'array':
        expect(record.exact, 'the judge of its kernel').toBeDefined();
        expect(record.kernel ?? record.lower, 'a kernel, or a form that has one').toBeDefined();
        break;
      case 'language':
        expect(record.arity[0]).toBeLessThanOrEqual(record.arity[1]);
    }
  });

  it('explains itself, in each language', () => {
    if (kind === 'language') {
      // A formula is the same in both.
      if (/[a-z]{2} [a-z]{2}/.test(record.help))
        for (const other of OTHERS) expect(voiceOf(other).say(record.help)).not.toBe(record.help);
      return;
    }
    const { id, name, why } = record.rule;
    expect(id).toMatch(/^[a-z][a-z0-9 -]*$/);
    expect(name).not.toBe('');
    expect(why).toMatch(/^\p{Lu}.*\.$/u);
    if (!record.internal) for (const other of OTHERS) expect(languages[other]!.operators, other).toHaveProperty([id]);
  });

  it('is written with a name or a sign, or a place for each argument', () => {
    const { latex } = notationOf(record.name)?.form ?? {};
    for (const [count, form] of typeof latex === 'object' ? Object.entries(latex) : [])
      for (let k = 1; k <= Number(count); k++) if (form.includes('$2')) expect(form).toContain(`$${k}`);
  });
});

describe.each(titled(entries.filter((entry) => !isInternal(entry))))('%s, that a source can call,', (_, { kind, record }) => {
  const call = functions.get(record.name);

  it.each([record.name, ...(record.spellings ?? [])])('is called %s', (spelling) => {
    expect(call).toBeDefined();
    expect(functions.get(spelling)).toBe(call);
  });

  it('is called with as many arguments as it has', () => {
    if (kind !== 'entrywise') return;
    const [least, most] = call!.arity;
    expect(least).toBeLessThanOrEqual(record.arity - (record.defaults?.length ?? 0));
    expect(most).toBeGreaterThanOrEqual(record.arity);
  });

  it('has its place in the reference, where its example is computed', () => {
    expect(places).toContain(record.name);
  });
});

it('the reference has every function once, and nothing else', () => {
  const names = [...new Set([...functions.values()].map(({ name }) => name)), ...preludeNames];
  expect([...places].sort()).toEqual(names.sort());
});

it('every spelling means one thing', () => {
  for (const kind of ['entrywise', 'language'] as const) {
    const own = entries.filter((entry) => entry.kind === kind);
    const spellings = own.flatMap(({ record }) => [record.name, ...(record.spellings ?? [])]);
    expect(spellings.filter((spelling, k) => spellings.indexOf(spelling) !== k)).toEqual([]);
  }
});
