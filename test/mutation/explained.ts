// biome-ignore-all lint/suspicious/noTemplateCurlyInString: lines of source

/** Mutants that change nothing that a test should ask for, and why. Lines are as they stand, without their indent. */
export interface Explained {
  readonly file: string;
  readonly before: string;
  readonly after: string;
  readonly why: string;
}

export const EXPLAINED: readonly Explained[] = [
  {
    file: 'src/operators/kernels/erf.ts',
    before: 'if (x > -1) return 0.5 * erfc(-x / Math.SQRT2) * by;',
    after: 'if (x >  (1)) return 0.5 * erfc(-x / Math.SQRT2) * by;',
    why: 'Both formulas hold between −1 and 1, and to the same digits.',
  },
  {
    file: 'src/stabilise/untaken.ts',
    before: 'return own.every((i) => i === UNIT || over.includes(i)) ? moved : g.apply(greater, moved, 0);',
    after: 'return own.some((i) => i === UNIT || over.includes(i)) ? moved : g.apply(greater, moved, 0);',
    why: 'A condition that is summed over an index that goes is a count, and `where` takes any number but 0 as true.',
  },
  {
    file: 'src/operators/elimination.ts',
    before: 'for (let i = k + 1; i < n; i++) if (x.size(rows[i]![k]!) > x.size(rows[best]![k]!)) best = i;',
    after: 'for (let i = k + 1; i < n; i++) if (x.size(rows[i]![k]!) >= x.size(rows[best]![k]!)) best = i;',
    why: 'Of two pivots that are equally large either will do.',
  },
  {
    file: 'src/simplify/rational/factored.ts',
    before: 'const relation = relations.find((r) => r.square === m[k]);',
    after: 'const relation = relations.findLast((r) => r.square === m[k]);',
    why: 'Each relation is about another generator: there is one at the most.',
  },
  {
    file: 'src/compile/schedule.ts',
    before: 'if (points > sizeOfNode(part)) repeated.add(part);',
    after: 'if (points >= sizeOfNode(part)) repeated.add(part);',
    why: 'What would be kept for its own loop only becomes a local of it again (compile/forward.ts): the program is the same.',
  },
  {
    file: 'src/simplify/squares.ts',
    before: 'const MOST_TERMS = 12;',
    after: 'const MOST_TERMS = 11;',
    why: 'A bound on the effort: where exactly it lies is a choice.',
  },
  {
    file: 'src/operators/kernels/accurate.ts',
    before: 'if (Math.abs(x) > 60) return Number.POSITIVE_INFINITY;',
    after: 'if (Math.abs(x) >= 60) return Number.POSITIVE_INFINITY;',
    why: 'e^3600 is infinite as a double by the formula too.',
  },
  {
    file: 'src/operators/kernels/bessel.ts',
    before: 'for (let k = 1; k < 40 && term > 1e-20; k++) {',
    after: 'for (let k = 1; k <= 40 && term > 1e-20; k++) {',
    why: 'The sum ends by its terms long before the 40th.',
  },
  {
    file: 'src/stabilise/products.ts',
    before: "const numerator = raised.base.kind === 'contraction' || raised.power < 1 ? undefined : expTerms(g, raised.base);",
    after: "const numerator = raised.base.kind === 'contraction' || raised.power < 0 ? undefined : expTerms(g, raised.base);",
    why: 'Whole powers of a factor are never 0.',
  },
  {
    file: 'src/graph/contraction.ts',
    before: 'let colour: number[] = sizes.map((_, i) => result.reduce((c, r, axis) => (r === i ? c * 31 + axis + 1 : c), 0));',
    after: 'let colour: number[] = sizes.map((_, i) => result.reduce((c, r, axis) => (r === i ? c * 30 + axis + 1 : c), 0));',
    why: 'Colours only need to differ, and they do for any factor above the rank.',
  },
  {
    file: 'src/graph/graph.ts',
    before: 'return parts.some((part) => hasNoValue(part, depth - 1));',
    after: 'return parts.some((part) => hasNoValue(part, depth - 0));',
    why: 'A bound on the effort: what is nested deeper than that is a number all the same.',
  },
  {
    file: 'src/graph/contraction.ts',
    before: 'if (factors.length === 1) return `${head}${broadcast}|${encode([0], parts)}`;',
    after: 'if (factors.length === 0) return `${head}${broadcast}|${encode([0], parts)}`;',
    why: 'A short cut: a single factor has one order.',
  },
  {
    file: 'src/operators/dimensions.ts',
    before: 'return d === 1n || whole === undefined ? whole : divideDims(whole, Number(d));',
    after: 'return ((d === 1n) && (whole === undefined)) ? whole : divideDims(whole, Number(d));',
    why: 'A division by 1, or of what is no dimension, gives what was there.',
  },
  {
    file: 'src/operators/kernels/integrals.ts',
    before: 'if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;',
    after: 'if (!(x > (-1))) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;',
    why: 'Left of 0 the formula itself is NaN, by its logarithm, and at 0 it is −∞.',
  },
  {
    file: 'src/graph/contraction.ts',
    before: 'const factorial = (n: number): number => (n < 2 ? 1 : n > 8 ? Number.POSITIVE_INFINITY : n * factorial(n - 1));',
    after: 'const factorial = (n: number): number => (n < 1 ? 1 : n > 8 ? Number.POSITIVE_INFINITY : n * factorial(n - 1));',
    why: '0! and 1! are 1 either way.',
  },
  {
    file: 'src/operators/linear-algebra.ts',
    before: 'for (let i = 0; i < n; i++) {',
    after: 'for (let i = 0; i <= n; i++) {',
    why: 'The row too many lies in the next matrix, which is written after it, or beyond the last, where nothing is written.',
  },
  {
    file: 'src/operators/arrays.ts',
    before: '...x.node.shape.slice(0, lead).map((d, k) => [k, d] as const),',
    after: '...x.node.shape.map((d, k) => [k, d] as const),',
    why: 'The lengths of the axes that follow are set right after.',
  },
  {
    file: 'src/simplify/rational/powers.ts',
    before: 'for (let k = 1; k < a.length; k += 2) if (test(a[k]!)) return true;',
    after: 'for (let k = 1; k < a.length; k += 1) if (test(a[k]!)) return true;',
    why: 'The numbers of generators are whole and not negative: no test of an exponent is true of them.',
  },
  {
    file: 'src/operators/kernels/inverses.ts',
    before: 'if (Math.abs(x) < 1) return 1 / Math.sinh(x);',
    after: 'if (Math.abs(x) < 2) return 1 / Math.sinh(x);',
    why: 'Both formulas hold between 1 and 2, and to the same digits.',
  },
  {
    file: 'src/graph/entry.ts',
    before: 'if (!whole(node) && depth < DEEPEST) {',
    after: 'if (!whole(node) && depth <= DEEPEST) {',
    why: 'A bound on the effort: where exactly it lies is a choice.',
  },
  {
    file: 'src/simplify/sums.ts',
    before: 'return false;',
    after: 'return true;',
    why: 'A short cut: what cannot be shared is found not to be, later.',
  },
  {
    file: 'src/operators/kernels/gamma.ts',
    before: 'if (x >= FAR && !(Number.isInteger(x) && x <= 23)) {',
    after: 'if (x >= FAR && !(((Number.isInteger(x)) || (x <= 23)))) {',
    why: 'Products of whole numbers are as exact as Stirling’s series, to the 10 ulp that are promised.',
  },
  {
    file: 'src/elaborate/literals.ts',
    before: 'if (Math.abs(Number(exponent)) > LARGEST_EXPONENT || literal.text.length > LONGEST) {',
    after: 'if (Math.abs(Number(exponent)) > LARGEST_EXPONENT || literal.text.length >= LONGEST) {',
    why: 'A bound on what is read: where exactly it lies is a choice.',
  },
  {
    file: 'src/graph/contraction.ts',
    before: 'if (ranks.size === new Set(colour).size && round > 0) return next;',
    after: 'if (ranks.size === new Set(colour).size && round >= 0) return next;',
    why: 'Where the first round tells no more apart than the colours before it, no later one does.',
  },
  {
    file: 'src/operators/kernels/bessel.ts',
    before: 'for (let k = 1; 2 * k + 1 <= orders; k++) {',
    after: 'for (let k = 1; 3 * k + 1 <= orders; k++) {',
    why: 'The series is summed further than its last digit needs, by more than a third.',
  },
  {
    file: 'src/simplify/rational/write.ts',
    before: 'if (most <= 0) continue;',
    after: 'if (most <= (-1)) continue;',
    why: 'With 0 factors to take back the power is put back as it was.',
  },
  {
    file: 'src/operators/reductions.ts',
    before: 'p.g.broadcast(x, [...p.args[0]!.shape.slice(0, -1), ...x.shape], [p.args[0]!.shape.length - 1]);',
    after: 'p.g.broadcast(x, [...p.args[0]!.shape.slice((-1), -1), ...x.shape], [p.args[0]!.shape.length - 1]);',
    why: 'The ones are a number, which stretches over the axes in front anyway.',
  },
  {
    file: 'src/differentiate/through-time.ts',
    before: 'if (time === UNIT || places.length !== 2 || !n.result.includes(time)) return undefined;',
    after: 'if (time === UNIT || places.length !== 1 || !n.result.includes(time)) return undefined;',
    why: 'One state out of several is found by the general rule too; indices get other names.',
  },
  {
    file: 'src/simplify/rational/roots.ts',
    before: 'if (!root || root.length < 2) return one;',
    after: 'if (!root || root.length < 1) return one;',
    why: 'A polynomial of three terms and more is no power of a single term, its common monomial being outside.',
  },
  {
    file: 'src/differentiate/through-time.ts',
    before: "const seen = (n: Node) => done.has(n) || n.kind === 'through-time' || n.kind === 'recurrence';",
    after: "const seen = (n: Node) => ((done.has(n) || n.kind === 'through-time') && (n.kind === 'recurrence'));",
    why: 'It only cuts a walk short: what stands inside has an image that nothing asks for.',
  },
  {
    file: 'src/simplify/rational/polynomial.ts',
    before: 'while (rest.length > 0 && degree(rest, g) >= d) {',
    after: 'while (rest.length > 1 && degree(rest, g) >= d) {',
    why: 'Euclid’s algorithm goes on with a remainder that is not reduced to the end as well.',
  },
  {
    file: 'src/simplify/rational/polynomial.ts',
    before: 'return p.length > 0 && p[0]!.c < 0n ? -c : c;',
    after: 'return p.length > 0 && p[0]!.c <= 0n ? -c : c;',
    why: 'No term has the coefficient 0.',
  },
];
