import { type Kind, name, names, oneOf, source, text, trainData, values, whole } from './kinds.ts';
import {
  checking,
  claim,
  compiling,
  deriving,
  dialect,
  direction,
  expanding,
  exporting,
  language,
  marking,
  type Option,
  outputs,
  page,
  speaking,
  splitTelling,
  splitting,
  telling,
  training,
  verifying,
  writing,
  wrt,
} from './tables.ts';

/** An argument that has a place. */
export interface Parameter {
  readonly name: string;
  readonly kind: Kind<unknown>;
  readonly words: string;
  readonly optional?: boolean;
}

/** What a function of the API takes: arguments in their places, then options by name. */
export interface Signature {
  readonly name: string;
  readonly words: string;
  readonly parameters: readonly Parameter[];
  readonly options?: Readonly<Record<string, Option>>;
}

const SOURCE: Parameter = { name: 'source', kind: source, words: 'an expression or a model' };
const NAME: Parameter = { name: 'name', kind: name, words: 'a name of the source' };
const BY: Parameter = { name: 'wrt', kind: names, words: 'the names to derive by', optional: true };
const INPUTS: Parameter = { name: 'inputs', kind: values, words: 'values by name', optional: true };
const DATA: Parameter = { name: 'data', kind: trainData, words: 'values by name, or batches of them', optional: true };
const NOTATION: Parameter = { name: 'notation', kind: writing.notation.kind, words: writing.notation.words, optional: true };
const WORDS: Parameter = { name: 'words', kind: language.kind, words: language.words, optional: true };
const OTHER: Parameter = { ...NAME, optional: true };

const running = { ...checking, ...compiling };
const derivation = { ...running, ...deriving };
const along = { ...running, direction };

/** The only list of what the API takes: its functions, and the methods of what they return. */
export const signatures = {
  parse: { name: 'parse', words: 'the syntax tree of a source', parameters: [{ ...SOURCE, kind: text }] },
  derive: { name: 'derive', words: 'the derivatives of a source, step by step', parameters: [SOURCE, BY], options: derivation },
  jacobian: { name: 'jacobian', words: 'the derivatives as an expression', parameters: [SOURCE, BY], options: derivation },
  hessian: { name: 'hessian', words: 'the second derivatives of a scalar', parameters: [SOURCE, BY], options: running },
  hvp: { name: 'hvp', words: 'the Hessian times a direction', parameters: [SOURCE, OTHER], options: along },
  jvp: { name: 'jvp', words: 'the Jacobian times a direction', parameters: [SOURCE, OTHER], options: along },
  vjp: { name: 'vjp', words: 'a direction times the Jacobian', parameters: [SOURCE, OTHER], options: along },
  compile: { name: 'compile', words: 'a source as a numeric function', parameters: [SOURCE], options: { ...running, outputs } },
  curve: {
    name: 'curve',
    words: 'a formula as a curve with parameters, for fitting libraries',
    parameters: [SOURCE, { ...NAME, name: 'variable' }, { ...BY, name: 'params', words: 'the names to fit', optional: false }],
  },
  simplify: {
    name: 'simplify',
    words: 'the same value in a shorter form',
    parameters: [SOURCE],
    options: { ...checking, expand: expanding },
  },
  expand: { name: 'expand', words: 'products of sums multiplied out', parameters: [SOURCE], options: checking },
  collect: { name: 'collect', words: 'a polynomial in one name', parameters: [SOURCE, NAME], options: checking },
  toLatex: { name: 'toLatex', words: 'a source as LaTeX', parameters: [SOURCE], options: checking },
  lemma: {
    name: 'lemma',
    words: "why a function's derivative is what it is",
    parameters: [NAME],
    options: { ascii: writing.ascii, ...speaking },
  },
  check: {
    name: 'check',
    words: 'derivatives against differences, or a claim judged',
    parameters: [SOURCE],
    options: { ...checking, ...verifying, ...speaking, wrt, claim },
  },
  train: {
    name: 'train',
    words: 'a model trained by gradient descent',
    parameters: [SOURCE, DATA],
    options: training,
  },
  trainer: {
    name: 'trainer',
    words: 'the epochs of a training, one by one',
    parameters: [SOURCE, DATA],
    options: training,
  },
  exportTo: {
    name: 'exportTo',
    words: 'a model as a program in another language',
    parameters: [SOURCE, { name: 'dialect', kind: dialect.kind, words: dialect.words }],
    options: { ...checking, ...exporting },
  },
  predict: {
    name: 'predict',
    words: 'what a trained model says of other data',
    parameters: [
      { ...INPUTS, name: 'data' },
      { name: 'quantity', kind: name, words: 'a named quantity; what the model predicts if left out', optional: true },
    ],
  },
  call: { name: 'f', words: 'a compiled function', parameters: [INPUTS] },
  value: { name: 'value', words: 'the objective', parameters: [INPUTS] },
  gradient: { name: 'gradient', words: 'the derivative by each name', parameters: [INPUTS] },
  valueAndGradient: { name: 'valueAndGradient', words: 'both, in one run', parameters: [INPUTS] },
  bind: { name: 'bind', words: 'the function with its inputs in memory of its own', parameters: [INPUTS] },
  plan: { name: 'plan', words: 'what the program does, statement by statement', parameters: [INPUTS] },
  planText: { name: 'text', words: 'the plan as text', parameters: [WORDS] },
  document: { name: 'document', words: 'the derivation as sections', parameters: [], options: telling },
  toText: { name: 'toText', words: 'the derivation as text', parameters: [], options: writing },
  latexOfDerivation: { name: 'toLatex', words: 'the derivation as LaTeX', parameters: [], options: marking },
  toMarkdown: { name: 'toMarkdown', words: 'the derivation as Markdown', parameters: [], options: marking },
  toHtml: { name: 'toHtml', words: 'the derivation as HTML', parameters: [], options: page },
  toJSON: { name: 'toJSON', words: 'the derivation as plain objects', parameters: [], options: speaking },
  stepsIn: { name: 'stepsIn', words: 'the steps in a language', parameters: [WORDS] },
  notes: { name: 'notes', words: 'what to know of the result, in a language', parameters: [WORDS] },
  domain: {
    name: 'domain',
    words: 'where the objective and its derivatives do not hold',
    parameters: [WORDS, { name: 'spelling', kind: oneOf(['unicode', 'ascii'], 'kind'), words: 'the signs', optional: true }],
  },
  verifySteps: {
    name: 'verifySteps',
    words: 'every step judged',
    parameters: [{ name: 'points', kind: whole(1), words: verifying.points.words, optional: true }],
  },
  checkDerivation: { name: 'check', words: 'the derivatives against differences', parameters: [], options: verifying },
  compileDerivation: { name: 'compile', words: 'numeric functions', parameters: [], options: compiling },
  hessianOf: {
    name: 'hessian',
    words: 'second derivatives by one or two names',
    parameters: [OTHER, { ...OTHER, name: 'other' }],
  },
  parallel: {
    name: 'parallel',
    words: 'what is known of a model that is split over devices along a dimension',
    parameters: [{ name: 'dimension', kind: name, words: splitting.words }, INPUTS],
  },
  parallelText: { name: 'toText', words: 'the same in sentences', parameters: [], options: splitTelling },
  values: { name: 'values', words: 'the numbers behind the derivation', parameters: [INPUTS] },
  valuesText: { name: 'valuesText', words: 'the same as text', parameters: [INPUTS, WORDS] },
  toString: { name: 'toString', words: 'an expression as text that reads back', parameters: [NOTATION] },
  toUnicode: { name: 'toUnicode', words: 'an expression in the notation of mathematics', parameters: [NOTATION] },
  latex: { name: 'toLatex', words: 'an expression as LaTeX', parameters: [NOTATION] },
  evaluate: { name: 'evaluate', words: 'the value of an expression', parameters: [INPUTS], options: compiling },
} satisfies Record<string, Signature>;
