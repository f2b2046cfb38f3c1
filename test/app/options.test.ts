import { InvalidArgumentError } from 'commander';
import { describe, expect, test } from 'vitest';
import { commands } from '../../src/app/commands.ts';
import { type Signature, signatures } from '../../src/options/signatures.ts';
import type { Option } from '../../src/options/tables.ts';

/** The functions of the API that a command does the work of. */
const FUNCTIONS: Readonly<Record<string, readonly Signature[]>> = {
  derive: [signatures.derive, signatures.toText],
  train: [signatures.train],
  check: [signatures.check],
  eval: [signatures.compile],
  export: [signatures.exportTo],
  page: [],
};

/** Options of the API that nobody types, or that have another form on the command line. */
const OTHERWISE: Readonly<Record<string, string>> = {
  shapes: '--shape, one name at a time',
  words: '--lang',
  lang: '--lang, of the whole command line',
  ascii: '--format ascii',
  steps: 'always recorded',
  precision: 'doubles',
  backend: 'chosen',
  fma: 'left to the backend',
  threads: 'one a core',
  defaults: 'always',
  inputs: '--data',
  method: 'chosen',
  onProgress: 'a line on the screen',
  onEpoch: '--progress json',
  onStep: 'nobody reads as fast',
  outputs: '--quantity',
  signal: 'Ctrl-C',
};

/** Words of a command's own. */
const OWN_WORDS = new Set(['eval --seed', 'derive --numbers', 'train --classes', 'train --checkpoint', 'train --resume']);

/** Options that are written otherwise on the command line: a claim and classes with their name, values by --set and --data. */
const OWN_FORM = new Set(['claim', 'classes', 'numbers', 'checkpoint', 'resume']);

const tables = commands.map(({ name, options }) => {
  const table: Record<string, Option> = Object.assign({}, ...FUNCTIONS[name]!.map((f) => f.options));
  const [by] = FUNCTIONS[name]!.flatMap((f) => f.parameters.filter((p) => p.name === 'wrt'));
  if (by) table.wrt = by;
  return { name, options, table };
});

describe.each(tables)('gradus $name', ({ name, options, table }) => {
  const shared = options.filter((option) => Object.hasOwn(table, option.attributeName()));

  test('has every option of the API that can be typed', () => {
    const typed = new Set(options.map((option) => option.attributeName()));
    const missing = Object.keys(table).filter((key) => !typed.has(key) && !Object.hasOwn(OTHERWISE, key));
    expect(missing).toEqual([]);
  });

  test.each(shared.map((option) => [option.long, option] as const))('%s is as the table has it', (flag, option) => {
    const { kind, words, default: left } = table[option.attributeName()]!;
    if (!OWN_WORDS.has(`${name} ${flag}`) && flag !== '--wrt') expect(option.description).toContain(words);
    if (!OWN_FORM.has(option.attributeName()))
      expect(option.flags).toBe(kind.typed ? `${flag} <${kind.typed.placeholder}>` : flag);
    if (option.defaultValue !== undefined) expect(option.defaultValue).toEqual(left);
  });

  test.each(shared.flatMap((option) => (option.parseArg ? [[option.long, option] as const] : [])))(
    '%s refuses what the API does',
    (_, option) => {
      const { kind } = table[option.attributeName()]!;
      if (!kind.typed) return;
      for (const text of ['', ' ', 'many', '-1', '0', '1', '1.5', 'NaN', 'Infinity', '1e300', '0x10', '1,2', 'x,y', 'x y']) {
        let refused = false;
        try {
          option.parseArg!(text, undefined);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidArgumentError);
          refused = true;
        }
        expect(refused, `${option.long} ${JSON.stringify(text)}`).toBe(kind.wrong(kind.typed.read(text)) !== undefined);
      }
    },
  );
});
