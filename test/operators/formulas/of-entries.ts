import { doubles, evaluate } from '../../../src/compile/index.ts';
import { Graph } from '../../../src/graph/graph.ts';
import { isDerivable, type Operator } from '../../../src/operators/operator.ts';
import { domainPoints, relative } from '../../support/sample.ts';
import { calls } from './calls.ts';
import { type Clause, clausesOf } from './clauses.ts';
import { meaningOf, type Scope } from './notation.ts';
import { asNumber } from './values.ts';

/** What a formula of a function of single entries says, beside the partial derivatives that its record states. */

const LETTERS: Readonly<Record<string, string>> = {
  pow: 'up',
  where: 'cuv',
  clip: 'uab',
  leaky_relu: 'ua',
  elu: 'ua',
  atan2: 'vu',
  nthRoot: 'un',
  uppergamma: 'au',
  polygamma: 'nu',
  polylog: 'nu',
  besselj: 'nu',
  bessely: 'nu',
  besseli: 'nu',
  besselk: 'nu',
  elliptic_f: 'φm',
  elliptic_e: 'φm',
  'log-difference': 'vδ',
  'power-difference': 'vδp',
  'atan-difference': 'vδ',
  'root-of-sum': 'wt',
  'log-mixture': 'aubv',
};

export const lettersOf = ({ name, arity }: Operator): string[] => [...(LETTERS[name] ?? 'uvw'.slice(0, arity))];

const POINTS = 6;
/** Where one case ends and another begins. */
const BORDERS = [0, 1, -1, 6];
const RATES = [0.7, -1.3, 0.4];
const CLOSE = 1e-8;

/** What is not so, in words. */
export function entrywiseFaults(
  operator: Operator,
  formula: string,
  moving?: readonly number[],
  own = lettersOf(operator),
): string[] {
  const clauses = clausesOf(formula);
  const points = domainPoints(operator, POINTS);
  const isCases = formula.includes(' if ');
  const borders = isCases ? [...BORDERS.map((x) => own.map(() => x)), ...points.map((point) => point.toReversed())] : [];
  return [...points, ...borders].flatMap((point) =>
    clauses.flatMap((clause) => faultsOf(operator, clause, { own, point, moving: moving ?? [0] })),
  );
}

interface Place {
  readonly own: readonly string[];
  readonly point: readonly number[];
  readonly moving: readonly number[];
}

function faultsOf(operator: Operator, clause: Clause, { own, point, moving }: Place): string[] {
  const letters = new Map(own.map((letter, k) => [letter, point[k]!]));
  const known = new Set(own);
  const worth = (text: string, scope: Scope, bare = false) => asNumber(meaningOf(text, calls, known, bare)(scope));
  const still: Scope = { letters, rates: new Map(), own };
  const wrong = (what: string, found: number, meant: number): string[] =>
    relative(found, meant) < CLOSE ? [] : [`${what} is ${found}, and ${meant} by the record, at ${point}`];
  switch (clause.kind) {
    case 'at': {
      const at = own.map((letter) => (letter === 'u' ? clause.place : letters.get(letter)!));
      return wrong(`at ${clause.place} it`, Number(clause.is), partialsAt(operator, at)[0]!);
    }
    case 'equal':
      return clause.is.flatMap((side) => wrong(side, worth(side, still), worth(clause.of, still)));
    case 'differential':
      throw new Error('a function of entries has no differential');
    default: {
      const rates = ratesOf(clause, own, moving, operator);
      const scope: Scope = { ...still, rates };
      const partials = partialsAt(operator, point);
      const meant = own.reduce((sum, letter, k) => sum + (rates.get(letter) ?? 0) * partials[k]!, 0);
      const bare = clause.kind === 'dash' && clause.bare;
      const value = clause.of === '' ? [] : wrong(clause.of, worth(clause.of, still), operator.kernel(...point));
      return [...value, ...clause.is.flatMap((side) => wrong(side, worth(side, scope, bare), meant))];
    }
  }
}

function ratesOf(
  clause: Clause & { kind: 'dash' | 'by' },
  own: readonly string[],
  moving: readonly number[],
  operator: Operator,
) {
  if (clause.kind === 'by') return new Map([[clause.by, 1]]);
  const dashed = own.filter((letter) => clause.is.some((side) => side.includes(`${letter}′`)));
  const first = moving.find((k) => isDerivable(operator, k)) ?? own.findIndex((_, k) => isDerivable(operator, k));
  // u is a letter of a function itself: by the chain rule everything that moves does so at a rate.
  return dashed.length > 0 ? new Map(dashed.map((letter, k) => [letter, RATES[k]!])) : new Map([[own[first]!, 1]]);
}

/** The partial derivatives of the record; 0 by an order. */
function partialsAt(operator: Operator, point: readonly number[]): number[] {
  const g = new Graph();
  const args = point.map((x, k) => (operator.orders?.includes(k) ? g.constant(x) : g.variable(`x${k}`)));
  const y = g.apply(operator, ...args);
  return operator.partials.map((partial, k) => {
    if (!isDerivable(operator, k)) return 0;
    const input = (name: string) => ({ shape: [], data: [point[Number(name.slice(1))]!] });
    return evaluate([partial(g, args, y)], (v) => input(v.name), new Map(), doubles)[0]!.data[0]!;
  });
}
