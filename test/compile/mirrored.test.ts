import { describe, expect, it } from 'vitest';
import { compileProgram } from '../../src/compile/index.ts';
import { isMirrored } from '../../src/compile/mirrored.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Contraction, Node } from '../../src/graph/node.ts';
import { inputsOf } from './natively.ts';
import { difference, fill, reference } from './ways.ts';

describe('a product that is its own transpose', () => {
  const g = new Graph();
  const sizes = new Map([4, 4, 4, 4].map((size, k) => [k, size]));
  const [x, y, w] = [g.variable('x', [4, 4]), g.variable('y', [4, 4]), g.variable('w', [4])] as const;
  const made = (factors: Node[], indices: number[][], result = [0, 1]) =>
    g.contract({ factors, indices, result, sizes }) as Contraction;
  /** By the numbers that the indices have in the node. */
  const mirrored = (node: Contraction): boolean => isMirrored(node, node.result.at(-2)!, node.result.at(-1)!);

  it.each<[string, Contraction, boolean]>([
    [
      'XᵀX',
      made(
        [x, x],
        [
          [2, 0],
          [2, 1],
        ],
      ),
      true,
    ],
    [
      'XXᵀ',
      made(
        [x, x],
        [
          [0, 2],
          [1, 2],
        ],
      ),
      true,
    ],
    [
      'XX',
      made(
        [x, x],
        [
          [0, 2],
          [2, 1],
        ],
      ),
      false,
    ],
    [
      'XᵀY',
      made(
        [x, y],
        [
          [2, 0],
          [2, 1],
        ],
      ),
      false,
    ],
    ['XᵀDX', made([w, x, x], [[2], [2, 0], [2, 1]]), true],
    [
      'Xᵀ(DX)',
      made(
        [made([w, x], [[0], [0, 1]]), x],
        [
          [2, 0],
          [2, 1],
        ],
      ),
      true,
    ],
    [
      '(XD)ᵀX',
      made(
        [made([w, x], [[1], [0, 1]]), x],
        [
          [2, 0],
          [2, 1],
        ],
      ),
      false,
    ],
    ['(XD)ᵀXD', made([w, w, x, x], [[0], [1], [2, 0], [2, 1]]), true],
    [
      '(X ⊙ Y)ᵀX',
      made(
        [
          made(
            [x, y],
            [
              [0, 1],
              [0, 1],
            ],
          ),
          x,
        ],
        [
          [2, 0],
          [2, 1],
        ],
      ),
      false,
    ],
    [
      '(X ⊙ Y)ᵀ(X ⊙ Y)',
      made(
        [x, y, x, y],
        [
          [2, 0],
          [2, 0],
          [2, 1],
          [2, 1],
        ],
      ),
      true,
    ],
    [
      '(XY)ᵀX',
      made(
        [
          made(
            [x, y],
            [
              [0, 2],
              [2, 1],
            ],
          ),
          x,
        ],
        [
          [2, 0],
          [2, 1],
        ],
      ),
      false,
    ],
    ['of each b', made([x, w, x], [[3, 0], [2], [3, 1]], [2, 0, 1]), true],
  ])('%s', (_, node, expected) => {
    expect(mirrored(node)).toBe(expected);
  });
});

describe('half of such a product in WebAssembly', () => {
  it.each(['f64', 'f32'] as const)(
    'is what the interpreter has, with the same bits for any number of threads, in %s',
    (precision) => {
      for (const n of [3, 16, 41, 67, 130, 300]) {
        const g = new Graph();
        const [x, w] = [g.variable('x', [2, 60, n]), g.variable('w', [60])];
        const node = g.contract({
          factors: [w, x, x],
          indices: [[3], [0, 3, 1], [0, 3, 2]],
          result: [0, 1, 2],
          sizes: new Map([2, n, n, 60].map((size, k) => [k, size])),
        });
        const spec = { outputs: [node], sizes: new Map<string, number>(), precision };
        const [alone, ...more] = [1, 2, 3, 5].map((threads) => {
          const program = compileProgram({ ...spec, backend: 'wasm', threads });
          fill(program, inputsOf(program, 4));
          program.outputs[0]!.data.fill(Number.NaN);
          program.run();
          return program;
        });
        const rounded = new Map([...alone!.inputs].map(([name, { data }]) => [name, Array.from(data)]));
        const { data: found } = alone!.outputs[0]!;
        expect(difference(reference(spec, rounded).outputs[0]!, found)).toBeLessThan(precision === 'f64' ? 1e-13 : 1e-5);
        for (const { outputs } of more) expect(outputs[0]!.data).toEqual(found);
        for (let row = 0; row < n; row++) for (let k = 0; k < row; k++) expect(found[row * n + k]).toBe(found[k * n + row]);
      }
    },
  );
});
