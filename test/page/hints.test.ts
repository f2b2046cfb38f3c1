import { describe, expect, test } from 'vitest';
import { HERE, hintHere } from '../../page/src/worker/hints.ts';
import { textsIn } from '../support/texts.ts';

const same = (text: string): string => text;
/** An option, or what only calls know. */
const ELSEWHERE = /(?<![\p{L}\p{N}-])--\p{L}|with the inputs|the option \w+/u;

/** Rooms whose texts no page shows, and generated code. */
const ROOMS = /^(app|options|session|language\/chinese)\/|^(export\/(?!c\/numbers)|report\/|render\/)/;

/** What no page comes to, and why: it is left out there. */
const NEVER: readonly (readonly [RegExp, string])[] = [
  [/--resume|--checkpoint/, 'runs of a page are not kept in files'],
  [/--errors likelihood/, 'standard errors of likelihoods are asked for'],
  [/--quantity/, 'examples of a page are all there'],
  [/--claim/, 'a claim has its name beside it'],
  [/--classes/, 'told of tables, and nothing that is wrong'],
  [/--allow-fs-read/, 'native code is made in Node'],
  [/^const \{ parentPort/, 'what a thread of Node runs, and pages have one'],
  [/^--map (fills )?\{0\}/, 'a part of a hint, or of a map that was typed'],
];

const texts = textsIn('src', (file) => !ROOMS.test(file)).filter(({ template }) => ELSEWHERE.test(template));

describe('a hint of the command', () => {
  test('there are some', () => {
    expect(texts.length).toBeGreaterThan(15);
  });

  test.each(texts.filter(({ template }) => !NEVER.some(([when]) => when.test(template))))(
    'says on the page what helps there: $template',
    ({ template }) => {
      for (const lang of ['en', 'zh'] as const) {
        const here = hintHere(template, lang, same);
        expect(here).toBeDefined();
        expect(here).not.toMatch(ELSEWHERE);
      }
    },
  );

  test('that means nothing there is left out', () => {
    for (const { template } of texts) expect(hintHere(template, 'en', same) ?? '').not.toMatch(/--\p{L}/u);
    expect(hintHere('resume with --resume', 'zh', same)).toBeUndefined();
    expect(hintHere('write W·X', 'en', same)).toBe('write W·X');
  });
});

test('every such hint is one that the engine has', () => {
  const own = textsIn('src', (file) => !ROOMS.test(file)).map(({ template }) => template.replace(/\{\d\}/g, 'name'));
  expect(HERE.filter(({ when }) => !own.some((text) => when.test(text))).map(({ when }) => String(when))).toEqual([]);
});
