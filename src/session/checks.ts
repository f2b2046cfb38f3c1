import { Derivation, namesToDerive } from '../api/derive.ts';
import { topological } from '../graph/traverse.ts';
import { GradusError } from '../language/diagnostics.ts';
import { canonicalName, knownName } from '../language/names.ts';
import type { Model } from '../model/model.ts';
import { objectiveName } from '../model/objective-name.ts';
import { oneSign } from '../render/formats/text.ts';
import { stepsText } from '../verify/steps-text.ts';
import { type Answer, type Call, type ReplCommand, told } from './answer.ts';
import { type Found, lastDerived, pruned, withAllNames } from './derivations.ts';
import { moved, typedError } from './misfit.ts';
import { partialName } from './printed.ts';
import { type ReplState, sessionModel, valuesFor, voiceOfState, wordsOf } from './state.ts';
import { indented } from './values.ts';

/** What was derived last, or the session's objective by its parameters. */
function subject(state: ReplState): { model: Model; wrt: readonly string[]; derivation: Derivation; name: string } {
  const found = lastDerived(state);
  if (found) {
    const { model, derivation, request } = found;
    // A higher derivative is that of the one below it.
    const own = request.order > 1 ? derivation : { model, name: objectiveName(model) };
    return { model: own.model, wrt: derivation.wrt, derivation, name: own.name };
  }
  const model = sessionModel(state);
  const wrt = namesToDerive(model, undefined);
  const part = pruned(model, wrt);
  return { model: part, wrt, derivation: new Derivation(part, wrt, {}), name: objectiveName(part) };
}

/** Each step at random points, then the derivatives against differences of the function itself. */
async function check({ state }: Call): Promise<Answer> {
  const { model, wrt, derivation, name } = subject(state);
  // Its 64-digit numbers take a while to load.
  const [{ checkGradients }, { reportLines }] = await Promise.all([
    import('../verify/index.ts'),
    import('../verify/report-text.ts'),
  ]);
  const report = await checkGradients(model, wrt, { inputs: valuesFor({ ...state, learned: {} }, model) });
  const steps = derivation.verifySteps();
  const lines = [
    `${steps.ok ? '✓' : '✗'} ${stepsText(steps, wordsOf(state))}`,
    ...reportLines(report, oneSign(name), voiceOfState(state)),
  ];
  return told(state, indented(lines));
}

const CLAIM = /^(?:[∂d]\s*(?<of>[^\s/∂]+)\s*\/\s*[∂d]\s*)?(?<name>[\p{L}_][\p{L}\p{M}\p{N}_₀-₉]*)\s*[:=]\s*(?<claim>\S.*)$/dsu;

/** Judges a derivative that a person wrote. */
async function claim({ state, line, rest, at }: Call): Promise<Answer> {
  const match = CLAIM.exec(rest);
  if (!match) {
    const span = { start: at, end: at + rest.length };
    throw typedError(line, new GradusError('usage', 'a claim is a name and its derivative', { span, hint: ":claim W: dZ*X'" }));
  }
  const [nameAt, nameEnd] = match.indices!.groups!.name!;
  const [claimAt] = match.indices!.groups!.claim!;
  const name = derivedBy(state, canonicalName(match.groups!.name!));
  const model = claimed(state, name);
  const { of } = match.groups!;
  if (of !== undefined && model.objective && oneSign(canonicalName(of).replace(/'/g, '′')) !== objectiveName(model)) {
    const [start, end] = match.indices!.groups!.of!;
    const hint = `it is ∂${objectiveName(model)}/∂${name}`;
    throw typedError(
      line,
      new GradusError('name', `${of} is not what is derived`, { span: { start: at + start, end: at + end }, hint }),
    );
  }
  if (!model.objective) {
    throw typedError(
      line,
      new GradusError('argument', 'there is no objective to derive', { hint: 'minimize Cost = …, or d Cost / d W first' }),
    );
  }
  const [{ judgeClaim }, { claimLines }] = await Promise.all([
    import('../verify/claims/index.ts'),
    import('../verify/claims/text.ts'),
  ]);
  try {
    const report = judgeClaim(model, knownName(name, model.inputs.keys()), match.groups!.claim!, {
      start: valuesFor(state, model),
    });
    return told(state, indented(claimLines(report, wordsOf(state))));
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    // What is not about the claim is about what it is said to be.
    if (!error.span) throw typedError(line, moved(error, { start: at + nameAt, end: at + nameEnd }));
    const from = at + claimAt;
    throw typedError(line, moved(error, { start: error.span.start + from, end: error.span.end + from }));
  }
}

/** dW is the derivative by W of what was derived last, unless it is a name of its own. */
function derivedBy(state: ReplState, name: string): string {
  const found = lastDerived(state);
  if (!found) return name;
  const { model, derivation } = found;
  if (model.inputs.has(name) || derivation.steps.some(({ target }) => target === name)) return name;
  return [...derivation.model.inputs.keys()].find((by) => partialName(by) === name) ?? name;
}

/** A claim is about what was derived last, if that has the name or has printed it; otherwise about the session's objective. */
function claimed(state: ReplState, name: string): Model {
  const found = lastDerived(state);
  if (!found) return sessionModel(state);
  const { derivation, isWhole } = found;
  // What a held quantity is made of has no part in it.
  const parts = topological([found.model.objective!.node]);
  const isNamed = derivation.wrt.includes(name) || parts.some((part) => 'name' in part && part.name === name);
  if (isNamed && found.request.order > 1) return lastOrder(found);
  if (isNamed) return isWhole ? derivation.model : found.model;
  return derivation.steps.some(({ target }) => target === name) ? derivation.model : sessionModel(state);
}

/** A higher derivative is the derivative of the one below it, which has a name: f″ = ∂f′/∂x. */
function lastOrder(found: Found): Model {
  const { model, name } = withAllNames(found);
  return { ...model, objective: { ...model.objective!, name: oneSign(name) } };
}

export const checks: readonly ReplCommand[] = [
  { name: 'check', argument: '', help: 'each step, and the derivatives against differences', run: check },
  {
    name: 'claim',
    argument: "W: dZ*X'",
    help: 'is this derivative right, and if not, why not?',
    run: claim,
  },
];
