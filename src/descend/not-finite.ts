import { GradusError } from '../language/diagnostics.ts';
import type { Parameters } from './outcome.ts';

/** What ends a run whose numbers are no numbers any more, told with the rate that it had. */

export const allFinite = (parameters: Parameters): boolean =>
  [...parameters.values()].every((numbers) => numbers.every(Number.isFinite));

export const notFiniteAtStart = (cost: number): GradusError =>
  new GradusError('diverged', `the cost is ${called(cost)} before the first step`, {
    hint: 'look at the data and at the initial values: is there a division by 0, or the log of 0?',
  });

export const notFiniteAfter = (epoch: number, cost: number, lr: number): GradusError =>
  tooFast(lr, `the cost is ${called(cost)} after epoch ${epoch}, at the learning rate ${lr}`);

export const notFiniteWithin = (epoch: number, cost: number, lr: number): GradusError =>
  tooFast(lr, `the cost is ${called(cost)} within epoch ${epoch}, at the learning rate ${lr}`);

export const parameterNotFinite = (name: string, lr: number): GradusError =>
  tooFast(lr, `${name} is not finite any more, at the learning rate ${lr}`);

const called = (cost: number): string => (Number.isNaN(cost) ? 'not a number' : 'infinite');

const tooFast = (lr: number, message: string): GradusError =>
  new GradusError('diverged', message, { hint: `try a smaller learning rate, such as ${Number((lr / 10).toPrecision(3))}` });
