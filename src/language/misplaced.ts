import { GradusError } from './diagnostics.ts';
import { visitExpressions } from './parts.ts';
import type { Call, Expr, Statement } from './tree.ts';
import { WrittenNames } from './written-names.ts';

/** What stands at a function's name elsewhere: an index below it, `sum_i(x_i)`, or its argument above it, `exp^x`. */

const INDEXED = /^(sum|prod|Σ|Π|max|min|mean|logsumexp)_(\p{L})$/u;

/** @throws GradusError `syntax` with the function in brackets */
export function refuseMisplaced(text: string, statements: readonly Statement[]): void {
  if (!/_\p{L}\s*\(|\bexp\s*\.?\^|\^\s*1\s*\/|\bd\s*\/\s*d|\bd\p{L}\w*\s*\^/u.test(text)) return;
  const names = new WrittenNames(text);
  visitExpressions(statements, (expr) => {
    if (expr.kind !== 'call') return;
    const index = INDEXED.exec(expr.callee);
    if (index && !names.parameters(expr.callee)) throw indexed(text, expr, index);
    const [base, exponent] = expr.args;
    if (expr.callee === '/') {
      refuseHalfPower(text, expr);
      refuseBracketed(text, expr, names);
      refuseDifferential(text, expr, names);
    }
    if ((expr.callee === '^' || expr.callee === '.^') && base?.kind === 'name' && base.name === 'exp' && !names.declares('exp')) {
      const size = text.slice(exponent!.span.start, exponent!.span.end);
      throw new GradusError('syntax', 'exp is a function, which takes no exponent', {
        span: expr.span,
        hint: `write exp(${size})`,
      });
    }
  });
}

/**
 * `x^1/2`: nobody writes a first power.
 * @throws GradusError `syntax` with both spellings
 */
function refuseHalfPower(text: string, { args, span, at }: Call): void {
  const [power, divisor] = args;
  if (power?.kind !== 'call' || power.callee !== '^' || power.args[1]?.kind !== 'number' || power.args[1].text !== '1') return;
  const [base, one] = power.args as readonly [Expr, Expr];
  if (base.kind === 'number' || divisor?.kind !== 'number') return;
  if (text.slice(one.span.end, at.start).trim() !== '' || text.slice(power.at.end, one.span.start).trim() !== '') return;
  const below = text.slice(divisor.span.start, divisor.span.end);
  const whole = text.slice(base.span.start, power.at.start).trim();
  throw new GradusError('syntax', `\`${text.slice(span.start, span.end)}\` can be read in two ways`, {
    span,
    hint: `write ${whole}^(1/${below}) or ${whole}/${below}`,
  });
}

/**
 * `(d/dx) x^2`: in brackets it is a quotient, of names that are none.
 * @throws GradusError `syntax` without the brackets
 */
function refuseBracketed(text: string, { args: [above, below], span }: Call, names: WrittenNames): void {
  if (above?.kind !== 'name' || above.name !== 'd' || below?.kind !== 'name' || !/^d\p{L}/u.test(below.name)) return;
  if (names.declares('d') || names.declares(below.name)) return;
  const [open, close] = [/\(\s*$/.exec(text.slice(0, span.start)), /^\s*\)\s*/.exec(text.slice(span.end))];
  if (!open || !close) {
    // `d/dx*sin(x)`: what is derived is no factor.
    const factor = /^\s*[*·]\s*([^\n;]+)/.exec(text.slice(span.end));
    const of = factor?.[1]?.trim() ?? `${below.name.slice(1)}^2`;
    throw new GradusError('syntax', `what is derived by ${below.name.slice(1)} is missing`, {
      span: { start: span.start, end: span.end + (factor?.[0].length ?? 0) },
      hint: `write d/${below.name} (${of})`,
    });
  }
  const rest = /^[^\n;]*/.exec(text.slice(span.end + close[0].length))![0].trim();
  throw new GradusError('syntax', `a derivative by ${below.name.slice(1)} stands before what is derived without brackets`, {
    span: { start: open.index, end: span.end + close[0].trimEnd().length },
    hint: `write ${text.slice(span.start, span.end)} ${rest === '' ? '(x^2)' : rest}`,
  });
}

/**
 * `dx^2/dx`: to the rules a power of dx, to whoever writes it the derivative of one of x.
 * @throws GradusError `syntax` with the power in brackets
 */
function refuseDifferential(text: string, { args: [left, below], span }: Call, names: WrittenNames): void {
  const above = left?.kind === 'call' && left.callee === '*' ? left.args[left.args.length - 1] : left;
  if (above?.kind !== 'call' || above.callee !== '^' || below?.kind !== 'name' || !/^d\p{L}/u.test(below.name)) return;
  const [base, exponent] = above.args as readonly [Expr, Expr];
  if (base.kind !== 'name' || base.name !== below.name || names.declares(below.name)) return;
  const power = `${below.name.slice(1)}^${text.slice(above.at.end, exponent.span.end).trim()}`;
  throw new GradusError('syntax', `a differential such as ${below.name} has no power`, {
    span: { start: above.span.start, end: span.end },
    hint: `write d/${below.name} (${power})`,
  });
}

function indexed(text: string, { args, at, span }: Call, [name, reduction, index]: RegExpExecArray): GradusError {
  const inside = args.map((arg) => text.slice(arg.span.start, arg.span.end)).join(', ');
  const written = inside.replace(new RegExp(`(\\p{L}+)_${index}(?![\\p{L}\\p{Nd}_])`, 'gu'), `$1[${index}]`);
  const callee = { Σ: 'sum', Π: 'prod' }[reduction!] ?? reduction;
  const hint = `${text.slice(0, span.start)}${callee}[${index}](${written})${text.slice(span.end)}`.split('\n');
  const line = text.slice(0, span.start).split('\n').length - 1;
  return new GradusError('syntax', `the index of ${name} stands in brackets`, { span: at, hint: `write ${hint[line]}` });
}
