import { describe, expect, it } from 'vitest';
import { modelInC } from '../../src/export/c/model.ts';
import type { Exported } from '../../src/export/dialect.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { hasCompiler } from '../compile/cc.ts';
import { agrees, type Said, saidInC } from './c-run.ts';
import { exampleOf, examples, functions, sources } from './c-sources.ts';

const refused = new Set<string>();

const printable = ([, model]: readonly [string, Exported]): boolean => {
  try {
    modelInC(model);
    return true;
  } catch (error) {
    if (!(error instanceof GradusError) || error.code !== 'unsupported') throw error;
    refused.add(error.message.split(' ')[0]!);
    return false;
  }
};

/** A compiler takes its time: of the corpus, a part. */
const PART = 7;

const all: readonly (readonly [string, Exported])[] = [
  ...examples.map(([name]) => [name, exampleOf(name)] as const),
  ...functions().filter(printable),
  ...sources()
    .filter((_, k) => k % PART === 3)
    .filter(printable),
];

describe.skipIf(!hasCompiler)('every model in C', () => {
  let ran: readonly Said[] | undefined;
  const said = (k: number): Said => {
    ran ??= saidInC(all.map(([, model]) => model));
    return ran[k]!;
  };

  it('are many', { timeout: 600_000 }, () => {
    expect(all.length).toBeGreaterThan(150);
    expect(said(0)).toBeDefined();
  });

  it.each(all.map(([name], k) => [name, k] as const))('%s', (_, k) => {
    agrees(all[k]![1], said(k));
  });

  it('lacks few functions', () => {
    expect([...refused].sort()).toMatchInlineSnapshot(`
      [
        "Chi",
        "Ci",
        "Ei",
        "Shi",
        "Si",
        "besseli",
        "besselj",
        "besselk",
        "bessely",
        "beta",
        "dawson-derived-0",
        "digamma",
        "elliptic_e",
        "elliptic_f",
        "erfcx-derived-0",
        "erfi",
        "erfinv",
        "fresnelc",
        "fresnels",
        "lambertw",
        "li",
        "logerfc",
        "lu-cofactor",
        "polygamma",
        "polylog",
        "sinc-derived-1",
        "trigamma",
      ]
    `);
  });
});
