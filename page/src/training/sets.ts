import { random } from '../../../src/numeric/random.ts';

/** Examples by hand or by a seed: rows of features, and of each example what it should be, or the number of its class. */
export interface Examples {
  readonly features: readonly (readonly number[])[];
  readonly targets: readonly number[];
}

export interface SetOptions {
  readonly count: number;
  readonly noise: number;
  readonly seed: number;
  /** Of the sets that may have more than two. */
  readonly classes: number;
}

type Drawn = readonly [features: readonly number[], target: number];

interface ClassicSet {
  readonly count: number;
  readonly noise: number;
  /** An example of a class without noise; shares go from 0 to 1 in each. */
  readonly example: (share: number, kind: number, uniform: () => number, classes: number) => Drawn;
  /** Whether it may have more than two classes. */
  readonly isOpen?: true;
  /** Whether noise moves the target, and not the features. */
  readonly isCurve?: true;
}

const circle = (radius: number, angle: number): readonly number[] => [radius * Math.cos(angle), radius * Math.sin(angle)];

/** The only list of the classic sets. */
export const SETS = {
  circles: {
    count: 120,
    noise: 0.08,
    isOpen: true,
    example: (share, kind, _, classes) => [circle(0.4 + (0.6 * kind) / (classes - 1), 2 * Math.PI * share), kind],
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
    isOpen: true,
    example: (share, kind, _, classes) => {
      const angle = (3.5 * share + (2 * kind) / classes) * Math.PI;
      return [circle(0.05 + 0.95 * share, angle), kind];
    },
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
export function examplesOf(name: SetName, { count, noise, seed, classes: wanted }: SetOptions): Examples {
  const set: ClassicSet = SETS[name];
  const classes = set.isOpen ? wanted : 2;
  const draw = random(seed);
  const each = Math.max(1, Math.ceil(count / classes));
  const all = Array.from({ length: count }, (_, k): Drawn => {
    const [features, target] = set.example(Math.floor(k / classes) / each, k % classes, () => draw.uniform(), classes);
    if (set.isCurve) return [features.map(rounded), rounded(target + noise * draw.normal())];
    return [features.map((x) => rounded(x + noise * draw.normal())), target];
  });
  const width = all[0]?.[0].length ?? 0;
  return {
    features: Array.from({ length: width }, (_, row) => all.map(([features]) => features[row]!)),
    targets: all.map(([, target]) => target),
  };
}
