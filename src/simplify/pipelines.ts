import { constantOf } from '../graph/forms.ts';
import type { Graph } from '../graph/graph.ts';
import { mapGraph } from '../graph/map.ts';
import type { Apply, Node } from '../graph/node.ts';
import { isInteger, isNegative, MINUS_ONE, negated } from '../graph/rational.ts';
import { isAtMost, topological } from '../graph/traverse.ts';
import { pow, power, pseudoinverse } from '../operators/power.ts';
import { byAdditionFormulas } from './addition-formulas.ts';
import { choiceOfNumbers, choiceOfProduct, saidOnce, takenOut } from './choices.ts';
import { withoutDeviations } from './deviations.ts';
import { DIAGONAL } from './diagonal-choices.ts';
import { metByDigits } from './digits.ts';
import { entriesToRun, toldPlaces, writtenOut } from './entries.ts';
import { cancelInverses, shortenInverses } from './inverses.ts';
import { joinedRoots, rootsBelow } from './joined-roots.ts';
import type { Witness } from './known-sums.ts';
import { type Lengths, lengthOf } from './length.ts';
import { LOGISTIC } from './logistic.ts';
import { normalForms, type Purpose } from './normal-forms.ts';
import { atTheirPlaces } from './placed.ts';
import { atNamedRamps, besideRamps, steppedRamps, withoutSwitches } from './ramps.ts';
import { shorten, shortenToRun } from './rational/index.ts';
import type { Rule } from './rule.ts';
import { shares } from './shares.ts';
import { putSquaresTogether } from './squares.ts';
import { withoutTransposes } from './transposes.ts';

/**
 * The ways from a graph to a form of equal value: a normal form, and passes that make it shorter, in order, until nothing
 * changes. Definitions are kept, and nothing is merged across them.
 */
interface Pipeline {
  readonly name: string;
  readonly purpose: Purpose;
  readonly passes: readonly Pass[];
  /** What is recognised once nothing changes any more: before, it might stand in the way of what cancels. */
  readonly last?: readonly Rule<'contraction'>[];
}

/** One way over a whole graph. */
interface Pass {
  readonly name: string;
  readonly apply: (g: Graph, roots: readonly Node[]) => Node[];
}

const SHAPES = { A: [3, 3], B: [3, 3], x: [3] };

const TOLD: Rule<'contraction'> = {
  name: 'index arithmetic at a place that is told',
  when: 'the place is one of the axis',
  examples: [['ones(3)[2]*x', 'x']],
  kind: 'contraction',
  apply: toldPlaces,
};
const MET: Rule<'contraction'> = {
  name: 'arrays in one row meet by their own axes',
  when: 'always: an index has one row of digits, and each row of digits one index',
  examples: [
    ["vec(A)'*vec(B)", 'sum(A.*B)', SHAPES],
    ['tr(kron(A, B))', 'tr(A)*tr(B)', SHAPES],
    ['norm(exp(vec(A)))^2', 'sum(exp(A).^2)', SHAPES],
  ],
  kind: 'contraction',
  apply: metByDigits,
};
const WRITTEN: Rule<'contraction'> = {
  name: 'sums over written-out entries',
  when: 'the entries are few',
  examples: [['sum([x; y; 2].^2)', 'x^2 + y^2 + 4']],
  kind: 'contraction',
  apply: writtenOut,
};
const ENTRIES: Rule<'contraction'> = {
  name: 'sums over written-out entries, to be run',
  when: 'the entries are few, and each term is one',
  examples: [['sum([x; y; 2].^2)', 'x^2 + y^2 + 4']],
  kind: 'contraction',
  apply: entriesToRun,
};
const CANCELLED: Rule<'contraction'> = {
  name: 'a matrix times its inverse',
  when: 'there is an inverse',
  examples: [['A*inv(A)*x', 'x', SHAPES]],
  kind: 'contraction',
  apply: cancelInverses,
};
const SHORTENED: Rule<'contraction'> = {
  name: 'inverses of products',
  when: 'square matrices whose product has an inverse have one each',
  examples: [['inv(A*B)*A*x', 'inv(B)*x', SHAPES]],
  kind: 'contraction',
  apply: shortenInverses,
};
const TURNED: Rule<'contraction'> = {
  name: 'transposes of symmetric matrices',
  when: 'always',
  examples: [["tanh(A')'*x", 'tanh(A)*x', SHAPES]],
  kind: 'contraction',
  apply: withoutTransposes,
};
const CHOSEN: Rule<'contraction'> = {
  name: 'a product with a choice of 0 is a choice',
  when: 'always',
  examples: [['where(x > 0, y, 0)*z', 'where(x > 0, y*z, 0)']],
  kind: 'contraction',
  apply: choiceOfProduct,
};
const CHOSEN_NUMBERS: Rule<'contraction'> = {
  name: 'a product with a choice of numbers is a choice',
  when: 'it is not longer',
  examples: [['where(x > 0, 1, -1)*2*y', 'where(x > 0, 2*y, -2*y)']],
  kind: 'contraction',
  apply: choiceOfNumbers,
};
const DEVIATIONS: Rule<'contraction'> = {
  name: 'a sum of deviations from the mean',
  when: 'always',
  examples: [
    ['sum((x - mean(x))*y)', '0', { x: [3] }],
    ['sum(mean(x)*y - x*y)', '0', { x: [3] }],
    ['u = x - mean(x); sum(u)', '0', { x: [3] }],
    ['mu = mean(A, rows); sum(A - mu)', '0', { A: [3, 2] }],
    ['mu = mean(x); sum(y*(x - mu) + x.^2)', 'sum(x.^2)', { x: [3] }],
  ],
  kind: 'contraction',
  apply: withoutDeviations,
};

/** A reader's own names stay: e/Σ e is what they wrote. */
const SHARES = shares('exponentials over their sum are shares', {
  of: (node) => node,
  sum: (_, node) => (node.kind === 'contraction' ? node : undefined),
});

const running: readonly Rule<'contraction'>[] = [TOLD, ENTRIES, CANCELLED, TURNED, CHOSEN, DEVIATIONS];
const reading: readonly Rule<'contraction'>[] = [
  TOLD,
  MET,
  WRITTEN,
  CANCELLED,
  SHORTENED,
  CANCELLED,
  TURNED,
  besideRamps,
  steppedRamps,
  DIAGONAL,
  CHOSEN,
  CHOSEN_NUMBERS,
  DEVIATIONS,
  LOGISTIC,
  ...joinedRoots,
];

/** For running: sums and quotients stay as they are, since a short form may lose digits, and nothing is computed twice. */
const RUNNING: Pipeline = {
  name: 'for running',
  purpose: { merges: false, factors: true, products: running },
  passes: [],
};

/** For printing in another language: as it runs, but for sums that a compiler would write out. */
const PRINTING: Pipeline = {
  name: 'for printing',
  purpose: { merges: false, factors: true, products: running.filter((rule) => rule !== ENTRIES) },
  passes: [],
};

function passesWith(fractions: Pass): readonly Pass[] {
  return [
    { name: 'conditions said once', apply: saidOnce },
    { name: 'conditions of both branches outside', apply: takenOut },
    { name: 'switches by the arguments of ramps', apply: atNamedRamps },
    { name: 'ramps in factored sums', apply: withoutSwitches },
    fractions,
    { name: 'squares put together', apply: putSquaresTogether },
    { name: 'terms put together by addition formulas', apply: byAdditionFormulas },
    { name: 'entries put together', apply: atTheirPlaces },
    { name: 'roots below the line put together', apply: rootsBelow },
  ];
}

/** For reading: sums and quotients are also put over common denominators where that is shorter. */
const READING: Pipeline = {
  name: 'for reading',
  purpose: { merges: true, factors: true, products: reading },
  passes: passesWith({ name: 'common denominators', apply: shorten }),
  last: [SHARES],
};

/** Short for the sake of what cancels, to be run. */
const SHORT: Pipeline = {
  name: 'short, to be run',
  purpose: READING.purpose,
  passes: passesWith({ name: 'common denominators, by length alone', apply: shortenToRun }),
};

/** Multiplied out: nothing is taken out of sums again. */
const EXPANDED: Pipeline = {
  name: 'expanded',
  purpose: { merges: true, factors: false, products: reading },
  passes: [],
};

export const PIPELINES: readonly Pipeline[] = [RUNNING, PRINTING, READING, SHORT, EXPANDED];

/** A shorter form may allow another; this is where it stops. */
const MOST_ROUNDS = 4;
/** Nobody sees to the last character of what is longer than a page. */
const MANY_NODES = 60;

export const forPrinting = (g: Graph, roots: readonly Node[]): Node[] => through(PRINTING, g, roots);

export const forRunning = (g: Graph, roots: readonly Node[]): Node[] => through(RUNNING, g, roots);

/** @param witness is told of each declared fact that a form rests on */
export const forReading = (g: Graph, roots: readonly Node[], witness?: Witness): Node[] => asOnPaper(READING, g, roots, witness);

/** As short as for reading, though not as one fraction. */
export const shortForm = (g: Graph, root: Node): Node => asOnPaper(SHORT, g, [root])[0]!;

/** Sums of products, multiplied out beforehand. */
export const inSums = (g: Graph, roots: readonly Node[]): Node[] => asOnPaper(EXPANDED, g, roots);

function asOnPaper(pipeline: Pipeline, g: Graph, roots: readonly Node[], witness?: Witness): Node[] {
  const short = through(pipeline, g, roots, witness);
  if (!topological(short).some(isPseudoinverse)) return short;
  // x/‖x‖ is 0 at 0. Where a third of a quotient cancels, that value goes with it, as it does on paper.
  const quotients = mapGraph(g, short, (n) => (isPseudoinverse(n) ? g.apply(pow, n.args[0]!, MINUS_ONE) : n));
  const lengths: Lengths = new Map();
  return guarded(g, through(pipeline, g, quotients, witness), lengthsIn(short)).map((form, k) =>
    3 * lengthOf(form, lengths) <= 2 * lengthOf(quotients[k]!, lengths) ? form : short[k]!,
  );
}

/** What quotients by lengths that are 0 at 0 stand over. */
const lengthsIn = (roots: readonly Node[]): ReadonlySet<Node> =>
  new Set(topological(roots).flatMap((n) => (isPseudoinverse(n) ? [n.args[0]!] : [])));

/** A length that is still below a line divides as before: 0 at 0. */
const guarded = (g: Graph, forms: readonly Node[], lengths: ReadonlySet<Node>): Node[] =>
  mapGraph(g, forms, (n) => {
    if (n.kind !== 'apply' || n.operator !== pow || !lengths.has(n.args[0]!)) return n;
    const p = constantOf(n.args[1]!);
    return p && isNegative(p) && isInteger(p) ? power(g, g.apply(pseudoinverse, n.args[0]!), negated(p)) : n;
  });

const isPseudoinverse = (node: Node): node is Apply => node.kind === 'apply' && node.operator === pseudoinverse;

/**
 * Passes and normal forms in turn, as long as that changes anything. Each root has its own rounds: a form does not depend on
 * what else is asked for.
 */
function through({ purpose, passes, last = [] }: Pipeline, g: Graph, roots: readonly Node[], witness?: Witness): Node[] {
  const current = normalForms(g, roots, purpose, witness);
  let open = passes.length > 0 ? current.map((_, k) => k) : [];
  for (let round = 0; round < MOST_ROUNDS && open.length > 0; round++) {
    const before = open.map((k) => current[k]!);
    const shorter = passes.reduce((nodes, pass) => pass.apply(g, nodes), before);
    open.forEach((k, at) => {
      current[k] = shorter[at]!;
    });
    const changed = open.filter((_, at) => shorter[at] !== before[at] && isAtMost(MANY_NODES, [shorter[at]!], () => false));
    const next = normalForms(
      g,
      changed.map((k) => current[k]!),
      purpose,
      witness,
    );
    open = changed.filter((k, at) => next[at] !== before[open.indexOf(k)]);
    changed.forEach((k, at) => {
      current[k] = next[at]!;
    });
  }
  return last.reduce(
    (nodes, rule) => mapGraph(g, nodes, (n) => (n.kind === 'contraction' ? (rule.apply(g, n) ?? n) : n)),
    current,
  );
}
