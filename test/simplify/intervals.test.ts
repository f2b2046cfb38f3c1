import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { elaborate } from '../../src/elaborate/elaborate.ts';
import { constantOf } from '../../src/graph/forms.ts';
import { mapGraph } from '../../src/graph/map.ts';
import type { Node, Variable } from '../../src/graph/node.ts';
import { type Fraction, HALF, ONE } from '../../src/graph/rational.ts';
import { parse } from '../../src/language/parser.ts';
import { byIntervals, type Interval } from '../../src/simplify/intervals.ts';
import { forReading } from '../../src/simplify/pipelines.ts';
import { runs } from '../support/generate.ts';

/** What is told of intervals is what the expression is in them, and at each of their ends, exactly. */

const linear = fc
  .tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -9, max: 9 }), fc.integer({ min: 1, max: 49 }))
  .map(([a, b, c]) => `(${a}*x + ${b}/${c})`);

const kinked = fc.letrec<{ piece: string }>((tie) => ({
  piece: fc.oneof(
    { maxDepth: 2 },
    linear,
    fc.tuple(fc.constantFrom('max', 'min'), tie('piece'), tie('piece')).map(([f, u, v]) => `${f}(${u}, ${v})`),
    fc.tuple(fc.constantFrom('abs', 'relu'), tie('piece')).map(([f, u]) => `${f}(${u})`),
    fc.tuple(tie('piece'), tie('piece')).map(([u, v]) => `(${u} - ${v})`),
    fc
      .tuple(fc.constantFrom('<', '<=', '>'), tie('piece'), tie('piece'), tie('piece'))
      .map(([r, a, u, v]) => `where(${a} ${r} 0, ${u}, ${v})`),
  ),
})).piece;

function told(source: string) {
  const { graph: g, inputs, objective } = elaborate(parse(source));
  const x = inputs.get('x')?.node as Variable | undefined;
  const root = objective!.node;
  const intervals = x && byIntervals(g, root, x, (nodes) => forReading(g, nodes));
  const at = (node: Node, place: Fraction) =>
    constantOf(mapGraph(g, [node], (n, original) => (original === x ? g.constant(place) : n))[0]!);
  return { root, intervals: intervals ?? [], at };
}

/** Places in an interval: its ends as far as they belong to it, and one between. */
function placesIn({ from, to }: Interval): Fraction[] {
  const inner = from && to ? from.at.add(to.at).mul(HALF) : from ? from.at.add(ONE) : (to?.at ?? ONE).sub(ONE);
  const isEmpty = from && to && from.at.equals(to.at);
  return [...(isEmpty ? [] : [inner as Fraction]), ...[from, to].flatMap((end) => (end?.closed ? [end.at] : []))];
}

describe('intervals', () => {
  test('say what an expression is, at their ends too', () => {
    let count = 0;
    fc.assert(
      fc.property(kinked, (source) => {
        const { root, intervals, at } = told(source);
        for (const interval of intervals)
          for (const place of placesIn(interval)) {
            count++;
            expect([source, String(place), String(at(interval.value, place))]).toEqual([
              source,
              String(place),
              String(at(root, place)),
            ]);
          }
      }),
      { numRuns: runs(2000) },
    );
    expect(count).toBeGreaterThan(100);
  });

  test.each<[string, (string | undefined)[][]]>([
    [
      'min(max(49*x - 1, 0), 1)',
      [
        [undefined, '1/49'],
        ['1/49', '2/49'],
        ['2/49', undefined],
      ],
    ],
    [
      'x < 1/3 ? 0 : x > 1/3 ? 1 : 1/2',
      [
        [undefined, '1/3'],
        ['1/3', '1/3'],
        ['1/3', undefined],
      ],
    ],
    // Arguments that are no lines, or not of this letter alone.
    ['max(x^2, 1) + max(x, 0)', []],
    ['max(x, y) + max(x, 0)', []],
  ])('of %s', (source, ends) => {
    const text = (end: Interval['from']) => end?.at.toFraction();
    expect(told(source).intervals.map(({ from, to }) => [text(from), text(to)])).toEqual(ends);
  });
});
