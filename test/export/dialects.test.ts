import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dialects } from '../../src/export/index.ts';
import { type DialectName, dialectNames, dialectWords } from '../../src/export/names.ts';
import { exportTo } from '../../src/index.ts';
import { unusual } from './unusual.ts';

/** What every dialect of the list is asked, without its language being here: whether it runs is asked by `test:export`. */

const example = (name: string): string => readFileSync(`examples/${name}.grad`, 'utf8');

const SOURCES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['xor-hidden', 'models/attention', 'models/lstm'].map((name) => [name, example(name)])),
  ...unusual,
};

/** The functions that each program has, as each language spells them. */
const PARTS = [/\bloss\b/, /\bgradients\b/, /value_?and_?gradients/i, /initial_?parameters/i, /example_?data/i, /\bpredict\b/];

const isPython = (files: Readonly<Record<string, string>>): boolean => Object.keys(files).some((name) => name.endsWith('.py'));

/** Modules that a Python program speaks of without having imported them. */
function strangers(text: string): string[] {
  const code = text.replace(/"""[\s\S]*?"""|"(?:[^"\\\n]|\\.)*"|#.*$/gm, '');
  const imported = [...code.matchAll(/^(?:from \S+ )?import (.+)$/gm)].flatMap(([, list]) =>
    list!.split(',').map((one) => one.trim().split(' as ').at(-1)!.split('.')[0]!),
  );
  // A module is spoken of by a name that nothing else gives.
  const given = new Set([
    ...imported,
    ...[...code.matchAll(/(?<![.\w])([A-Za-z_]\w*)(?=\s*(?:,[\w\s,]*)?=(?!=)|[,):]|\s+in\b)/g)].map(([, one]) => one!),
  ]);
  const spoken = [...code.matchAll(/(?<![.\w\])])([A-Za-z_]\w*)\.[a-z_]\w*/g)].map(([, one]) => one!);
  return [...new Set(spoken)].filter((one) => !given.has(one));
}

describe.each(dialectNames)('%s', (name: DialectName) => {
  it('is a record of its own name and words', () => {
    expect(dialects[name].name).toBe(name);
    expect(dialectWords[name]).not.toBe('');
  });

  it.each(Object.entries(SOURCES))('%s', async (_, source) => {
    const files = await exportTo(source, name);
    const text = Object.values(files).join('\n');
    expect(text).not.toContain('[object');
    if (source === SOURCES['xor-hidden']) for (const part of PARTS) expect(text).toMatch(part);
    if (isPython(files)) expect(strangers(text)).toEqual([]);
  });

  it('says so where there is nothing to predict', async () => {
    const text = Object.values(await exportTo('param x = 1, y = 2\nminimize (1 - x)^2 + 100*(y - x^2)^2', name)).join('\n');
    const words = text.replace(/\n(#|\/\/) /g, ' ');
    expect(words).toContain('There is no predict: no named quantity of the model depends on parameters and on some of the data');
    expect(text).not.toMatch(/\bpredict\(/);
  });
});

it('a module that is not imported is found', () => {
  expect(strangers('import numpy as np\nx = np.zeros(3)\ny = cp.sum(x)\nz = x.tolist()\n')).toEqual(['cp']);
});
