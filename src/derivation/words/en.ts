import type { Applied } from '../rules.ts';
import type { Words } from './words.ts';

const shared = ({ name, shared }: Applied): string =>
  `${name} is shared by all ${shared?.size === undefined ? '' : `${shared.size} `}${shared?.over ?? 'entries'}`;

export const english: Words = {
  rules: {
    sum: { name: 'sum rule', why: () => 'The derivative of a sum passes unchanged to each of its terms.' },
    definition: { name: 'definition', why: () => 'A name stands for its expression.' },
    'constant-factor': { name: 'constant factor', why: () => 'A constant factor stays.' },
    entries: { name: 'sum over entries', why: ({ name }) => `Every entry of ${name} counts once in the sum.` },
    trace: { name: 'trace rule', why: ({ name }) => `Only the diagonal of ${name} counts.` },
    transpose: { name: 'transpose rule', why: () => 'What arrives is transposed back.' },
    broadcast: { name: 'broadcast rule', why: (a) => `${shared(a)}, so their contributions add up.` },
    product: {
      name: 'product rule',
      why: ({ name }) => `${name} is multiplied entry by entry, so what arrives is multiplied by the other factors.`,
    },
    'matrix-product': {
      name: 'product rule',
      why: ({ name }) =>
        `${name} is a factor of a matrix product: what arrives is summed over the index that ${name} does not have, against the other factor.`,
    },
    quotient: {
      name: 'quotient rule',
      why: () => 'Derivative of the top times the bottom, minus the top times derivative of the bottom, over the bottom squared.',
    },
    simplify: { name: 'simplify', why: () => 'Like terms and factors are put together.' },
    objective: { name: 'the objective itself', why: () => 'The derivative of a quantity by itself is 1.' },
  },
  operators: {},
  chainRule: 'chain rule',
  roles: { data: 'data', param: 'parameters', const: 'constants', free: 'free' },
  scalar: 'scalar',
  backwards: (targets, objective) => `${targets}, backwards from ${objective}:`,
  and: ' and ',
  inOneLine: 'In one line',
  example: 'example',
  forward: 'Forward',
  backward: 'Backward',
  where: 'where',
  sharedNote: shared,
  claims: {
    right: (target, claim) => `${target} is ${claim}`,
    wrong: (target, claim) => `${target} is not ${claim}`,
    noValue: (why) => `${why}.`,
    differs: (place, entry, claimed, derived) => `at ${place} the claim gives ${entry}${claimed}, the derivative is ${derived}.`,
    slips: {
      sign: 'The sign is wrong.',
      factor: 'A constant factor is wrong.',
      mean: 'A sum stands for a mean, or a mean for a sum: the number of examples is missing or too many.',
      'missing-function': "The chain rule's inner derivative is missing.",
      'extra-function': "A function's derivative is there that does not belong.",
      transpose: 'A transpose is missing or too many.',
      order: 'The product is the wrong way round.',
      entrywise: 'A matrix product stands where an entrywise one belongs.',
      matrix: 'An entrywise product stands where a matrix product belongs.',
      name: "One adjoint stands for another: the function's derivative between them is missing or too many.",
    },
    instead: (from, to) => `${to} for ${from} makes it right.`,
    corrected: (right) => `Right is ${right}.`,
    unknown: (derived) => `The derivative is ${derived}.`,
    belongs: (step, text) => `step ${step}: ${text}`,
  },
};
