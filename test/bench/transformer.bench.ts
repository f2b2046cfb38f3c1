import { bench, describe } from 'vitest';
import { derive } from '../../src/index.ts';
import { transformer } from '../support/transformer.ts';

/** Twelve blocks of a transformer, every intermediate and every derivative named: the bar is two seconds. */
describe.each([1, 4, 12])('%i transformer blocks', (layers) => {
  const { source, shapes, wrt } = transformer(layers);
  bench('derivatives by all weights, with every step', () => {
    derive(source, wrt, { shapes }).steps;
  });
  bench('the derivation as text', () => {
    derive(source, wrt, { shapes }).toText();
  });
});
