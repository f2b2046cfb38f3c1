import { random } from '../../../src/numeric/random.ts';

/** Examples by hand or by a seed: rows of features, and of each example what it should be. */
export interface Examples {
  readonly features: readonly (readonly number[])[];
  readonly targets: readonly number[];
}

export interface SetOptions {
  readonly count: number;
  readonly noise: number;
  readonly seed: number;
}

type Drawn = readonly [features: readonly number[], target: number];

interface ClassicSet {
  readonly count: number;
  readonly noise: number;
  /** The k-th of so many examples without noise: each class has every second one. */
  readonly example: (share: number, kind: 0 | 1, uniform: () => number) => Drawn;
  /** Whether noise moves the target, and not the features. */
  readonly isCurve?: true;
}

const circle = (radius: number, angle: number): readonly number[] => [radius * Math.cos(angle), radius * Math.sin(angle)];

/** The only list of the classic sets. */
export const SETS = {
  circles: {
    count: 120,
    noise: 0.08,
    example: (share, kind) => [circle(kind === 0 ? 0.4 : 1, 2 * Math.PI * share), kind],
  },
  moons: {
    count: 120,
    noise: 0.1,
    example: (share, kind) => {
      const angle = Math.PI * share;
      return kind === 0
        ? [[Math.cos(angle) - 0.5, Math.sin(angle) - 0.25], 0]
        : [[0.5 - Math.cos(angle), 0.25 - Math.sin(angle)], 1];
    },
  },
  spiral: {
    count: 300,
    noise: 0.02,
    example: (share, kind) => [circle(0.05 + 0.95 * share, 3.5 * Math.PI * share + Math.PI * kind), kind],
  },
  xor: {
    count: 120,
    noise: 0.05,
    example: (_, kind, uniform) => {
      const [a, b] = [0.15 + 0.85 * uniform(), 0.15 + 0.85 * uniform()];
      const turned = uniform() < 0.5;
      const [x, y] = kind === 1 ? [a, -b] : [a, b];
      return [turned ? [-x, -y] : [x, y], kind];
    },
  },
  line: {
    count: 40,
    noise: 0.25,
    isCurve: true,
    example: (_, __, uniform) => {
      const x = 4 * uniform() - 2;
      return [[x], 0.8 * x + 0.5];
    },
  },
} as const satisfies Readonly<Record<string, ClassicSet>>;

export type SetName = keyof typeof SETS;

const rounded = (x: number): number => Math.round(1000 * x) / 1000;

/** The same seed gives the same examples everywhere. */
export function examplesOf(name: SetName, { count, noise, seed }: SetOptions): Examples {
  const set: ClassicSet = SETS[name];
  const draw = random(seed);
  const half = Math.max(1, Math.ceil(count / 2));
  const all = Array.from({ length: count }, (_, k): Drawn => {
    const [features, target] = set.example(Math.floor(k / 2) / half, (k % 2) as 0 | 1, () => draw.uniform());
    if (set.isCurve) return [features.map(rounded), rounded(target + noise * draw.normal())];
    return [features.map((x) => rounded(x + noise * draw.normal())), target];
  });
  const width = all[0]?.[0].length ?? 0;
  return {
    features: Array.from({ length: width }, (_, row) => all.map(([features]) => features[row]!)),
    targets: all.map(([, target]) => target),
  };
}
