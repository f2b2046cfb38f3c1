import { across, extent, items, type List, list, nameOf } from './build.ts';
import { GradusError } from './diagnostics.ts';
import { UNDEFINABLE } from './elsewhere/equations.ts';
import { fold } from './fold.ts';
import { type Run, spanOf } from './run.ts';
import type { Token } from './tokens.ts';
import type {
  Assignment,
  Call,
  Declaration,
  EntryAssignment,
  Expr,
  FunctionDefinition,
  Initial,
  Name,
  Objective,
  Role,
  Statement,
} from './tree.ts';

/** The statements of a whole source; each is completed once, by its end. */
export function gather(before: Statement[], more: readonly Statement[]): Statement[] {
  for (const statement of more) before.push(statement);
  return before;
}

/** What is written of one declared name before the statement's end is known. */
interface Draft {
  readonly name: Token;
  readonly end: number;
  readonly shape?: { readonly open: Token; readonly dims: List<Run>; readonly close: Token };
  readonly initial?: { readonly sign: Token; readonly run: Run };
  readonly facts?: List<Name>;
  readonly columns?: { readonly word: Token; readonly names: List<Token> };
  readonly parameters?: readonly Expr[];
}

export function declared(name: Token): Draft {
  return { name, end: name.end };
}

export function shaped(name: Token, open: Token, dims: List<Run>, close: Token): Draft {
  return { name, end: close.end, shape: { open, dims, close } };
}

/** `f(x, y)`, of a function that is declared. */
export function called(name: Token, args: List<Run>, close: Token): Draft {
  return { name, end: close.end, parameters: items(args).map(fold) };
}

export function withFact(draft: Draft, fact: Token): Draft {
  return { ...draft, end: fact.end, facts: list(nameOf(fact), draft.facts) };
}

/** `from x1, x2`. */
export function filled(draft: Draft, word: Token, names: List<Token>): Draft {
  return { ...draft, end: names.item.end, columns: { word, names } };
}

export function initialised(draft: Draft, sign: Token, run: Run): Draft {
  return { ...draft, end: extent(run).end, initial: { sign, run } };
}

export function declarations(role: Token, drafts: List<Draft>): Statement[] {
  if (role.text === 'function') return items(drafts).map(unknownFunction);
  const wrong = items(drafts).find((draft) => draft.parameters);
  if (wrong) {
    throw new GradusError('syntax', `${role.text} declares a name, not a function`, {
      span: spanOf(wrong.name),
      hint: `a function is defined as ${wrong.name.text}(x) = …; one of which nothing is known is declared as function ${wrong.name.text}(x)`,
    });
  }
  return items(drafts).map(
    ({ name, end, shape, initial, facts, columns }): Declaration => ({
      kind: 'declaration',
      role: role.text as Role,
      name: name.text,
      at: spanOf(name),
      ...(shape && { shape: { dims: items(shape.dims).map(fold), span: across(shape.open, shape.close) } }),
      ...(initial && { initial: initialValue(initial.sign, initial.run) }),
      facts: facts ? items(facts) : [],
      ...(columns && { columns: items(columns.names).map(nameOf) }),
      span: { start: name.start, end },
    }),
  );
}

function unknownFunction({ name, end, shape, initial, facts, columns, parameters }: Draft): FunctionDefinition {
  const span = { start: name.start, end };
  if (parameters && !shape && !initial && !facts && !columns)
    return { kind: 'function', name: name.text, at: spanOf(name), parameters: parameters.map(parameter), span };
  throw new GradusError('syntax', 'a function is declared with its parameters, and with nothing else', {
    span,
    hint: `function ${name.text}(x); what it is is written ${name.text}(x) = …`,
  });
}

function initialValue(sign: Token, run: Run): Initial {
  const expr = fold(run);
  const span = extent(run);
  if (sign.text === '=') return { kind: 'value', value: expr, span };
  if (expr.kind === 'name') return { kind: 'initializer', name: expr.name, args: [], span };
  if (expr.kind === 'call' && run.length === 1) return { kind: 'initializer', name: expr.callee, args: expr.args, span };
  const hint = 'for example ~ normal(0, 0.1), ~ uniform(-1, 1), ~ xavier; a fixed start is written = value';
  throw new GradusError('syntax', 'after `~` the name of an initializer is expected', { span, hint });
}

/** `name = …`, `f(z) = …`, `C[i, j] = …`. */
export function definition(target: Run, value: Run): Assignment | EntryAssignment | FunctionDefinition {
  const [head, second] = target;
  const span = across(extent(target), extent(value));
  // In parentheses it would not be a name but an expression.
  const bare = head?.type === 'operand' && head.start === head.expr.span.start ? head.expr : undefined;
  if (bare?.kind === 'name' && target.length === 1) {
    return { kind: 'assignment', name: bare.name, at: bare.span, value: fold(value), span };
  }
  if (bare?.kind === 'name' && target.length === 2 && second?.type === 'subscripts') {
    return { kind: 'entries', name: bare.name, at: bare.span, subscripts: second.list, value: fold(value), span };
  }
  if (bare?.kind === 'call' && target.length === 1 && isWritten(bare)) {
    return { kind: 'function', name: bare.callee, at: bare.at, parameters: bare.args.map(parameter), value: fold(value), span };
  }
  throw new GradusError('syntax', UNDEFINABLE, {
    span: extent(target),
    hint: 'a definition is written name = …, C[i,j] = … or f(x) = …; equality is compared with ==',
  });
}

/** `metric accuracy = …`. */
export function metric(word: Token, target: Run, value: Run): Assignment {
  const defined = definition(target, value);
  if (defined.kind === 'assignment') return { ...defined, metric: true, span: across(word, defined.span) };
  throw new GradusError('syntax', 'a metric is one number with a name', {
    span: extent(target),
    hint: 'it is written metric accuracy = …',
  });
}

/** Whether a call is written with its name: `|x|` has a sign instead, shorter than `abs`. */
function isWritten({ callee, at }: Call): boolean {
  return /^[\p{L}_]/u.test(callee) && at.end - at.start >= callee.length;
}

function parameter(expr: Expr): Name {
  if (expr.kind === 'name') return expr;
  throw new GradusError('syntax', 'a parameter of a function is a name', {
    span: expr.span,
    hint: 'a function is defined as f(x, y) = …',
  });
}

export function objective(sense: Token | undefined, target: Run | undefined, value: Run): Objective {
  const span = across(sense ?? extent(value), extent(value));
  const goal = { kind: 'objective', sense: (sense?.text ?? 'none') as Objective['sense'], value: fold(value), span } as const;
  if (!target) return goal;
  const [head] = target;
  if (target.length === 1 && head?.type === 'operand' && head.expr.kind === 'name') return { ...goal, name: head.expr.name };
  throw new GradusError('syntax', `after \`${sense?.text}\` a name is expected before \`=\``, {
    span: extent(target),
    hint: `an objective is written ${sense?.text} Cost = … or ${sense?.text} …; equality is compared with ==`,
  });
}
