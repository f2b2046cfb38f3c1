import { showShape } from '../graph/dimension.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError, locate, nearest } from '../language/diagnostics.ts';
import { constantElsewhere } from '../language/elsewhere/constants.ts';
import { withTranslation } from '../language/elsewhere/index.ts';
import { knownName } from '../language/names.ts';
import { treeOf } from '../language/parser.ts';
import type { Call, Expr, Span } from '../language/tree.ts';
import { listed } from '../language/visible.ts';
import { shapeOf, type Value } from '../operators/builder.ts';
import { functions } from '../operators/index.ts';
import type { Context } from './context.ts';
import { excerpt } from './excerpt.ts';
import { gluedNames } from './glued-names.ts';
import type { Scope } from './scope.ts';
import { unknownFunction } from './unknown-function.ts';

/** Names and calls that mean nothing here, with what they were meant to be. */

export function unknownName(name: string, span: Span, scope: Scope, text: string): GradusError {
  const place = scope.later.get(name);
  if (place) {
    const { line } = locate(text, place);
    return new GradusError('name', `${name} is used before it is defined`, {
      span,
      hint: `${name} is defined below, in line ${line}: move it up`,
    });
  }
  const message = `unknown name ${name}`;
  const glued = gluedNames(name, scope, text);
  if (glued) return new GradusError('name', message, { span, hint: `write ${glued.join('*')}` });
  const plain = new GradusError('name', message, { span });
  const here = withTranslation(plain, text, treeOf, !scope.within);
  if (here !== plain) return here;
  const alike = knownName(name, scope.names());
  const near = alike !== name ? alike : isDerivativeOf(name, scope) ? undefined : nearest(name, scope.names());
  if (near) return new GradusError('name', message, { span, note: `did you mean ${near}?` });
  const hint = scope.within ? aroundIt(name, scope) : `declare it: data ${name}, param ${name} or ${name} = …`;
  return new GradusError('name', message, { span, hint });
}

/** `dW` in a claim, where W is no definition and has no adjoint. */
const isDerivativeOf = (name: string, { within, values }: Scope): boolean =>
  within && /^[d∂]./.test(name) && values.has(name.slice(1));

/** The names that a claim may use: those of its source, and the adjoints. `dW` is the derivative by W itself. */
function aroundIt(name: string, scope: Scope): string {
  const by = name.slice(1);
  const isSlope = /^[d∂]/.test(name);
  if (isSlope && scope.values.has(by)) return `${name} is the derivative by ${by}, which is to be written out`;
  const names = [...scope.values.keys()];
  if (!isSlope) return `there are ${listed(names)}`;
  // Who writes `d0` means what arrives somewhere: of many names those come first.
  const [slopes, others] = [names.filter((n) => n.startsWith('d')), names.filter((n) => !n.startsWith('d'))];
  return `there are ${listed([...slopes, ...others])}`;
}

/** What stands where an axis is expected. */
export function noAxis(expr: Call, value: Value, { text }: Context): GradusError {
  const last = expr.args[expr.args.length - 1]!;
  const [array, ...others] = expr.args.slice(0, -1).map((arg) => excerpt(text, arg.span));
  const given = [array, ...others].join(', ');
  const lengths = shapeOf(value).filter((dim, axis, shape) => typeof dim === 'string' && shape.indexOf(dim) === axis);
  return new GradusError(
    'argument',
    `${excerpt(text, last.span)} is no axis of ${array}, which is ${showShape(shapeOf(value))}`,
    {
      span: last.span,
      hint: [...lengths, 'rows', 'cols'].map((axis) => `${expr.callee}(${given}, ${axis})`).join(', '),
    },
  );
}

/**
 * `f'(2)` of a quantity f = x^2: the derivative of a function is meant, and a product would be read.
 * @throws GradusError `name` for a number that is called so
 */
function refusePrimed({ args: [of], span }: Call, { node }: Value, text: string): void {
  if (node.kind !== 'definition' || text[span.end] !== '(') return;
  let base = of!;
  while (base.kind === 'call' && base.callee === 'transpose') base = base.args[0]!;
  const parts = topological([node]);
  if (base.kind !== 'name' || base.name !== node.name || parts.some((part) => part.shape.length > 0)) return;
  const [by, ...others] = parts.flatMap((part) => (part.kind === 'variable' ? [part.name] : []));
  const named = by !== undefined && !parts.some((part) => part.kind === 'definition' && part !== node);
  const own = new RegExp(`(?<![\\p{L}\\p{N}_])${base.name}(?=\\s*=(?!=))`, 'u');
  const line =
    named && !text.includes('\n') && text.length <= 100 && own.test(text) ? text.trim().replace(own, `$&(${by})`) : undefined;
  const written = line ? `write ${line}` : `a derivative is written diff(${base.name}, ${by ?? 'x'})`;
  throw new GradusError('name', `${base.name} is a number, not a function`, {
    span: { start: base.span.start, end: span.end },
    hint: others.length === 0 ? written : `it is made of ${listed([by!, ...others])}: by ${by}, ${written}`,
  });
}

/** The transpose of a number is that number; whoever writes one may mean a derivative. */
export function warnOfTranspose(expr: Call, value: Value, { scope, text }: Context): void {
  const {
    args: [of],
    span,
  } = expr;
  refusePrimed(expr, value, text);
  if (!scope.open || scope.shapes.size > 0 || value.node.shape.length > 0 || value.indices.length > 0) return;
  const written = excerpt(text, of!.span);
  // A second prime says nothing more.
  if (of!.kind === 'call' && of!.callee === 'transpose') return;
  const [by, ...others] = [...scope.free.keys()].filter((name) => name !== written);
  const isCall = of!.kind === 'name' && /^\p{Ll}$/u.test(written) && text[span.end] === '(';
  const hint =
    isCall && !text.includes('\n') && text.length <= 100
      ? functions.has(written)
        ? `for the derivative write diff(${written}(x), x)`
        : `for the derivative of a function write function ${written}(x); ${text.trim()}`
      : by === undefined || others.length > 0
        ? 'a derivative is written diff(f, x)'
        : `for the derivative write diff(${written}, ${by})`;
  scope.warnings.push({
    message: `the transpose of ${written}, which is a scalar, is ${written} itself`,
    span,
    hint,
  });
}

/** `E^x`, `sin(Pi*x)`: numbers elsewhere, and names here. */
export function warnOfConstants({ free, warnings }: Scope, text: string): void {
  for (const name of free.keys()) {
    const here = constantElsewhere(name, text);
    if (here) warnings.push({ message: `${name} is read as a name`, hint: `for the number write ${here}` });
  }
}

export function noFunction(expr: Call, { scope, locals, text }: Context): GradusError {
  const { callee, args, at } = expr;
  const texts = args.map(({ span }) => excerpt(text, span));
  const value = locals.get(callee) ?? scope.values.get(callee);
  if (value) {
    const hint = isPlace(args, value, scope)
      ? `write ${callee}[${texts.join(', ')}]`
      : `for the product write ${callee}*(${texts.join(', ')})`;
    return withTranslation(new GradusError('name', `${callee} is not a function`, { span: at, hint }), text, treeOf);
  }
  const declared = scope.functions.get(callee.replace(/'+$|_\d+$/, ''));
  if (declared && !declared.value) {
    const hint = `its derivative by its first argument is ${declared.name}_1(${texts.join(', ')})`;
    return new GradusError('name', `unknown function ${callee}`, { span: at, hint });
  }
  // The whole line reads better than the call alone, where there is more in it.
  const told = withTranslation(new GradusError('name', `unknown function ${callee}`, { span: at }), text, treeOf);
  if (told.hint?.startsWith('write ')) return told;
  const error = unknownFunction(expr, scope.functions.keys(), texts);
  return error.note === undefined && !error.hint?.startsWith('write ') ? withTranslation(error, text, treeOf) : error;
}

/** `x(1)`, `A(i, j)`: the places of an array, as other languages write them. */
const isPlace = (args: readonly Expr[], value: Value, { free }: Scope): boolean =>
  args.length > 0 &&
  args.length <= shapeOf(value).length &&
  args.every((arg) => (arg.kind === 'number' && /^\d+$/.test(arg.text)) || (arg.kind === 'name' && free.has(arg.name)));

/**
 * Work on a source: a call with the arguments that it has in another language is shown with those that it has here.
 * @throws GradusError what the work throws, with the spelling where there is one
 */
export function argumentsElsewhere<T>(text: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const other = error instanceof GradusError && error.code === 'argument' && !/(?:^|\s)write /.test(error.hint ?? '');
    throw other ? withTranslation(error, text, treeOf) : error;
  }
}

/** In a source with a name T `X^T` is no transpose, and for an array a power by a name is none either. */
export function refuseNamedT({ args: [base, exponent], span }: Call, text: string): void {
  if (exponent?.kind !== 'name' || exponent.name !== 'T' || !/\^\s*T$/.test(text.slice(span.start, span.end))) return;
  const array =
    text.slice(span.start, base!.span.end) +
    text
      .slice(base!.span.end, exponent.span.start)
      .replace(/\^\s*$/, '')
      .trim();
  throw new GradusError('shape', 'T is a name here, so ^T is a power, which an array has by an integer only', {
    span,
    hint: `the transpose is written ${array}', the power entry by entry ${array}.^T`,
  });
}
