import { INFIX } from '../../src/language/precedence.ts';
import type { Expr, IndexBinder, Statement, Subscript } from '../../src/language/tree.ts';

/** The tree in prefix notation, for comparison: `(+ a (* b c))`. */
export function prefixed(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return expr.text;
    case 'name':
      return expr.name;
    case 'call':
      return `(${[expr.callee, ...expr.args.map(prefixed)].join(' ')})`;
    case 'subscripted':
      return `${prefixed(expr.target)}[${expr.subscripts.map((subscript) => subscriptIn(prefixed, subscript)).join(', ')}]`;
    case 'indexed':
      return `(${expr.callee}[${expr.indices.map((index) => binderIn(prefixed, index)).join(', ')}] ${expr.args.map(prefixed).join(' ')})`;
    case 'bracket':
      return `[${expr.rows.map((row) => row.map(prefixed).join(', ')).join('; ')}]`;
  }
}

/** The tree in the language itself, with every parenthesis and no rule of precedence used. */
export function parenthesised(expr: Expr): string {
  switch (expr.kind) {
    case 'number':
      return expr.text;
    case 'name':
      return expr.name;
    case 'call': {
      const args = expr.args.map(parenthesised);
      if (expr.callee === 'where' && args.length === 3) return `(${args[0]} ? ${args[1]} : ${args[2]})`;
      if (args.length > 1 && INFIX.has(expr.callee)) return `(${args.join(` ${expr.callee} `)})`;
      if (expr.callee === '-' || expr.callee === 'not') return `(${expr.callee} ${args[0]})`;
      if (expr.callee === 'transpose') return `(${args[0]})'`;
      return `${expr.callee}(${args.join(', ')})`;
    }
    case 'subscripted':
      return `(${parenthesised(expr.target)})[${expr.subscripts.map((subscript) => subscriptIn(parenthesised, subscript)).join(', ')}]`;
    case 'indexed':
      return `${expr.callee}[${expr.indices.map((index) => binderIn(parenthesised, index)).join(', ')}](${expr.args.map(parenthesised).join(', ')})`;
    case 'bracket':
      return `[${expr.rows.map((row) => row.map(parenthesised).join(', ')).join('; ')}]`;
  }
}

export function stated(statement: Statement): string {
  switch (statement.kind) {
    case 'declaration': {
      const { role, name, shape, facts, columns, initial } = statement;
      const start =
        initial?.kind === 'value'
          ? ['=', prefixed(initial.value)]
          : initial
            ? ['~', initial.name, ...initial.args.map(prefixed)]
            : [];
      return [
        role,
        name,
        ...(shape ? [`[${shape.dims.map(prefixed).join(', ')}]`] : []),
        ...facts.map((f) => f.name),
        ...(columns ? [`from ${columns.map((c) => c.name).join(', ')}`] : []),
        ...start,
      ].join(' ');
    }
    case 'assignment':
      return `${statement.name} = ${prefixed(statement.value)}`;
    case 'entries': {
      const subscripts = statement.subscripts.map((subscript) => subscriptIn(prefixed, subscript)).join(', ');
      return `${statement.name}[${subscripts}] = ${prefixed(statement.value)}`;
    }
    case 'function':
      return `${statement.name}(${statement.parameters.map(prefixed).join(', ')})${statement.value ? ` = ${prefixed(statement.value)}` : ''}`;
    case 'objective':
      return [statement.sense, ...(statement.name ? [statement.name, '='] : []), prefixed(statement.value)].join(' ');
  }
}

function subscriptIn(write: (expr: Expr) => string, subscript: Subscript): string {
  if (subscript.kind === 'at') return write(subscript.index);
  if (subscript.kind === 'binder') return binderIn(write, subscript.index);
  return `${subscript.from ? write(subscript.from) : ''}:${subscript.to ? write(subscript.to) : ''}`;
}

function binderIn(write: (expr: Expr) => string, { name, from, to }: IndexBinder): string {
  return from && to ? `${name}=${write(from)}:${write(to)}` : name;
}
