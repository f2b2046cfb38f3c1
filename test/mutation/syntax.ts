import { parseAst } from 'vitest/node';

/** A node of the tree (ESTree), as far as it is looked at here. */
export interface Syntax {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly operator?: string;
  readonly name?: string;
  readonly value?: unknown;
  readonly left?: Syntax;
  readonly right?: Syntax;
  readonly [part: string]: unknown;
}

/** Each node that has a value when the program runs, with what stands around it, from the nearest outwards. */
export function* nodes(source: string): Generator<{ node: Syntax; around: readonly Syntax[] }> {
  const pending: { node: Syntax; around: readonly Syntax[] }[] = [];
  const enter = (part: unknown, around: readonly Syntax[]) => {
    if (Array.isArray(part)) for (const p of part) enter(p, around);
    else if (isSyntax(part) && !isLeftOut(part)) pending.push({ node: part, around });
  };
  enter(parseAst(source, { lang: 'ts' }), []);
  for (let next = pending.pop(); next; next = pending.pop()) {
    yield next;
    const { node, around } = next;
    const inner = [node, ...around];
    for (const [name, part] of Object.entries(node)) if (!isKey(node, name)) enter(part, inner);
  }
}

const isSyntax = (part: unknown): part is Syntax =>
  typeof part === 'object' && part !== null && 'type' in part && 'start' in part;

/** Expressions in clothes of types. */
const CLOTHED = new Set(['TSNonNullExpression', 'TSAsExpression', 'TSSatisfiesExpression']);

/** Types are gone when the program runs, and what an error says is no behaviour of the mathematics. */
const isLeftOut = (node: Syntax): boolean => {
  if (node.type.startsWith('TS')) return !CLOTHED.has(node.type);
  if (/^(Import|ExportAll|ThrowStatement)/.test(node.type)) return true;
  if (node.type === 'NewExpression') return /Error$|^TooLong$/.test((node.callee as Syntax).name ?? '');
  return false;
};

/** Names of properties look like expressions, and are none. */
const isKey = (node: Syntax, part: string): boolean =>
  (part === 'key' && !node.computed) || (part === 'property' && node.type === 'MemberExpression' && !node.computed);
