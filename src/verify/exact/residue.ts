import type { Fraction } from '../../graph/rational.ts';

/** How a number came about, as far as logarithms, exponentials and signs ask. */
export type Origin =
  | { readonly kind: 'product' | 'sum'; readonly left: Residue; readonly right: Residue }
  | { readonly kind: 'power'; readonly base: Residue; readonly exponent: Residue }
  | { readonly kind: 'exp' | 'log'; readonly of: Residue };

/** What more there is to know of a number than its residues. */
export interface Known {
  /** Or what finds it, when it is asked for. */
  readonly origin?: Origin | (() => Origin | undefined) | undefined;
  /** The rational number that it is. */
  readonly exact?: Fraction | undefined;
  /** Made by a function with branches: it may be 0 on a whole region, not only at its border. */
  readonly flat?: boolean;
  /** 0 or 1 wherever it has a value. */
  readonly logical?: boolean;
  /** Constant between jumps, as what is rounded is: it is equal to a number on a whole region. */
  readonly jumps?: boolean;
}

/** A number of the finite fields: what it is modulo p, and modulo q, where it is an exponent. */
export class Residue implements Known {
  readonly p: number;
  readonly q: number;
  readonly exact: Fraction | undefined;
  readonly flat: boolean;
  readonly logical: boolean;
  readonly jumps: boolean;
  private made: Known['origin'];

  constructor(p: number, q: number, { origin, exact, flat = false, logical = false, jumps = false }: Known = {}) {
    this.p = p;
    this.q = q;
    this.made = origin;
    this.exact = exact;
    this.flat = flat;
    this.logical = logical;
    this.jumps = jumps;
  }

  get origin(): Origin | undefined {
    if (typeof this.made === 'function') this.made = this.made();
    return this.made;
  }

  with(known: Known): Residue {
    return new Residue(this.p, this.q, { origin: this.made, exact: this.exact, flat: this.flat, jumps: this.jumps, ...known });
  }
}

/** A draw that says nothing: a division by 0, a root that is not there. Another one may. */
export class Void extends Error {
  /** It contradicts the branches that were chosen, not itself: a number is positive that was taken for a negative one. */
  readonly contradiction: boolean;

  constructor(message: string, contradiction = false) {
    super(message);
    this.contradiction = contradiction;
  }
}
