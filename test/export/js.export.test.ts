import { describe, expect, it } from 'vitest';
import type { Exported } from '../../src/export/dialect.ts';
import { modelInJavaScript } from '../../src/export/js/model.ts';
import { GradusError } from '../../src/language/diagnostics.ts';
import { agrees, type Said } from './c-run.ts';
import { exampleOf, examples, functions, sources } from './c-sources.ts';
import { saidInJavaScript } from './js-run.ts';

const refused = new Set<string>();

const printable = ([, model]: readonly [string, Exported]): boolean => {
  try {
    modelInJavaScript(model);
    return true;
  } catch (error) {
    if (!(error instanceof GradusError) || error.code !== 'unsupported') throw error;
    refused.add(error.message.split(' ')[0]!);
    return false;
  }
};

const all: readonly (readonly [string, Exported])[] = [
  ...examples.map(([name]) => [name, exampleOf(name)] as const),
  ...functions().filter(printable),
  ...sources().filter(printable),
];

describe('every model in JavaScript', () => {
  let ran: readonly Said[] | undefined;
  const said = (k: number): Said => {
    ran ??= saidInJavaScript(all.map(([, model]) => model));
    return ran[k]!;
  };

  it('are many', { timeout: 600_000 }, () => {
    expect(all.length).toBeGreaterThan(300);
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
        "uppergamma",
      ]
    `);
  });
});
