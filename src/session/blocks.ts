import { attempt } from '../language/attempt.ts';
import { GradusError } from '../language/diagnostics.ts';
import { canonicalName } from '../language/names.ts';
import { parse } from '../language/parser.ts';
import type { Name } from '../language/tree.ts';
import type { Model } from '../model/model.ts';
import { answerLines, type Piece } from './expressions.ts';
import { withExpression } from './printed.ts';
import { type ReplState, sessionModel } from './state.ts';
import { asciiValue } from './values.ts';

/** A block of a derivative by several names, as an expression of its own. */
interface Block {
  /** `∂²Cost/∂W∂b`. */
  readonly target: string;
  readonly text: string;
}

const ORDERS: Readonly<Record<string, number>> = { grad: 1, jacobian: 1, hessian: 2 };

/** The blocks of `hessian(Cost, [W, b])`, where one of the names is an array; each pair once, since their order is no matter. */
function blocksIn(state: ReplState, text: string): Block[] | undefined {
  const [statement, ...more] = attempt(() => parse(text), GradusError)?.statements ?? [];
  const expr = statement?.kind === 'objective' && more.length === 0 ? statement.value : undefined;
  if (expr?.kind !== 'call' || expr.args.length !== 2 || !Object.hasOwn(ORDERS, expr.callee)) return undefined;
  const [of, by] = expr.args;
  const names = by?.kind === 'bracket' ? by.rows.flat() : [];
  if (!of || names.length === 0 || !names.every((name): name is Name => name.kind === 'name')) return undefined;
  const { inputs, definitions } = sessionModel(state);
  const shapes = names.map(({ name }) => {
    const own = canonicalName(name);
    return (inputs.get(own) ?? definitions.find((d) => d.name === own))?.node.shape;
  });
  if (!shapes.some((shape) => shape !== undefined && shape.length > 0)) return undefined;
  const source = text.slice(of.span.start, of.span.end);
  const f = of.kind === 'name' ? of.name : 'f';
  if (ORDERS[expr.callee] === 1)
    return names.map(({ name }) => ({ target: `∂${f}/∂${name}`, text: `${expr.callee}(${source}, ${name})` }));
  return names.flatMap(({ name: a }, k) =>
    names.slice(k).map(({ name: b }) => ({
      target: `∂²${f}/∂${a}${a === b ? '²' : `∂${b}`}`,
      text: `hessian(${source}, ${a}, ${b})`,
    })),
  );
}

/** What an expression that was typed is answered with, and the model that it was read in. */
export function expressionLines(state: ReplState, piece: Piece): { readonly lines: string[]; readonly model: Model } {
  const blocks = blocksIn(state, piece.text);
  if (!blocks) {
    const model = withExpression(state, piece);
    return { lines: answerLines(state, model), model };
  }
  const models = blocks.map(({ text }) => withExpression(state, { line: text, text, at: 0 }));
  const spelled = state.settings.ascii ? asciiValue : (text: string) => text;
  const lines = models.flatMap((model, k) => {
    const [first = '', ...rest] = answerLines(state, model);
    return [`${spelled(blocks[k]!.target)} = ${first}`, ...rest];
  });
  return { lines, model: models[0]! };
}
