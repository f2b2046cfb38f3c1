import type { Field } from './field.ts';
import { Residue } from './residue.ts';

/** Sine and cosine from rotations: cos u = (z + 1/z)/2 and sin u = (z − 1/z)/2i, where z is a power with exponent u. */

const rotated = (f: Field, u: Residue): { z: number; w: number } => {
  const z = f.p.power(f.rotation, u.q);
  return { z, w: f.p.invert(z) };
};

const half = (f: Field): number => (f.p.order + 1) / 2;

export function cos(f: Field, u: Residue): Residue {
  f.asked.circle = true;
  const below = f.unknown('cos', [u], 1);
  if (f.i === 0) return below;
  const { z, w } = rotated(f, u);
  return new Residue(f.p.multiply(half(f), f.p.add(z, w)), below.q, { flat: u.flat });
}

export function sin(f: Field, u: Residue): Residue {
  f.asked.circle = true;
  if (f.isZero(u)) return f.zero;
  const below = f.unknown('sin', [u], -1);
  if (f.i === 0) return below;
  const { z, w } = rotated(f, u);
  const scale = f.p.multiply(half(f), f.p.invert(f.i));
  return new Residue(f.p.multiply(scale, f.p.add(z, f.p.negate(w))), below.q, { flat: u.flat });
}
