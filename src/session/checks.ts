import { Derivation, namesToDerive } from '../api/derive.ts';
import { GradusError } from '../language/diagnostics.ts';
import { canonicalName, knownName } from '../language/names.ts';
import type { Model } from '../model/model.ts';
import { objectiveName } from '../model/objective-name.ts';
import { stepsText } from '../verify/steps-text.ts';
import { type Answer, type Call, type ReplCommand, told } from './answer.ts';
import { findAgain, pruned } from './derivations.ts';
import { moved, typedError } from './misfit.ts';
import { type ReplState, sessionModel, valuesFor, voiceOfState, wordsOf } from './state.ts';
import { indented } from './values.ts';

/** What was derived last, or the session's objective by its parameters. */
function subject(state: ReplState): { model: Model; wrt: readonly string[]; derivation: Derivation } {
  if (state.last?.kind === 'derivation') {
    const { model, derivation } = findAgain(state, state.last);
    return { model, wrt: derivation.wrt, derivation };
  }
  const model = sessionModel(state);
  const wrt = namesToDerive(model, undefined);
  const part = pruned(model, wrt);
  return { model: part, wrt, derivation: new Derivation(part, wrt, {}) };
}

/** Each step at random points, then the derivatives against differences of the function itself. */
async function check({ state }: Call): Promise<Answer> {
  const { model, wrt, derivation } = subject(state);
  // Its 64-digit numbers take a while to load.
  const [{ checkGradients }, { reportLines }] = await Promise.all([
    import('../verify/index.ts'),
    import('../verify/report-text.ts'),
  ]);
  const report = await checkGradients(model, wrt, { inputs: valuesFor({ ...state, learned: {} }, model) });
  const steps = derivation.verifySteps();
  const lines = [
    `${steps.ok ? '✓' : '✗'} ${stepsText(steps, wordsOf(state))}`,
    ...reportLines(report, objectiveName(model), voiceOfState(state)),
  ];
  return told(state, indented(lines));
}

const CLAIM = /^(?<name>[\p{L}_][\p{L}\p{M}\p{N}_₀-₉]*)\s*[:=]\s*(?<claim>\S.*)$/dsu;

/** Judges a derivative that a person wrote. */
async function claim({ state, line, rest, at }: Call): Promise<Answer> {
  const match = CLAIM.exec(rest);
  if (!match) {
    const span = { start: at, end: at + rest.length };
    throw typedError(line, new GradusError('usage', 'a claim is a name and its derivative', { span, hint: ":claim W: dZ*X'" }));
  }
  const [nameAt, nameEnd] = match.indices!.groups!.name!;
  const [claimAt] = match.indices!.groups!.claim!;
  const model = claimed(state, canonicalName(match.groups!.name!));
  const name = knownName(match.groups!.name!, model.inputs.keys());
  if (!model.objective) {
    throw typedError(
      line,
      new GradusError('argument', 'there is no objective to derive', { hint: 'minimize Cost = …, or d Cost / d W first' }),
    );
  }
  if (!model.inputs.has(name)) {
    const hint = `there are ${[...model.inputs.keys()].join(', ') || 'none'}`;
    throw typedError(
      line,
      new GradusError('name', `there is no ${name} to derive by`, { span: { start: at + nameAt, end: at + nameEnd }, hint }),
    );
  }
  const [{ judgeClaim }, { claimLines }] = await Promise.all([
    import('../verify/claims/index.ts'),
    import('../verify/claims/text.ts'),
  ]);
  try {
    const report = judgeClaim(model, name, match.groups!.claim!);
    return told(state, indented(claimLines(report, wordsOf(state))));
  } catch (error) {
    if (!(error instanceof GradusError) || !error.span) throw error;
    const from = at + claimAt;
    throw typedError(line, moved(error, { start: error.span.start + from, end: error.span.end + from }));
  }
}

/** A claim is about what was derived last, if that has the name; otherwise about the session's objective. */
function claimed(state: ReplState, name: string): Model {
  const last = state.last?.kind === 'derivation' ? findAgain(state, state.last).model : undefined;
  return last?.inputs.has(name) ? last : sessionModel(state);
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
