import { expect, it } from 'vitest';
import { modelInJavaScript } from '../../src/export/js/model.ts';
import { everyModel } from './every.ts';
import { saidInJavaScript } from './js-run.ts';

const refused = everyModel({ name: 'JavaScript', print: modelInJavaScript, run: saidInJavaScript, least: 300 });

it('lacks few functions', () => {
  expect(refused()).toMatchInlineSnapshot(`
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
