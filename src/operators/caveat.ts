import type { Node } from '../graph/node.ts';

/** What the entries of a value lie between. */
export interface Bounds {
  readonly least: number;
  readonly most: number;
  /** The least is not reached. */
  readonly open?: boolean;
  /** The most is not reached. */
  readonly openMost?: boolean;
}

const inside = (least: number, most: number): Bounds => ({ least, most, open: true, openMost: true });

/** Between 0 and 1, and between −1 and 1, without the ends. */
export const UNIT_INTERVAL = inside(0, 1);
export const BELOW_ONE = inside(-1, 1);

export const ANYTHING: Bounds = { least: Number.NEGATIVE_INFINITY, most: Number.POSITIVE_INFINITY };
export const ABOVE_ZERO: Bounds = { least: 0, most: Number.POSITIVE_INFINITY, open: true };
export const FROM_ZERO: Bounds = { least: 0, most: Number.POSITIVE_INFINITY };

export const isPositive = ({ least, open }: Bounds): boolean => least > 0 || (least === 0 && open === true);
export const isNonnegative = ({ least }: Bounds): boolean => least >= 0;
export const isNonzero = (b: Bounds): boolean => isPositive(b) || b.most < 0 || (b.most === 0 && b.openMost === true);

const isBelow = (a: Bounds, b: Bounds): boolean =>
  a.most < b.least || (a.most === b.least && (a.openMost === true || b.open === true));
/** Two that are never equal. */
export const areApart = (a: Bounds, b: Bounds): boolean => isBelow(a, b) || isBelow(b, a);

/** Where a function, or its derivative, is not what one would expect. */
export interface Caveat {
  /** Outside the condition there is no value; where it is met there is a kink, or a jump; where it changes one branch is derived. */
  readonly kind: 'needs' | 'kink' | 'jump' | 'branch';
  /** A condition that a derivative has only where what it is the derivative of has it too. */
  readonly poles?: true;
  /** What stands for the first argument in the condition: x for the sum of the squares of x. */
  readonly subject?: (args: readonly Node[]) => Node | undefined;
  /** In terms of the arguments as they print: `x > 0`. */
  readonly condition: (...args: string[]) => string;
  /** Of a condition that only the slope has: the function's own, which has values at the borders too. */
  readonly own?: { readonly condition: (u: string) => string; readonly settled: (bounds: Bounds) => boolean };
  /** Only some arguments call for it: 1/x does, x² does not. */
  readonly applies?: (args: readonly Node[]) => boolean;
  /** Known to be no trouble from what the arguments lie between. */
  readonly settled?: (...bounds: Bounds[]) => boolean;
  /** What it says of its first argument, so that what follows from it is not said again. */
  readonly implies?: Bounds;
  /** Of conditions on one argument the strongest is told. */
  readonly strength?: 1 | 2;
  /** Where it holds, so do the conditions of the slopes: they are not said again. */
  readonly enough?: true;
  /** There is a kink where the argument is 0 even if it only touches that: √(x² + y²). */
  readonly touching?: true;
  /** What is taken for the slope at a kink or a jump, in terms of the arguments as they print; of a jump without, nothing. */
  readonly slope?: string | ((...args: string[]) => string);
}

export const needsPositive: Caveat = {
  kind: 'needs',
  condition: (u) => `${u} > 0`,
  settled: isPositive,
  strength: 2,
  implies: ABOVE_ZERO,
};
export const needsNonnegative: Caveat = {
  kind: 'needs',
  condition: (u) => `${u} ≥ 0`,
  settled: isNonnegative,
  strength: 1,
  implies: FROM_ZERO,
};
export const needsNonzero: Caveat = {
  kind: 'needs',
  condition: (u) => `${u} ≠ 0`,
  settled: isNonzero,
  strength: 1,
  enough: true,
};
const between = (least: number, most: number) => (b: Bounds) =>
  (b.least > least || (b.least === least && b.open === true)) && (b.most < most || (b.most === most && b.openMost === true));
/** The poles of tan and sec, of cot and csc. */
export const needsCosine: Caveat = {
  kind: 'needs',
  condition: (u) => `cos(${u}) ≠ 0`,
  settled: between(-Math.PI / 2, Math.PI / 2),
  poles: true,
};
export const needsSine: Caveat = { kind: 'needs', condition: (u) => `sin(${u}) ≠ 0`, settled: between(0, Math.PI), poles: true };
/** What is rounded jumps at the integers, or between them. */
export const jumpsAtIntegers: Caveat = { kind: 'jump', slope: '0', condition: (u) => `${u} ∈ ℤ` };
export const jumpsBetweenIntegers: Caveat = { kind: 'jump', slope: '0', condition: (u) => `${u} + ½ ∈ ℤ` };
export const jumpsAtZero: Caveat = { kind: 'jump', slope: '0', condition: (u) => `${u} = 0`, settled: isNonzero };
/** u > c. */
export const needsAbove = (c: number, text: string): Caveat => ({
  kind: 'needs',
  condition: (u) => `${u} > ${text}`,
  settled: ({ least, open }) => least > c || (least === c && open === true),
  implies: { least: c, most: Number.POSITIVE_INFINITY, open: true },
  enough: true,
});
export const needsAboveOne = needsAbove(1, '1');
export const needsAboveMinusOne = needsAbove(-1, '−1');
export const needsOutside: Caveat = {
  kind: 'needs',
  condition: (u) => `|${u}| > 1`,
  settled: ({ least, most, open, openMost }) =>
    least > 1 || (least === 1 && open === true) || most < -1 || (most === -1 && openMost === true),
  enough: true,
};
/** The same of functions that have values at the borders, where only their slopes have none. */
export const slopeNeedsAboveOne: Caveat = {
  ...needsAboveOne,
  own: { condition: (u) => `${u} ≥ 1`, settled: ({ least }) => least >= 1 },
};
export const slopeNeedsOutside: Caveat = {
  ...needsOutside,
  own: { condition: (u) => `|${u}| ≥ 1`, settled: ({ least, most }) => least >= 1 || most <= -1 },
};
/** Off the poles of the gamma function. */
export const needsOffPoles: Caveat = {
  kind: 'needs',
  condition: (u) => `${u} ∉ {0, −1, −2, …}`,
  settled: isPositive,
  poles: true,
  enough: true,
};
/** The same of the argument at another place. */
export const ofArgument = (at: number, { condition, settled, kind, ...rest }: Caveat): Caveat => ({
  kind,
  ...rest,
  condition: (...args) => condition(args[at]!),
  ...(settled && { settled: (...bounds: Bounds[]) => settled(bounds[at]!) }),
});
export const needsInside: Caveat = {
  kind: 'needs',
  condition: (u) => `−1 < ${u} < 1`,
  settled: ({ least, most, open, openMost }) =>
    (least > -1 || (least === -1 && open === true)) && (most < 1 || (most === 1 && openMost === true)),
  implies: BELOW_ONE,
  enough: true,
};
export const slopeNeedsInside: Caveat = {
  ...needsInside,
  own: { condition: (u) => `−1 ≤ ${u} ≤ 1`, settled: ({ least, most }) => least >= -1 && most <= 1 },
};
export const needsUnitInterval: Caveat = {
  kind: 'needs',
  condition: (u) => `0 < ${u} < 1`,
  settled: ({ least, most, open, openMost }) =>
    (least > 0 || (least === 0 && open === true)) && (most < 1 || (most === 1 && openMost === true)),
  implies: UNIT_INTERVAL,
  enough: true,
};
export const slopeNeedsUnitInterval: Caveat = {
  ...needsUnitInterval,
  own: { condition: (u) => `0 < ${u} ≤ 1`, settled: (b) => isPositive(b) && b.most <= 1 },
};
/** The slope that a kink is given, in words; 0 unless the record says otherwise. */
export const slopeAt = ({ slope = '0' }: Caveat, args: readonly string[]): string =>
  typeof slope === 'string' ? slope : slope(...args);

export const kinkAtZero: Caveat = { kind: 'kink', condition: (u) => `${u} = 0`, slope: '0' };
