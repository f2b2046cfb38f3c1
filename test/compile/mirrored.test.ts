import { describe, expect, it } from 'vitest';
import { isMirrored } from '../../src/compile/mirrored.ts';
import { Graph } from '../../src/graph/graph.ts';
import type { Contraction, Node } from '../../src/graph/node.ts';

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
