import type { Expression } from './expression.ts';
import type { Program, Statement } from './program.ts';

/** A statement of a run: of the program, or about its steps. */
export type RunStatement = Statement | Steps | Count | Stop;

/** The body again and again, as often as the caller wants. */
export interface Steps {
  readonly kind: 'steps';
  readonly body: readonly RunStatement[];
}

/** history[step] = value, where there is a value and a history; then one more step is done. */
interface Count {
  readonly kind: 'count';
  readonly value: Expression | undefined;
}

/** Ends the steps, if the caller watches and the value is not finite. */
interface Stop {
  readonly kind: 'stop';
  readonly value: Expression;
}

/**
 * A run, (steps, history, watch) → steps done, as every target prints it. A step fills the outputs, is counted and looked
 * at, and only then applies its updates: one whose objective is not finite leaves the variables as they were.
 */
export function protocol({ before, compute, commit, after, objective }: Program): readonly RunStatement[] {
  const seen: RunStatement[] = [{ kind: 'count', value: objective }];
  if (objective) seen.push({ kind: 'stop', value: objective });
  return [...before, { kind: 'steps', body: [...compute, ...seen, ...commit] }, ...after];
}

/** Statements of the program that follow one another, and those about its steps, in their order. */
export function stretches(list: readonly RunStatement[]): (readonly Statement[] | Steps | Count | Stop)[] {
  const made: (readonly Statement[] | Steps | Count | Stop)[] = [];
  let run: Statement[] = [];
  for (const s of list) {
    if (s.kind !== 'steps' && s.kind !== 'count' && s.kind !== 'stop') {
      run.push(s);
      continue;
    }
    if (run.length > 0) made.push(run);
    made.push(s);
    run = [];
  }
  if (run.length > 0) made.push(run);
  return made;
}
