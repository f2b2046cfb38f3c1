import { expect, test } from 'vitest';
import { withSharedStyles } from '../../src/report/shared-styles.ts';

test('a style that several spans have is a class of them, what few have stays', () => {
  const often = '<span class="strut" style="height:1em;"></span><span style="height:1em;">a</span>';
  const { html, rules } = withSharedStyles(`${often}${often}<span style="top:0;">b</span>`);
  expect(html).toBe(`${'<span class="strut ks0"></span><span class="ks0">a</span>'.repeat(2)}<span style="top:0;">b</span>`);
  expect(rules).toBe('.ks0.ks0.ks0{height:1em;}');
});
