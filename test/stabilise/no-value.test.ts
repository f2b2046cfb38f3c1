import { describe, expect, it } from 'vitest';
import { compile, derive, simplify } from '../../src/index.ts';

const value = (source: string, backend: 'js' | 'closure') => compile(source, { backend })({});

describe('what has no value neither vanishes nor cancels', () => {
  it.each([
    ...['inf - inf', 'inf*0', '0*inf', '2*inf - 2*inf', '(1 + inf)*0', 'sqrt(inf) - sqrt(inf)', 'sin(inf)*0', 'inf/inf'],
    ...['inf^2/inf', '(1/0)*0', '(1/0)/(1/0)', '1/0 - 1/0', '(0/0)^2', '(0*inf)^3', 'var(1/0)', 'std(acos(2))', '0*log(0)'],
  ])('%s', (source) => {
    expect(value(source, 'js')).toBeNaN();
    expect(value(source, 'closure')).toBeNaN();
    expect(value(simplify(source).toString(), 'js')).toBeNaN();
  });

  it('beside a variable', () => {
    expect(compile('x*inf*0')({ x: 2 })).toBeNaN();
    expect(simplify('x + 0*inf').toString()).toBe('x + 0*inf');
    expect(simplify('x*inf/inf').toString()).toBe('x*inf/inf');
    expect(derive('x*(0/0)^2', 'x').compile().gradient({ x: 2 }).x).toBeNaN();
  });

  it('but infinite numbers are added, and divide', () => {
    expect(value('inf + inf', 'js')).toBe(Number.POSITIVE_INFINITY);
    expect(value('1/inf', 'js')).toBe(0);
    expect(simplify('atan(inf) - atan(inf)').toString()).toBe('0');
  });

  it('an entry beside one that has no value', () => {
    expect(simplify('[1/0, 2][2]').toString()).toBe('2');
    expect(simplify('sum([1/0, 2].*[0, 1])').toString()).not.toBe('2');
  });
});

describe('the identity is its own root', () => {
  it.each(['sqrt(eye(3))', 'x*sqrt(eye(3))', 'sqrt(eye(3))*x + x*eye(3)'])('%s', (source) => {
    const inputs = source.includes('x') ? { x: 4 } : {};
    const found = compile(source)(inputs) as { toArray(): number[][] };
    const at = source.includes('+') ? 8 : source.includes('x') ? 4 : 1;
    expect(found.toArray()).toEqual([0, 1, 2].map((i) => [0, 1, 2].map((j) => (i === j ? at : 0))));
  });
});
