import { constantOf } from '../graph/forms.ts';
import type { Operator } from './operator.ts';

/** The value itself, from which nothing goes on: what is in it counts as given, whatever it is made of. */
export const stopGradient: Operator = {
  name: 'stop_gradient',
  spellings: ['detach'],
  arity: 1,
  stopped: true,
  notation: { latex: '\\operatorname{stop\\_gradient}' },
  kernel: (x) => x,
  partials: [(g, [x]) => g.constant(0, x!.shape)],
  rule: {
    id: 'stop-gradient',
    name: 'stopped gradient',
    why: 'Its argument counts as a given number: by design nothing goes on to it.',
    formula: 'stop_gradient′ = 0',
  },
  normal: (g, x) => {
    if (x.kind === 'apply' && x.operator === stopGradient) return x;
    const c = constantOf(x);
    return c && g.constant(c, x.shape);
  },
};
