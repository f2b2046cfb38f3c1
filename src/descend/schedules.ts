import { came } from '../language/came.ts';
import { GradusError } from '../language/diagnostics.ts';
import type { Settled } from './options.ts';

/** What a schedule is told: the epoch, from 0 on, of how many, and its own options. */
interface Moment {
  readonly epoch: number;
  readonly epochs: number;
  readonly gamma: number | undefined;
  readonly every: number;
}

/** How the learning rate changes from epoch to epoch, as a factor: the only list of schedules. */
export const schedules = {
  constant: () => 1,
  step: ({ epoch, gamma = 0.1, every }: Moment) => gamma ** Math.floor(epoch / every),
  exponential: ({ epoch, gamma = 0.99 }: Moment) => gamma ** epoch,
  /** Half a wave down to 0. Loshchilov and Hutter, SGDR (2017), without restarts. */
  cosine: ({ epoch, epochs }: Moment) => (1 + Math.cos((Math.PI * epoch) / epochs)) / 2,
} as const;

export type ScheduleName = keyof typeof schedules;

/** Those that look at how many epochs there are: for another number all of their rates are others. */
export const SPANNING: readonly ScheduleName[] = ['cosine'];

export const EVERY = 30;

/** The learning rate of each epoch; undefined where it is the same in all. */
export function rateOf(options: Settled): ((epoch: number) => number) | undefined {
  const { schedule = 'constant', warmup = 0, gamma, every = EVERY, epochs, lr } = options;
  if (schedule === 'constant' && warmup === 0) return undefined;
  const planned =
    typeof schedule === 'function'
      ? (epoch: number) => checked(schedule(epoch, lr), epoch)
      : (epoch: number) => lr * schedules[schedule]({ epoch, epochs, gamma, every });
  return (epoch) => planned(epoch) * Math.min(1, (epoch + 1) / (warmup + 1));
}

/** @throws GradusError `argument` for what a caller's schedule gives that is no rate */
function checked(rate: number, epoch: number): number {
  if (typeof rate === 'number' && rate >= 0 && rate < Number.POSITIVE_INFINITY) return rate;
  const what = typeof rate === 'number' ? String(rate) : came(rate);
  throw new GradusError('argument', `the schedule gives ${what} for epoch ${epoch}, which is no learning rate`, {
    hint: 'it is called with the epoch, from 0 on, and the rate of the options: (epoch, lr) => lr/(1 + epoch)',
  });
}
