import { describe, expect, test } from 'vitest';
import { check, derive, GradusError, lemma } from '../../src/index.ts';

const SOURCE = 'data X : [2, m]; data Y : [1, m]; param W : [1, 2]; Z = W·X; A = log(Z); minimize C = sum((A − Y).^2)/m';
const d = derive(SOURCE);
const CHINESE = /\p{Script=Han}/u;

describe('a language is chosen by its code', () => {
  test.each<[string, (lang: 'zh' | 'en' | undefined) => string]>([
    ['toText', (lang) => d.toText({ detail: 'full', ...(lang && { lang }) })],
    ['toHtml', (lang) => d.toHtml({ ...(lang && { lang }) })],
    ['toJSON', (lang) => JSON.stringify(d.toJSON({ ...(lang && { lang }) }))],
    ['stepsIn', (lang) => JSON.stringify(d.stepsIn(lang))],
    ['domain', (lang) => d.domain(lang).join()],
    ['notes', (lang) => derive('x^2', 'y').notes(lang).join()],
    ['lemma', (lang) => lemma('tan', { ...(lang && { lang }) })],
  ])('%s', (_, told) => {
    expect(told('zh')).toMatch(CHINESE);
    expect(told('en')).not.toMatch(CHINESE);
    expect(told(undefined)).toBe(told('en'));
  });

  test('a claim', async () => {
    const told = async (lang: 'zh' | 'en') => (await check(SOURCE, { claim: { W: 'dZ*X' }, lang })).claims.W!.message;
    expect(await told('zh')).toMatch(CHINESE);
    expect(await told('en')).not.toMatch(CHINESE);
  });

  test('JSON.stringify hands over keys, which are no options', () => {
    expect(JSON.parse(JSON.stringify({ zh: d, list: [d] })).zh).toEqual(JSON.parse(JSON.stringify(d.toJSON())));
  });

  test.each<[string, () => unknown]>([
    ['toText', () => d.toText({ lang: 'fr' as 'en' })],
    ['toHtml', () => d.toHtml({ lang: 'fr' as 'en' })],
    ['toJSON', () => d.toJSON({ lang: 'fr' as 'en' })],
    ['stepsIn', () => d.stepsIn('fr' as 'en')],
  ])('%s refuses a code that there is not, with the list', (_, call) => {
    expect(call).toThrow(GradusError);
    expect(call).toThrow('one of en, zh, not the text "fr"');
  });
});
