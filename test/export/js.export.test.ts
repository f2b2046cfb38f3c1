import { expect, it } from 'vitest';
import { modelInJavaScript } from '../../src/export/js/model.ts';
import { everyModel } from './every.ts';
import { saidInJavaScript } from './js-run.ts';

const refused = everyModel({ name: 'JavaScript', print: modelInJavaScript, run: saidInJavaScript, least: 300 });

it('lacks no function', () => {
  expect(refused()).toEqual([]);
});
