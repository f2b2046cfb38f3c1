import { expect, it } from 'vitest';
import { operatorNamed } from '../../src/operators/index.ts';

/** What special functions tend to at the ends of their domains. */
it.each<[name: string, args: number[], value: number]>([
  ['erf', [-Infinity], -1],
  ['erfc', [Infinity], 0],
  ['erfcx', [Infinity], 0],
  ['erfi', [Infinity], Infinity],
  ['erfi', [-Infinity], -Infinity],
  ['dawson', [-Infinity], -0],
  ['gamma', [Infinity], Infinity],
  ['gamma', [-0], -Infinity],
  ['lgamma', [-2], Infinity],
  ['digamma', [Infinity], Infinity],
  ['trigamma', [Infinity], 0],
  ['beta', [2, Infinity], 0],
  ['beta', [Infinity, Infinity], 0],
  ['Ei', [-Infinity], -0],
  ['Ei', [0], -Infinity],
  ['Si', [Infinity], Math.PI / 2],
  ['Ci', [Infinity], 0],
  ['Ci', [0], -Infinity],
  ['Shi', [-Infinity], -Infinity],
  ['Chi', [Infinity], Infinity],
  ['fresnels', [-Infinity], -0.5],
  ['lambertw', [Infinity], Infinity],
  ['besselj', [3, Infinity], 0],
  ['bessely', [0, 0], -Infinity],
  ['besseli', [3, -Infinity], -Infinity],
  ['besselk', [0, 0], Infinity],
  ['elliptic_f', [Math.PI / 2, 1], Infinity],
  ['elliptic_e', [Math.PI / 2, 1], 1],
])('%s at %j is %d', (name, args, value) => {
  expect(operatorNamed.get(name)!.kernel(...args)).toBeCloseTo(value, 14);
});
