import { levenbergMarquardt } from 'ml-levenberg-marquardt';
import { expect, test } from 'vitest';
import { curve } from '../../src/index.ts';

test('a curve and its derivatives are what ml-levenberg-marquardt takes', () => {
  const { parameterizedFunction, jacobianFunction } = curve('a*exp(-b*x) + c', 'x', ['a', 'b', 'c']);
  const x = Array.from({ length: 20 }, (_, k) => k / 4);
  const data = { x, y: x.map((t) => 3 * Math.exp(-0.8 * t) + 0.5) };
  const found = levenbergMarquardt(data, parameterizedFunction, {
    initialValues: [1, 0.1, 0],
    jacobianFunction,
    maxIterations: 200,
    errorTolerance: 1e-20,
  });
  expect(found.parameterValues[0]).toBeCloseTo(3, 6);
  expect(found.parameterValues[1]).toBeCloseTo(0.8, 6);
  expect(found.parameterValues[2]).toBeCloseTo(0.5, 6);
});

test.each([
  [['a', 'q'], 'there is no parameter q in the source', 'its names are a, b'],
  [['a', 'x'], 'x runs along the curve: it is no parameter', 'leave it out of the parameters'],
])('%j is refused by name', (params, message, hint) => {
  expect(() => curve('a*exp(-b*x)', 'x', params)).toThrow(expect.objectContaining({ code: 'name', message, hint }));
  expect(() => curve('x^2', 'x', 'q')).toThrow('there is no parameter q in the source');
});

test('what is neither variable nor parameter has no value', () => {
  expect(() => curve('a*x + k', 'x', ['a']).parameterizedFunction([1])(2)).toThrow('k has no value');
});
