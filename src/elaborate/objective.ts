import { showShape } from '../graph/dimension.ts';
import type { Node } from '../graph/node.ts';
import { GradusError } from '../language/diagnostics.ts';
import { translated, withTranslation } from '../language/elsewhere/index.ts';
import { treeOf } from '../language/parser.ts';
import type { Assignment, Objective, Source } from '../language/tree.ts';
import type { Definition, Model } from '../model/model.ts';
import { namesIn, written } from './written.ts';

/**
 * What is minimized is one number; an array as the last expression has a Jacobian.
 * @throws GradusError `shape` for `minimize` or `maximize` of an array
 */
export function requireScalar({ sense, name, value: written }: Objective, { shape }: Node, text: string): void {
  if (sense === 'none' || shape.length === 0) return;
  throw new GradusError('shape', `only a scalar can be ${sense}d`, {
    span: written.span,
    note: `this is ${showShape(shape)}`,
    hint: `${sense} ${name ? `${name} = ` : ''}sum(${text.slice(written.span.start, written.span.end)})`,
  });
}

/** @throws GradusError `shape` for a metric that is an array */
export function requireNumber({ name, value }: Assignment, { shape }: Node): void {
  if (shape.length === 0) return;
  throw new GradusError('shape', `the metric ${name} is an array: a metric is one number`, {
    span: value.span,
    note: `this is ${showShape(shape)}`,
    hint: 'take its mean(…) or its sum(…)',
  });
}

/** What stands beside an objective: a comment of another language, or an expression that wants a name. */
export function secondObjective(second: Objective, source: Source, known: readonly string[]): GradusError {
  const { text, statements } = source;
  const prose = statements.find(
    (s) => s.kind === 'objective' && s.sense === 'none' && /^[\p{L} \t]{3,}$/u.test(written(text, s)),
  );
  const taken = new Set([...known, ...namesIn(source)]);
  const name = second.name ?? ['f', 'g', 'h', 'y', 'z'].find((letter) => !taken.has(letter)) ?? 'other';
  const { span, line } = prose
    ? { span: prose.span, line: `# ${written(text, prose)}` }
    : { span: second.span, line: `${name} = ${translated(written(text, second.value), text) ?? written(text, second.value)}` };
  const hint = line.length <= 100 ? `write ${line}` : 'name the other: name = …';
  return withTranslation(new GradusError('argument', 'a source has one objective', { span, hint }), text, treeOf);
}

/** An expression that is given as definitions only is about the last of them. */
export function lastDefinition({ statements }: Source, definitions: readonly Definition[]): Model['objective'] {
  const [last, statement] = [definitions.at(-1), statements.at(-1)];
  return last && statement && { node: last.node, name: last.name, sense: 'none', span: statement.span };
}
