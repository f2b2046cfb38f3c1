import { parse } from '../../../src/language/parser.ts';
import type { Call, Expr, IndexBinder, Statement, Subscript } from '../../../src/language/tree.ts';

/**
 * How many nodes a text has, whoever wrote it: each leaf and each application of a function is one, an operator between n
 * operands n − 1. A minus within a sum is the sum's, as in a − b; a power with a minus in front of the exponent is one over
 * a power; x^(1/3) is the root that it is. A definition counts what it defines, its name and its sign.
 */
export const nodesOf = (text: string): number => parse(text).statements.reduce((n, s) => n + ofStatement(s), 0);

function ofStatement(statement: Statement): number {
  switch (statement.kind) {
    case 'objective':
      return of(statement.value);
    case 'assignment':
      return 2 + of(statement.value);
    case 'entries':
      return 2 + statement.subscripts.reduce((n, s) => n + ofSubscript(s), 0) + of(statement.value);
    default:
      throw new Error(`a ${statement.kind} is not measured: write the case for it`);
  }
}

const all = (list: readonly Expr[]): number => list.reduce((n, e) => n + of(e), 0);

function of(e: Expr): number {
  switch (e.kind) {
    case 'number':
    case 'name':
      return 1;
    case 'call':
      return ofCall(e);
    case 'subscripted':
      return of(e.target) + e.subscripts.reduce((n, s) => n + ofSubscript(s), 0);
    case 'indexed':
      return 1 + e.indices.reduce((n, b) => n + ofBinder(b), 0) + all(e.args);
    case 'bracket':
      return 1 + e.rows.reduce((n, row) => n + all(row), 0);
  }
}

/** 1/2, 1/3: the exponent of a root. */
const isPartOfOne = (e: Expr): boolean =>
  e.kind === 'call' &&
  e.callee === '/' &&
  e.args.every((a) => a.kind === 'number') &&
  (e.args[0] as { text: string }).text === '1';

const isMinus = (e: Expr): e is Call => e.kind === 'call' && e.callee === '-' && e.args.length === 1;

function ofCall({ callee, args }: Call): number {
  if (/^[\p{L}_]/u.test(callee) && callee !== 'and' && callee !== 'or') return 1 + all(args);
  if (args.length === 1) return 1 + all(args);
  const terms = callee === '+' || callee === '-' ? args.map((a) => (isMinus(a) ? a.args[0]! : a)) : args;
  if ((callee === '^' || callee === '.^') && isPartOfOne(args[1]!)) return 1 + of(args[0]!);
  const below = (callee === '^' || callee === '.^') && isMinus(args[1]!) ? 1 : 0;
  return args.length - 1 + all(terms) + below;
}

function ofSubscript(s: Subscript): number {
  if (s.kind === 'at') return of(s.index);
  if (s.kind === 'binder') return ofBinder(s.index);
  return all([s.from, s.to].filter((e) => e !== undefined));
}

const ofBinder = ({ from, to }: IndexBinder): number => 1 + all([from, to].filter((e) => e !== undefined));
