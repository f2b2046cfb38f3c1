import type { Applied } from '../rules.ts';
import { counted } from './listed.ts';
import type { Words } from './words.ts';

const shared = ({ name, shared }: Applied): string =>
  `${name} is shared by all ${shared?.size === undefined ? '' : `${shared.size} `}${shared?.over ?? 'entries'}`;

const COUNTS = ['no', 'one', 'two', 'three', 'four', 'five', 'six'];
const inWords = (list: readonly string[]): string =>
  list.length < 2 ? list.join('') : `${list.slice(0, -1).join(', ')} and ${list[list.length - 1]}`;
const times = (count: number): string => (count === 2 ? 'twice' : `${count} times`);
const ORDINALS = ['', 'first', 'second', 'third', 'fourth'];

export const english: Words = {
  rules: {
    sum: { name: 'sum rule', why: () => 'The derivative of a sum passes unchanged to each of its terms.' },
    definition: { name: 'definition', why: () => 'A name stands for its expression.' },
    'constant-factor': { name: 'constant factor', why: () => 'A constant factor stays.' },
    entries: { name: 'sum over entries', why: ({ name }) => `Every entry of ${name} counts once in the sum.` },
    mean: { name: 'mean', why: ({ name }) => `Each entry of ${name} counts once in the sum, divided by how many there are.` },
    norm: {
      name: 'norm',
      why: ({ name }) => `The length of ${name} grows fastest along ${name} itself: its slope is ${name} divided by its length.`,
    },
    trace: { name: 'trace rule', why: ({ name }) => `Only the diagonal of ${name} counts.` },
    place: {
      name: 'entry read',
      why: ({ name }) =>
        `Only the entries of ${name} that are read count: what arrives goes to them, and the others get nothing.`,
    },
    transpose: { name: 'transpose rule', why: () => 'What arrives is transposed back.' },
    broadcast: { name: 'broadcast rule', why: (a) => `${shared(a)}, so their contributions add up.` },
    product: {
      name: 'product rule',
      why: ({ name }) =>
        name === ''
          ? 'Each factor is derived in turn while the others stay, and the results add up.'
          : `${name} is a factor, so what arrives is multiplied by the other factors.`,
    },
    recurrence: {
      name: 'through time',
      why: () =>
        'A step is used by the objective, and by the step that starts from it: what arrives at it is what comes from the one, and what the other sends back.',
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
  conjunctions: (formula) => formula,
  comma: ', ',
  names: ', ',
  sentences: ' ',
  formula: (english) => english,
  inOneLine: 'In one line',
  longer: (targets) => `longer than a line: ${targets} (see the steps)`,
  example: 'example',
  forward: 'Forward',
  backward: 'Backward',
  forwardAgain: 'Forward again',
  numbers: {
    none: 'no value',
    noValue: (f) => `${f} has no value at the given point, and so no derivative there.`,
    noEntry: (f) => `Entries of ${f} have no value at the given point (NaN), and so no derivative there.`,
    beyond: (f) => `${f} is beyond the range of double precision at the given point.`,
    flat: 'Every slope is 0 here: a step of descent moves nothing.',
    unimproved: (f, climbs) =>
      `No step is shown: at no rate from 1 down to 1e−8 does ${f} become ${climbs ? 'larger' : 'smaller'}.`,
    noStep: (rate) =>
      `The rate ${rate} is left aside: only parameters of a scalar that is minimized or maximized take a step of descent.`,
    kept: (fact, where) => `kept ${fact}${where ? ` (${where})` : ''}`,
  },
  ranged: (shape, least, most) =>
    least === most ? `${shape} array, every entry ${least}` : `${shape} array, entries from ${least} to ${most}`,
  afterStep: (least, most) => (least === most ? `after the step ${least}` : `after the step from ${least} to ${most}`),
  oneStep: (letter, rate) => `One step, ${letter} = ${rate}`,
  where: 'where',
  structure: {
    kinds: { zero: 'zero', diagonal: 'diagonal', 'block-diagonal': 'block-diagonal', banded: 'banded' },
    zeros: (kind, entry, condition) => `${kind}: ${entry} = 0${condition === '' ? '' : ` for ${condition}`}`,
    or: ' or ',
  },
  sharedNote: shared,
  vanishing: 'differences from a mean add up to 0',
  sentence: (remark) => `${remark.charAt(0).toUpperCase()}${remark.slice(1)}.`,
  resting: ({ name, says, each }) => {
    if (says === 'entries') return `each entry of ${name} is 0 or 1`;
    if (each === 'all') return `the entries of ${name} sum to 1`;
    return typeof each === 'object'
      ? `${name} sums to 1 along ${each.along}`
      : `each ${each === 'columns' ? 'column' : 'row'} of ${name} sums to 1`;
  },
  working: {
    labels: { forward: 'forward', paths: 'paths', matrices: 'as matrices', shapes: 'shapes' },
    only: (part, value, objective) => `${part} reaches ${objective} through ${value} only`,
    every: (part, value, letters) => `${part} is in ${value} for every ${letters}: the paths add up`,
    terms: (part, letters) => `${part} is in every term of the sum over ${letters}: the paths add up`,
    term: (part, letters) => `of the sum only the term of ${letters} contains ${part}`,
    places: (part, count) => `${part} stands in it ${times(count)}: the paths add up`,
    ways: (through) => {
      const ways = [...counted(through)].map(
        ([name, count]) => (name === undefined ? 'directly' : `through ${name}`) + (count > 1 ? ` (${times(count)})` : ''),
      );
      return `${COUNTS[through.length] ?? through.length} paths: ${inWords(ways)}`;
    },
    each: 'a term for each place',
    arrives: 'what arrives × the local slope',
    putIn: 'what arrives put in',
    cancelsOut: (what) => `${what} cancels`,
    foundPutIn: 'put in',
    cancels: (a, b) => `the ${a} cancels the ${b}`,
    vanishing: (sums) => `${sums} = 0: differences from a mean add up to 0`,
    symmetric: (name) => `${name} is symmetric`,
    summed: (a, b, [first, second], letter) =>
      first === second
        ? `${a} and ${b} are both summed over their ${ORDINALS[first]} index, ${letter}`
        : `summed over ${letter}, the ${ORDINALS[first]} index of ${a} and the ${ORDINALS[second]} of ${b}`,
    outer: (a, b) => `nothing is summed: each entry of ${a} with each of ${b}`,
    alone: (a, b, shape) => `of the products of ${a} and ${b} only this one is ${shape}`,
  },
  verdict: {
    exact: (bound) => `identical (exact${bound ? `, error below ${bound}` : ''})`,
    laws: (of) => `identical (exact${of.length > 0 ? `, by the laws of ${inWords(of)}` : ''})`,
    digits: (digits, points) => `equal to ${digits} digits at ${points} ${points === 1 ? 'point' : 'points'}`,
    branches: 'away from the borders of its branches',
    sizes: (sizes) => `for ${sizes}`,
    proved: 'wrong (proved)',
  },
  plan: {
    whole: (target, precision, operations, bytes) => `${target}, ${precision}: ${operations} a run, ${bytes} of memory`,
    from: (results, sources) => `${results} from ${sources}`,
    numbers: 'numbers',
    each: (times) => `${times} times:`,
  },
  verified: {
    steps: (points) => `every step holds at ${points} random points`,
    exactSteps: 'every step identical (exact)',
    mixedSteps: (exact, all, rest) => `every step holds: ${exact} of ${all} identical (exact), the others ${rest}`,
    wrongSteps: (wrong, count) => `${wrong} ${count === 1 ? 'does' : 'do'} not hold`,
    gradient: (error) => `gradient against differences: ${error}`,
    nowhere: (why) => `not tried in numbers: ${why}`,
  },
  claims: {
    right: (target, claim) => `${target} is ${claim}`,
    wrong: (target, claim) => `${target} is not ${claim}`,
    provided: (target, claim, condition, derived) => `${target} is ${claim}, if ${condition}; in general it is ${derived}`,
    only: (condition, derived) => `It is right only if ${condition}; in general it is ${derived}.`,
    facts: {
      symmetric: (name) => `${name} is symmetric`,
      positive: (name) => `${name} is positive`,
    },
    noValue: (why) => `${why}.`,
    noPlace: 'Wherever the derivative was tried and has a value, the claim has none.',
    choice: (names) => `one choice of ${names}`,
    undefinedAt: (place) => `at ${place} the derivative has a value and the claim has none`,
    beyond: (place, entry, value) => `at ${place} both give ${entry}${value}, and differ in digits beyond these.`,
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
      axis: 'The sum is over the wrong axis.',
      'missing-factor': 'A factor is missing.',
      'extra-factor': 'A factor is there that does not belong.',
      step: 'The step beside the right one is read.',
      'later-steps': 'What comes back from later steps is left out.',
    },
    instead: (from, to) => `${to} for ${from} makes it right.`,
    corrected: (right) => `Right is ${right}.`,
    unknown: (derived) => `The derivative is ${derived}.`,
    belongs: (step, text) => `step ${step}: ${text}`,
  },
  domain: {
    needs: (what, condition) => `${what} needs ${condition}`,
    slopeNeeds: (what, condition) => `the slope of ${what} needs ${condition}`,
    needsWithBorders: (what, own, slope) => `${what} needs ${own}, and its slope needs ${slope}`,
    entries: (what, array) => `${what} needs ${array} to have no entry that is 0`,
    where: (array, value) => `an entry of ${array} is ${value}`,
    kink: (what, condition, slope) =>
      `${what} has a kink at ${condition}: its own slope there, before the chain rule, is taken as ${slope}`,
    kinkWhere: (what, where, slope) =>
      `${what} has a kink where ${where}: its own slope there, before the chain rule, is taken as ${slope}`,
    jump: (what, condition, slope) =>
      `${what} jumps at ${condition}: ${slope ? `its slope there is taken as ${slope}` : 'there it has no slope'}`,
    never: (what) => `${what} has no value`,
    within: (line, conditions) => `${line} where ${conditions}`,
    branch: (what, condition) =>
      `${what}: at the border of ${condition} the slope is that of the branch taken there, which need not be the function's`,
    more: (count) => `and ${count} more`,
    title: 'Where it holds',
  },
  absent: (name, objective, near) =>
    `${name} does not occur in ${objective}, so the derivative by it is 0${near ? `; did you mean ${near}?` : ''}`,
  page: {
    lang: 'en',
    derivationOf: (name) => `${name}: derivation`,
    trainingOf: (name) => `${name}: derivation and training`,
    source: 'As written',
    inputs: 'Inputs',
    columns: {
      name: 'Name',
      role: 'Role',
      shape: 'Shape',
      start: 'Starts from',
      before: 'Before',
      after: 'After',
      value: 'value',
      gradient: 'gradient',
    },
    roles: { data: 'data', param: 'parameter', const: 'constant', free: 'variable' },
    formulas: 'In formulas',
    derivation: 'Derivation',
    numbers: 'Numbers',
    lemmas: 'Lemmas',
    openTextbook: 'Outermost rule first. Each line opens to its reason and to the derivatives inside it.',
    openStep: 'Each step opens to its reason, the proof in indices and the check of the shapes.',
    byRule: 'By the rule',
    byEntries: 'Entry by entry',
    byShapes: 'Shapes',
    contains: 'contains',
    conventions: 'Conventions',
    gradientLayout: (objective, name) =>
      `The gradient of a scalar has the shape of what it is taken by: that of ${objective} by ${name} has the shape of ${name}.`,
    jacobianLayout:
      'The Jacobian has the axes of the function first, then those of the variable: for vectors entry $(i, j)$ is $\\partial f_i / \\partial x_j$.',
    hessianLayout:
      'The Hessian of a scalar by a vector of length $n$ is $n \\times n$; by an $m \\times n$ matrix it is $m \\times n \\times m \\times n$.',
    productSigns:
      '$A B$ is the matrix product; $A \\odot B$ and $A^{\\circ 2}$ act entry by entry; a vector is a column, and $\\sum$ without an index adds all entries.',
    adjointNames: '$\\mathrm{d}Z$ is the derivative of the objective by $Z$, and has its shape.',
    slope: {
      title: 'Function and slope',
      note: (f, derivative) => `Where ${derivative} is above 0, ${f} rises; where ${derivative} is below 0, it falls.`,
      marked: (values) => `The points are ${values}.`,
    },
    graph: {
      title: 'Computational graph',
      describe: (boxes, arrows) => `${boxes} boxes and ${arrows} arrows; an arrow leads from what is used to what uses it.`,
      caption: 'Values flow along the arrows, derivatives against them; on an arrow the local slope.',
      back: 'A dashed arrow leads from a step to the next.',
      withNumbers: 'In each box: the value at the start, below it the derivative of the objective by it.',
      trained: 'The same after training',
    },
    check: {
      title: 'Gradient check',
      method: { bignumber: 'differences of 64-digit numbers', richardson: 'extrapolated differences of doubles' },
      summary: (good, method, points) =>
        `The derivatives were compared with ${method} at ${points} random ${points === 1 ? 'point' : 'points'}: ${good ? 'they agree' : 'they do not all agree'}.`,
      columns: { derivative: 'Derivative', error: 'Relative error', compiled: 'As compiled, in doubles', verdict: 'Verdict' },
      good: 'agrees',
      bad: 'differs',
      tolerance: (tolerance) => `Errors up to ${tolerance} count as agreement.`,
      worst: 'The point of the largest error',
      impossible: (why) => `The derivatives were not checked: ${why}.`,
    },
    training: {
      title: 'Training',
      outcome: (name, from, to, epochs) =>
        `${name} went from ${from} to ${to} in ${epochs} ${epochs === 1 ? 'epoch' : 'epochs'}.`,
      stopped: {
        epochs: 'All epochs were run.',
        converged: 'A minimum was reached.',
        early: 'The run ended early: nothing got better any more.',
        diverged: 'The run diverged; these are the best values that it found.',
        aborted: 'The run was stopped before its last epoch.',
      },
      back: (epoch) =>
        epoch === 0
          ? 'The parameters are those of the start, the best.'
          : `The parameters are those after epoch ${epoch}, the best.`,
      learnedFrom: 'learned from',
      validation: 'validation',
      test: 'put aside for the end',
      best: 'the best',
      classes: (name, classes) => `The classes of ${name} are ${classes.join(', ')}.`,
      settings: (optimizer, rate) => `Optimizer ${optimizer}${rate === undefined ? '' : `, learning rate ${rate}`}.`,
      curve: 'Cost over the epochs',
      curveNote: (name, logarithmic, validated = false) =>
        `${name} before each epoch${validated ? ', of the validation after it' : ''}${logarithmic ? ', on a logarithmic scale' : ''}.`,
      rates: 'Learning rates',
      chosenRate: (rate) => `${rate} (chosen)`,
      ratesNote: (small, right, percent, large) =>
        `By plain descent: ${small} creeps, it comes ${percent} % as far as ${right} does. ${large}`,
      tooLarge: {
        diverges: (rate) => `${rate} is too large: the cost ends far worse than it began.`,
        rises: (rate) => `${rate} is too large: the cost ends worse than it began.`,
      },
      noneTooLarge: 'None of the rates that were tried is too large.',
      epoch: 'epoch',
      parameters: 'Parameters',
      boundary: 'Decision boundary',
      boundaryNote: (output, level, target) =>
        `The line is where ${output} = ${level}; the shading deepens with the distance from it. The marks are the examples, by ${target}.`,
      target: (value) => `target ${value}`,
      fit: 'Fit',
      fitNote: (distances, band) =>
        `The examples, and what the model says before and after training${distances ? '; a thin line is how far an example is from what is said after it' : ''}${band ? '; the band reaches two standard errors to either side' : ''}.`,
      residuals: 'Residuals',
      residualsNote:
        'What is left of each example, over what the model says: without a pattern where the model is right. The dashed lines are two standard deviations off.',
      residual: 'residual',
      said: 'what is said',
      estimates: 'Standard errors',
      standardError: 'standard error',
      fittedTo: (observations, degrees) => `${observations} observations, ${degrees} degrees of freedom`,
      deviation: (number) => `residual standard deviation ${number}`,
      data: 'examples',
      before: 'before training',
      after: 'after training',
      surface: 'Cost surface and path of descent',
      surfaceNote: (name, first, second, slice) =>
        `${name} over ${first} and ${second}, bluer where it is lower${slice ? '; the other parameters are held where the path ends, so it is seen from above' : ''}.`,
      path: 'path of descent',
    },
  },
};
