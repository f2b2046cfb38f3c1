import { describe, expect, it } from 'vitest';
import { check, derive, type GradusError, train } from '../../src/index.ts';
import { refusalOf } from '../support/refusal.ts';

const refused = (source: string): GradusError => refusalOf(() => derive(source));

describe('a range', () => {
  it('is kept by descent, its ends included', async () => {
    const { params } = await train('param p in 0..1 = 0.5\nminimize (p - 2)^2', {}, { epochs: 50 });
    expect(params.p).toBe(1);
    const { params: below } = await train('param p : [2] in -1..inf = [0, 3]\nminimize sum((p + 2).^2)', {}, { epochs: 200 });
    expect((below.p as { toArray(): number[] }).toArray()).toEqual([-1, -1]);
  });

  it.each(['in 0..1', 'in 0 .. 1', 'in 0…1', 'in 0.0..1.0', 'in −1..∞', 'in .5..1e3', 'in -2..-0.5'])(
    'is written %s',
    (range) => {
      const start = range.includes('-2') ? -1 : range.includes('.5') ? 0.75 : 0.5;
      expect(String(derive(`param p ${range} = ${start}\nminimize p^2`).partial)).toBe('2*p');
    },
  );

  it('goes with a shape, other facts and other names', () => {
    const source = 'param S : [n, n] symmetric in -1..1, q positive, r in 0..2 = 1\nminimize sum(S.^2) + q + r';
    expect(derive(source).wrt).toEqual(['S', 'q', 'r']);
  });

  it('is used: |p| is p from 0 on', () => {
    expect(String(derive('param p in 0..5 = 1\nminimize abs(p)*p').partial)).toBe('2*p');
  });

  it('is held against values, and points lie in it', async () => {
    await expect(train('param p in 0..1 = 1.5\nminimize p^2')).rejects.toThrow('p is 1.5, which is not in 0..1');
    await expect(train('param p in 0..1\nminimize p^2', { p: -1 })).rejects.toThrow('p is -1, which is not in 0..1');
    expect((await check('param p in 0..1 = 0.5\nminimize log(p) + asin(p)')).ok).toBe(true);
  });

  it('starts within itself where nothing else is said', async () => {
    expect((await train('param p in 2..3\nminimize (p - 5)^2', {}, { epochs: 0 })).params.p).toBe(2.5);
  });

  it.each([
    ['param p in 1..0 = 0.5', 'nothing lies in 1..0', 'in 0..1'],
    ['param p in 0 = 0.5', 'after `in` stand the bounds of a range', 'for example in 0..1, in -1..1, in 0..inf'],
    ['param p inside = 0.5', 'unknown fact inside', undefined],
  ])('%s: %s', (declaration, message, hint) => {
    const error = refused(`${declaration}\nminimize p^2`);
    expect(error.message).toBe(message);
    if (hint) expect(error.hint).toBe(hint);
    expect(error.span!.start).toBe(8);
  });

  it('leaves `in` a name elsewhere', () => {
    expect(String(derive('in^2', 'in').partial)).toBe('2*in');
    expect(String(derive('param in = 2\nminimize in^2').partial)).toBe('2*in');
  });
});
