import { describe, expect, test } from 'vitest';
import { compile, Tensor } from '../../src/index.ts';
import { jsonText, plainJson } from '../../src/numeric/json.ts';
import { StructuredTensor } from '../../src/numeric/tensor.ts';

describe('∞ and NaN in JSON', () => {
  const values = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, Number.NaN, 1.5];

  test('are strings, each its own', () => {
    expect(jsonText({ values })).toBe('{"values":["Infinity","-Infinity","NaN",1.5]}');
    expect(JSON.stringify(new Tensor([2, 2], Float64Array.from(values)))).toBe('[["Infinity","-Infinity"],["NaN",1.5]]');
    const diagonal = new StructuredTensor(new Tensor([2], Float64Array.of(Number.NaN, 2)), [0, 0]);
    expect(JSON.stringify({ diagonal })).toBe('{"diagonal":[["NaN",0],[0,2]]}');
  });

  test('stay numbers in arrays', () => {
    expect(new Tensor([4], Float64Array.from(values)).toArray()).toEqual(values);
  });

  test('are read as what they were', () => {
    const f = compile('x', { shapes: { x: ['n'] } });
    const there = f({ x: values });
    expect((f({ x: JSON.parse(JSON.stringify(there)) }) as Tensor).toArray()).toEqual(values);
    expect(compile('x')({ x: JSON.parse('"-Infinity"') })).toBe(Number.NEGATIVE_INFINITY);
    expect(() => compile('x')({ x: 'infinity' as 'Infinity' })).toThrow('the value of x is the text "infinity", not a number');
  });

  test('read as people write them where a person reads them', () => {
    expect(plainJson({ x: values })).toBe('{x:[Infinity,-Infinity,NaN,1.5]}');
  });
});
