import { isDerivative } from '../elaborate/derivative-call.ts';
import { withoutGlued } from '../elaborate/glued-names.ts';
import type { Node } from '../graph/node.ts';
import { attempt } from '../language/attempt.ts';
import { GradusError, nearest } from '../language/diagnostics.ts';
import { constantElsewhere, withConstants } from '../language/elsewhere/constants.ts';
import { knownName } from '../language/names.ts';
import { parse } from '../language/parser.ts';
import { listed } from '../language/visible.ts';
import type { Input, Model } from '../model/model.ts';
import { withPauses } from '../model/name-parts.ts';
import { Reader } from '../reading/read.ts';
import { printExpr } from '../render/text.ts';
import { occurring } from './absent.ts';

/** What a source is about: its objective, or the last thing that it defines. */
export function subject(model: Model): Node {
  const node = model.objective?.node ?? model.definitions[model.definitions.length - 1]?.node;
  if (!node)
    throw new GradusError('argument', 'the source has no expression', { hint: 'end it with the expression that is meant' });
  return node;
}

/**
 * The input that is derived by.
 * @throws GradusError `name` if there is none of this name
 */
export function inputOf(model: Model, given: string): Input {
  const name = knownName(given, model.inputs.keys());
  const input = model.inputs.get(name);
  if (input) return input;
  const value = valueOfPause(model, name);
  if (value)
    throw new GradusError('name', `there is no ${name} to derive by`, {
      hint: `the derivation names a part so: write ${name} = ${value} in the source, and ${name} where it is used`,
    });
  const near = nearest(name, [...model.inputs.keys(), ...model.definitions.map((d) => d.name)]);
  throw new GradusError('name', `there is no ${name} to derive by`, {
    hint: near ? `did you mean ${near}?` : `the source has ${listed([...model.inputs.keys()]) || 'no names'}`,
  });
}

/** What a name stands for that a derivation by the parameters gives to a part, and that the source does not have. */
function valueOfPause(model: Model, name: string): string | undefined {
  const moving = [...model.inputs.values()].filter(({ role }) => role === 'param' || role === 'free');
  const { definitions, graph } = withPauses(
    model,
    moving.map((input) => input.name),
  );
  const part = definitions.find((d) => d.name === name && !model.definitions.some((own) => own.name === name));
  return part && printExpr(Reader.of(graph).readBody(part.node));
}

/**
 * What to derive by, as the source spells it, also where the caller does not say.
 * @param said how a caller names what to derive by
 * @throws GradusError `argument` for a name that is given twice, or none
 */
export function namesToDerive(
  model: Model,
  wrt: string | readonly string[] | undefined,
  said = (name: string): string => name,
): readonly string[] {
  const inputs = [...model.inputs.values()];
  const spelled = (name: string) => knownName(name, model.inputs.keys());
  if (typeof wrt === 'string') return [spelled(wrt)];
  if (wrt) return distinct(wrt.map(spelled));
  const params = inputs.filter((i) => i.role === 'param');
  if (params.length > 0) return params.map((i) => i.name);
  const there = occurring(model);
  const free = inputs.filter((i) => i.role === 'free' && there.has(i.name));
  if (free.length === 1) return [free[0]!.name];
  if (free.length === 0) throw new GradusError('argument', 'there is no name to derive by', { hint: wayToDerive(model) });
  const which = `say which: ${listed(free.map(({ name }) => said(name)))}`;
  const hint = derivedAlready(
    model,
    free.map(({ name }) => name),
    which,
    said,
  );
  if (hint) throw new GradusError('argument', 'there are several names to derive by', { hint });
  const fits = (text: string | undefined) =>
    text !== undefined && text.length <= 100 && !text.includes('\n') ? text : undefined;
  // What is a number elsewhere is not derived by.
  const number = fits(free.some(({ name }) => constantElsewhere(name, model.text)) ? withConstants(model.text) : undefined);
  const products = fits(withoutGlued(model.text, model.warnings));
  throw new GradusError('argument', 'there are several names to derive by', {
    hint: number ? `${which}; for the number write ${number}` : products ? `${which}; for the products write ${products}` : which,
  });
}

/** Of a source that is a derivative itself, `hessian(f, [x, y])`, where the steps are that lead to it. */
function derivedAlready(
  model: Model,
  [x, y]: readonly string[],
  which: string,
  said: (name: string) => string,
): string | undefined {
  const last = attempt(() => parse(model.text))?.statements.at(-1);
  if (last?.kind !== 'objective' || last.value.kind !== 'call' || !isDerivative(last.value)) return undefined;
  const { callee, args } = last.value;
  if (!args[0]) return undefined;
  const of = model.text.slice(args[0].span.start, args[0].span.end);
  return callee === 'hessian'
    ? `it is derived already: the steps of an entry are those of diff(${of}, ${x}), ${said(y!)}; to derive once more ${which}`
    : `it is derived already: its steps are those of ${of}; to derive once more ${which}`;
}

/** What a source lacks in which there is nothing to derive by: an expression, or a parameter. */
function wayToDerive(model: Model): string | undefined {
  if (!model.objective) return endIt(model);
  const given = [...model.inputs.values()].filter((i) => i.role === 'data' || i.role === 'const').map((i) => i.name);
  if (given.length === 0) {
    const [named] = model.definitions;
    return named ? `what is defined has its value: declare what is derived by, param ${named.name} = …` : undefined;
  }
  return `say which of what is given: ${listed(given)}; what is learned is declared param ${given[0]} …`;
}

/** Words that an objective begins with, and a definition with a sign behind them takes for a name. */
const OBJECTIVES: ReadonlySet<string> = new Set(['minimize', 'maximize']);

/** How a source without an objective ends in one: with what it defines last. */
export function endIt(model: Model): string {
  // A session's model has no text of its own.
  const last = attempt(() => parse(model.text))?.statements.at(-1);
  if (last?.kind === 'function' && last.value) {
    const call = `${last.name}(${last.parameters.map((p) => p.name).join(', ')})`;
    return `end it with an expression: write ${endedBy(model.text.trim(), call)}`;
  }
  const objective = last?.kind === 'assignment' && OBJECTIVES.has(last.name) ? last : undefined;
  if (objective) return `write ${objective.name} ${model.text.slice(objective.value.span.start, objective.value.span.end)}`;
  const defined = model.definitions.at(-1);
  return defined?.node.shape.length === 0
    ? `end it with minimize ${defined.name}, or with an expression`
    : 'end it with minimize Cost = …, or with an expression';
}

/** Before a comment, which goes on to the end of the line. */
const endedBy = (text: string, call: string): string => text.replace(/(\s*#[^\n]*)?$/, (comment) => `; ${call}${comment}`);

/**
 * The one name to derive by.
 * @throws GradusError `argument` if there are several
 */
export function nameToDerive(model: Model, wrt: string | undefined): string {
  const [name, ...others] = namesToDerive(model, wrt);
  if (others.length === 0) return name!;
  throw new GradusError('argument', 'there are several names to derive by', { hint: `say which: ${listed([name!, ...others])}` });
}

function distinct(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) throw new GradusError('argument', `${name} is given twice to derive by`);
    seen.add(name);
  }
  if (names.length === 0) throw new GradusError('argument', 'the list of names to derive by is empty');
  return names;
}
