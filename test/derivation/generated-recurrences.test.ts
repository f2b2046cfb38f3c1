import { describe, expect, it } from 'vitest';
import { check, compile, derive, hvp, jvp, vjp } from '../../src/index.ts';
import { random } from '../../src/numeric/random.ts';
import { runs } from '../support/generate.ts';
import { recurrence } from '../support/recurrences.ts';

const SEEDS = Array.from({ length: runs(40, 0.4) }, (_, seed) => seed);

describe('a recurrence that nobody thought of', () => {
  it.each(SEEDS)('is derived, told and checked: %i', async (seed) => {
    const source = recurrence(seed);
    const derivation = derive(source);
    expect(derivation.verifySteps(), source).toMatchObject({ ok: true, failed: [] });
    for (const notation of ['matrix', 'index'] as const)
      expect(derivation.toText({ notation, detail: 'full' })).toContain('∂L/∂');
    expect(() => derivation.toLatex() + derivation.toHtml() + JSON.stringify(derivation), source).not.toThrow();
    expect(await check(source), source).toMatchObject({ ok: true });
  });
});

/** How a function of one number moves at 0. */
const slope = (f: (step: number) => number, h = 1e-3): number => (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h);

const close = (found: number, expected: number, source: string): void =>
  expect(Math.abs(found - expected) / (1 + Math.abs(expected)), `${source}: ${found}, not ${expected}`).toBeLessThan(1e-7);

/** The derivatives by where it starts, as they run: by differences of what was computed itself. */
describe('a recurrence as it runs', () => {
  it.each(SEEDS)('moves with its start, once and twice, forwards and back: %i', (seed) => {
    const draw = random(seed + 1000);
    const source = recurrence(seed);
    const isVector = source.includes('s : [2]');
    const T = 4;
    const table = (length: number): number[][] => Array.from({ length }, () => [draw.uniform(-1, 1), draw.uniform(-1, 1)]);
    const length = source.includes('data x : [6') ? 6 : T;
    const data = (): number[] | number[][] => (isVector ? table(length) : table(length).map(([x]) => x!));
    const inputs = { x: data(), y: data() };
    const v = isVector ? [0.7, -0.4] : 0.7;
    const moved = (step: number) => ({ ...inputs, s: isVector ? [0.1 + step * 0.7, 0.1 - step * 0.4] : 0.1 + step * 0.7 });
    const dot = (a: unknown): number => {
      const flat = typeof a === 'number' ? [a] : (a as { toArray(): number[] }).toArray();
      return [v].flat().reduce((sum, x, k) => sum + x * flat[k]!, 0);
    };
    const value = compile(source);
    const gradient = derive(source, 's').compile();
    const along = (step: number): number => dot(gradient.gradient(moved(step)).s);
    close(
      along(0),
      slope((step) => value(moved(step)) as number),
      source,
    );
    close(dot(hvp(source, 's').evaluate({ ...moved(0), v })), slope(along), source);

    // The array itself: how it moves along v, and what arrives at the start when it is weighted by w.
    const [, name] = /minimize L = (?:sum\(\()?([uwz])/.exec(source.replace('sum((', 'sum((').replace('sum(', '')) ?? ['', 'u'];
    const array = source.replace(/minimize .*/, `q_ = ${name}\nsum(q_.*cos(q_))`);
    close(dot(vjp(array, 's').evaluate({ ...moved(0), v: 1 })), jvp(array, 's').evaluate({ ...moved(0), v }) as number, array);
    const all = source.replace(/minimize .*/, `${name}.*2`);
    const tangent = jvp(all, 's').evaluate({ ...moved(0), v }) as { toArray(): number[] | number[][] };
    const at = compile(all);
    tangent
      .toArray()
      .flat()
      .forEach((found, k) => {
        close(
          found,
          slope((step) => (at(moved(step)) as { toArray(): number[] | number[][] }).toArray().flat()[k]!),
          all,
        );
      });
  });
});
