import { topological } from '../graph/traverse.ts';
import type { Expr, Statement, Subscript } from '../language/tree.ts';
import type { FreshNames } from './fresh-names.ts';
import type { Hoist, Steps } from './hoist.ts';
import { repeatedParts } from './repeated-parts.ts';
import { NOWHERE, numeralOf } from './syntax.ts';

/** Takes what an expression cannot say in place as definitions, one after the other. */
export function hoistInto(
  statements: Statement[],
  names: FreshNames,
  known: Pick<Hoist, 'notation' | 'decimals' | 'graph' | 'first' | 'lengths'>,
): Hoist {
  const times = new Map<string, string>();
  const timeName = (letter = 't'): string => {
    const own = times.get(letter) ?? names.fresh(letter);
    times.set(letter, own);
    return own;
  };
  const define = (subscripts: readonly Subscript[], value: Expr): Expr => {
    const name = names.fresh('T');
    statements.push(entriesOf(name, subscripts, value));
    return { kind: 'name', name, span: NOWHERE };
  };
  return {
    ...known,
    taken: names,
    define,
    fresh: (stem) => names.fresh(stem),
    repeated: (part) => {
      const order = topological([part], (n) => n.kind === 'definition');
      return repeatedParts([part], order);
    },
    time: timeName,
    along: (steps, say) => {
      const time = timeName(steps.letter);
      const value = say(time);
      return define([overTime(time, steps)], value);
    },
    recur: (stem, say) => {
      const name = names.fresh(/^\w+$/u.test(stem) ? stem : 'S');
      const { firstPlace, first, length, parts, step } = say(name, timeName());
      const now = overTime(timeName(), { from: numeralOf(1), to: length });
      statements.push(entriesOf(name, [{ kind: 'at', index: firstPlace, span: NOWHERE }], first));
      for (const part of parts) statements.push(entriesOf(part.name, [now, ...part.subscripts], part.value));
      statements.push(entriesOf(name, [now], step));
      return name;
    },
  };
}

const entriesOf = (name: string, subscripts: readonly Subscript[], value: Expr): Statement => ({
  kind: 'entries',
  name,
  at: NOWHERE,
  span: NOWHERE,
  subscripts,
  value,
});

/** `t=1:T`. */
const overTime = (time: string, { from, to }: Pick<Steps, 'from' | 'to'>): Subscript => ({
  kind: 'binder',
  index: { name: time, from, to, span: NOWHERE },
  span: NOWHERE,
});
