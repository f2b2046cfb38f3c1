/** A product of generators to whole powers: a flat list g₁, e₁, g₂, e₂ … with ascending generators, no exponent 0. */
export type Powers = readonly number[];

export const NO_POWERS: Powers = [];

/** a·b. */
export function timesPowers(a: Powers, b: Powers): Powers {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const out: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const g = a[i]!;
    const h = b[j]!;
    if (g < h) {
      out.push(g, a[i + 1]!);
      i += 2;
    } else if (h < g) {
      out.push(h, b[j + 1]!);
      j += 2;
    } else {
      const e = a[i + 1]! + b[j + 1]!;
      if (e !== 0) out.push(g, e);
      i += 2;
      j += 2;
    }
  }
  for (; i < a.length; i++) out.push(a[i]!);
  for (; j < b.length; j++) out.push(b[j]!);
  return out;
}

/** The lower power of each generator: 0 stands for one that is missing. */
export function lowerPowers(a: Powers, b: Powers): Powers {
  const out: number[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    const inA = j >= b.length || (i < a.length && a[i]! <= b[j]!);
    const inB = i >= a.length || (j < b.length && b[j]! <= a[i]!);
    const g = inA ? a[i]! : b[j]!;
    const e = Math.min(inA ? a[i + 1]! : 0, inB ? b[j + 1]! : 0);
    if (e !== 0) out.push(g, e);
    if (inA) i += 2;
    if (inB) j += 2;
  }
  return out;
}

/** aⁿ. */
export function raisedPowers(a: Powers, n: number): Powers {
  if (n === 1 || a.length === 0) return a;
  const out: number[] = [];
  for (let k = 0; k < a.length; k += 2) out.push(a[k]!, a[k + 1]! * n);
  return out;
}

export function exponentIn(a: Powers, g: number): number {
  for (let k = 0; k < a.length; k += 2) if (a[k] === g) return a[k + 1]!;
  return 0;
}

/** The power of one generator set to another exponent. */
export const withExponent = (a: Powers, g: number, e: number): Powers => timesPowers(a, [g, e - exponentIn(a, g)]);

export const without = (a: Powers, goes: (g: number) => boolean): Powers => a.filter((_, k) => !goes(a[k - (k % 2)]!));

export function someExponent(a: Powers, test: (e: number) => boolean): boolean {
  for (let k = 1; k < a.length; k += 2) if (test(a[k]!)) return true;
  return false;
}

/** The generators with their exponents, one by one. */
export function pairsOf(a: Powers): [number, number][] {
  const pairs: [number, number][] = [];
  for (let k = 0; k < a.length; k += 2) pairs.push([a[k]!, a[k + 1]!]);
  return pairs;
}
