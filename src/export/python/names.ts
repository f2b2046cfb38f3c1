/** Words that Python keeps for itself. */
const KEYWORDS = `False None True and as assert async await break class continue def del elif else except finally for from
  global if import in is lambda nonlocal not or pass raise return try while with yield match case type print range len float
  int zip sum max min abs pow map set dict list tuple sorted any all id input iter next`.split(/\s+/);

const SUBSCRIPTS = '₀₁₂₃₄₅₆₇₈₉';

/** Names of the model as names of Python: `λ` stays, `A₁` is `A1`, `θ′` is `θ_prime`, `lambda` is `lambda_`. */
export class PythonNames {
  private readonly taken: Set<string>;

  constructor(reserved: Iterable<string>) {
    this.taken = new Set([...KEYWORDS, ...reserved]);
  }

  /** The same names taken, for a function of its own. */
  copy(): PythonNames {
    return new PythonNames(this.taken);
  }

  /** A name of its own, as near to this one as Python allows. */
  fresh(name: string): string {
    const plain = [...name.replace(/′/g, '_prime')]
      .map((c) => (SUBSCRIPTS.includes(c) ? String(SUBSCRIPTS.indexOf(c)) : c))
      .join('')
      // Python reads names in this form: ϕ and φ would be one.
      .normalize('NFKC')
      .replace(/[^\p{L}\p{N}_]/gu, '_');
    const base = /^[\p{L}_]/u.test(plain) ? plain : `_${plain}`;
    let found = base;
    for (let k = 1; this.taken.has(found); k++) found = k === 1 ? `${base}_` : `${base}_${k}`;
    this.taken.add(found);
    return found;
  }

  /** The first of t1, t2, … that nothing has. */
  numbered(stem: string): string {
    for (let k = 1; ; k++) {
      const name = `${stem}${k}`;
      if (this.taken.has(name)) continue;
      this.taken.add(name);
      return name;
    }
  }
}
