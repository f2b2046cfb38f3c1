import { treeOf } from '../../../src/language/parser.ts';
import type { Declaration, Initial, Statement } from '../../../src/language/tree.ts';
import { typeset } from '../../../src/render/katex.ts';
import { latexExpr, latexName, printLatex } from '../../../src/render/latex.ts';
import type { Tasks } from '../engine/protocol.ts';
import './typeset.ts';

/** A line as it is typed, as mathematics writes it; undefined where it cannot be read, or says nothing. */
export function line({ text }: Tasks['line']['ask']): string | undefined {
  const statements = treeOf(text)?.statements ?? [];
  return statements.length === 0 ? undefined : typeset(statements.map(written).join(',\\quad '));
}

const written = (statement: Statement): string =>
  statement.kind === 'declaration' ? declared(statement) : `\\displaystyle ${printLatex([statement])}`;

/** `W \in ℝ^{2×m}`, with what it is or starts from. */
function declared({ name, shape, initial }: Declaration): string {
  const own = latexName(name);
  const sizes = shape && shape.dims.length > 0 ? `^{${shape.dims.map((dim) => latexExpr(dim)).join(' \\times ')}}` : '';
  const space = `${own} \\in \\mathbb{R}${sizes}`;
  if (!initial) return space;
  return shape ? `${space},\\; ${own} ${begun(initial)}` : `${own} ${begun(initial)}`;
}

function begun(initial: Initial): string {
  if (initial.kind === 'value') return `= ${latexExpr(initial.value)}`;
  const { name, args } = initial;
  return `\\sim \\operatorname{${name}}${args.length > 0 ? `(${args.map((arg) => latexExpr(arg)).join(', ')})` : ''}`;
}
