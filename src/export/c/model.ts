import type { Slot } from '../../compile/expression.ts';
import type { ProgramSpec } from '../../compile/index.ts';
import { laidOut, programOf } from '../../compile/link.ts';
import { PLAIN } from '../../compile/machine.ts';
import { FUNCTIONS } from '../../compile/targets/c/functions.ts';
import { CFile, type CWords, comment, printBody } from '../../compile/targets/c/printer.ts';
import { ROUTINES } from '../../compile/targets/c/routines.ts';
import { SPECIAL_NAMES } from '../../compile/targets/c/special/index.ts';
import { prepare } from '../../compile/task.ts';
import { dimensionNames, type Shape, type Sizes, sizeOf } from '../../graph/dimension.ts';
import { isZeroNode } from '../../graph/forms.ts';
import type { Node } from '../../graph/node.ts';
import { runningForms } from '../../model/expanded.ts';
import type { Input } from '../../model/model.ts';
import { Tensor } from '../../numeric/tensor.ts';
import type { Value } from '../../numeric/value-text.ts';
import type { Exported, Line } from '../dialect.ts';
import { UNPREDICTED, unfilled } from '../lacking.ts';
import { type Field, program } from './main.ts';
import { countText, numbersOf, numberText, sizesOf, wrapped } from './numbers.ts';

/** Of a comment, so that its line is not longer than 100. */
const WIDTH = 88;

/** Names of the files' own, which no array may have. */
const OWN = [
  ...['loss', 'gradients', 'value_and_gradients', 'predict', 'initial_parameters', 'example_data', 'Params', 'Data'],
  ...['params', 'data', 'INITIAL', 'EXAMPLE', 'memory', 'MODEL_H', 'GRADUS_MAIN', 'static_assert', 'thread_local'],
  ...[
    'PARAMETERS',
    'PARAMETER_COUNT',
    'start',
    'slope',
    'moved',
    'example',
    ...['KEPT', 'keep', 'symmetrise'],
    'loss_along',
    'loss_holding',
    'held',
    'off_differences',
    'print_nested',
    'check',
    'train',
    'main',
  ],
];

/** What functions are called that the program may need. */
const TOLD = [
  ...Object.values(FUNCTIONS).map(({ name }) => name),
  ...SPECIAL_NAMES,
  ...Object.values(ROUTINES).flatMap(({ name, helper }) => [name, ...(helper ? [helper.name, 'precedes'] : [])]),
];

/**
 * `model.h` and `model.c`.
 * @throws GradusError `data` for a size without a number, `unsupported` for a function that C lacks
 */
export const modelInC = (exported: Exported): Record<string, string> => new Model(exported).files();

type Whole = 'loss' | 'loss_holding' | 'value_and_gradients' | 'predict';

/** An input within the struct that holds it. */
interface Place {
  readonly field: Field;
  readonly from: 'params' | 'data' | 'held';
  /** What the struct calls it. */
  readonly member: string;
}

class Model {
  private readonly exported: Exported;
  private readonly sizes: Sizes;
  private readonly file = new CFile();
  private readonly sizeNames = new Map<string, string>();
  private readonly params: readonly Field[];
  private readonly data: readonly Field[];
  private readonly fields: ReadonlyMap<string, Place>;
  private readonly lines: ReadonlyMap<string, Line>;
  /** Arrays that are written within expressions, as the functions need them. */
  private readonly constants = new Map<string, string>();
  private readonly predicted: Node | undefined;

  constructor(exported: Exported) {
    this.exported = exported;
    this.sizes = sizesOf(exported);
    for (const name of [...OWN, ...TOLD]) this.file.names.keep(name);
    const { model, params, data, forward, backward, predicted } = exported;
    for (const name of [...params, ...data].flatMap(({ shape }) => shape.flatMap(dimensionNames)))
      if (!this.sizeNames.has(name)) this.sizeNames.set(name, this.file.names.fresh(`SIZE_${name}`));
    this.predicted = predicted && runningForms(model, [predicted.node])[0];
    const given = data.filter((d) => !params.includes(d));
    this.params = params.map((input) => this.field(input));
    this.data = given.map((input) => this.field(input));
    this.fields = new Map<string, Place>([
      ...this.params.map((field): [string, Place] => [field.input.name, { field, from: 'params', member: field.name }]),
      ...this.data.map((field): [string, Place] => [field.input.name, { field, from: 'data', member: field.name }]),
      ...this.heldPlaces(),
    ]);
    const lines = [...forward, ...backward];
    const slopes = params.flatMap(({ name }): [string, Line][] => {
      const line = lines.find((one) => one.node === exported.gradients.get(name) && one.name.endsWith(name));
      return line ? [[this.slopeName(name), line]] : [];
    });
    this.lines = new Map([...lines.map((line): [string, Line] => [line.name, line]), ...slopes]);
  }

  /** The parameters that stopped parts are made of, under the names of the graph. */
  private heldPlaces(): [string, Place][] {
    return (this.exported.held?.held ?? []).flatMap(({ node }, k) => {
      const field = this.params[k]!;
      if (node.kind !== 'variable') return [];
      return [[node.name, { field: { ...field, name: this.file.names.fresh(node.name) }, from: 'held', member: field.name }]];
    });
  }

  files(): Record<string, string> {
    const { gradients, params } = this.exported;
    const cost = this.exported.forward.at(-1)!.node;
    const by = params.filter(({ name }) => gradients.has(name) && !isZeroNode(gradients.get(name)!));
    const loss = this.whole('loss', [cost]);
    const slopes = this.whole('value_and_gradients', [cost, ...by.map(({ name }) => gradients.get(name)!)], by);
    const prediction = this.predicted && this.whole('predict', [this.predicted]);
    const { held } = this.exported;
    const holding = held && this.whole('loss_holding', [held.node]);
    return {
      'model.h': this.header(/real \*(\w+)\)/.exec(prediction?.[0] ?? '')?.[1] ?? ''),
      'model.c': [
        ...this.head(),
        '',
        '#include "model.h"',
        '',
        ...[...this.file.headers].sort().map((header) => `#include <${header}>`),
        '',
        ...this.sizesHeld(),
        ...this.file.texts.flatMap((text) => [text, '']),
        ...[...this.constants.values()].flatMap((text) => [text, '']),
        ...loss,
        '',
        ...slopes,
        '',
        'void gradients(const Params *params, const Data *data, Params *gradients) {',
        '  value_and_gradients(params, data, gradients);',
        '}',
        '',
        ...(prediction ? [...prediction, ''] : []),
        ...this.values('Params', 'INITIAL', this.params),
        '',
        'void initial_parameters(Params *params) {',
        '  *params = INITIAL;',
        '}',
        '',
        ...this.values('Data', 'EXAMPLE', this.data),
        '',
        'void example_data(Data *data) {',
        '  *data = EXAMPLE;',
        '}',
        '',
        ...program({
          ...this.exported,
          params: this.params,
          cost: this.exported.name,
          lacking: unfilled(this.exported, 'c'),
          holding,
        }),
        '',
      ].join('\n'),
    };
  }

  private slopeName(parameter: string): string {
    return `d${this.exported.name}/d${parameter}`;
  }

  private field(input: Input): Field {
    const name = this.file.names.fresh(input.name);
    const scalar = input.shape.length === 0;
    const count = scalar ? '1' : this.count(input.shape);
    const isEmpty = input.shape.some((dim) => sizeOf(dim, this.sizes) === 0);
    return {
      input,
      name,
      scalar,
      count,
      long: isEmpty ? '1' : count,
      lengths: input.shape.map((dim) => this.count([dim])),
    };
  }

  private count(shape: Shape): string {
    return countText(shape, (name) => this.sizeNames.get(name) ?? String(this.sizes.get(name)));
  }

  /** The comments of the source. */
  private head(): string[] {
    return this.exported.comment.flatMap((line) => wrapped(comment(line).split(' '), '// '));
  }

  /** A header whose sizes were changed would make the loops read beyond their arrays. */
  private sizesHeld(): string[] {
    const held = [...this.sizeNames].map(([own, text]) => {
      const size = this.sizes.get(own);
      return `_Static_assert(${text} == ${size}, "the loops are made for ${text} = ${size}: export the model again");`;
    });
    return held.length > 0 ? [...held, ''] : [];
  }

  private header(result: string): string {
    const { precision, predicted, name } = this.exported;
    const shape = (s: Shape) => (s.length === 0 ? 'a number' : s.join(' x '));
    const struct = (type: string, words: string, fields: readonly Field[]) => [
      `// ${words}`,
      'typedef struct {',
      ...fields.map(
        ({ input, name: own, scalar, long }) =>
          `  real ${own}${scalar ? '' : `[${long}]`}; // ${own === input.name ? '' : `${comment(input.name)}, `}${shape(input.shape)}`,
      ),
      ...(fields.length === 0 ? ['  char nothing;'] : []),
      `} ${type};`,
      '',
    ];
    return [
      ...this.head(),
      '// Made by gradus. Arrays are in row-major order.',
      '#ifndef MODEL_H',
      '#define MODEL_H',
      '',
      `typedef ${precision === 'f32' ? 'float' : 'double'} real;`,
      '',
      ...(this.sizeNames.size > 0
        ? [
            '// The sizes that the loops of model.c are made for. For others export the model again,',
            '// with data of those sizes or with the sizes themselves:',
            `//   gradus export MODEL --to c --set ${[...this.sizeNames.keys()][0]}=100 -o FOLDER`,
            'enum {',
            ...[...this.sizeNames].map(([own, text]) => `  ${text} = ${this.sizes.get(own)}, // ${comment(own)}`),
            '};',
            '',
          ]
        : []),
      ...struct('Params', 'What is learned.', this.params),
      ...struct('Data', this.data.length > 0 ? 'What is given.' : 'What is given: nothing.', this.data),
      `// ${comment(name)}.`,
      'real loss(const Params *params, const Data *data);',
      '',
      '// Its derivative by each parameter.',
      'void gradients(const Params *params, const Data *data, Params *gradients);',
      '',
      'real value_and_gradients(const Params *params, const Data *data, Params *gradients);',
      '',
      ...(predicted
        ? [
            `// ${comment(predicted.name)}, ${shape(predicted.node.shape)}.`,
            `void predict(const Params *params, const Data *data, real *${result});`,
            '',
          ]
        : [...wrapped(UNPREDICTED.split(' '), '// '), '']),
      '// What training starts from.',
      'void initial_parameters(Params *params);',
      '',
      '// What the model holds.',
      'void example_data(Data *data);',
      '',
      '#endif',
      '',
    ].join('\n');
  }

  /** A function over the parameters and the data; the first of several outputs, a scalar, is its value. */
  private whole(name: Whole, outputs: readonly Node[], by: readonly Input[] = []): string[] {
    const { precision, name: cost } = this.exported;
    const names = [name === 'predict' ? this.exported.predicted!.name : cost, ...by.map((p) => this.slopeName(p.name))];
    const spec: ProgramSpec = { outputs, names, sizes: this.sizes, precision, maxEntries: this.exported.model.maxEntries };
    const prepared = prepare(spec);
    const inputs = new Map<Slot, string>();
    for (const [input, { slot }] of prepared.inputs) inputs.set(slot, this.fields.get(input)?.field.name ?? this.constant(input));
    const told = new Set<Line>();
    const explained: CWords['explained'] = (of) => {
      const line = this.lines.get(of);
      if (line) told.add(line);
      return line && this.explanation(line);
    };
    const body = printBody(laidOut(prepared.task, programOf(prepared.task, PLAIN)), this.file, { inputs, explained });
    const pointers: string[] = [];
    const read = { params: false, data: false, held: false };
    for (const [input, { slot }] of prepared.inputs) {
      const place = this.fields.get(input);
      if (!place || !body.names.has(slot)) continue;
      read[place.from] = true;
      pointers.push(`  const real *const ${place.field.name} = ${place.field.scalar ? '&' : ''}${place.from}->${place.member};`);
    }
    const outs = prepared.outputs.slice(1).map(({ slot }, k) => {
      const { field } = this.fields.get(by[k]!.name)!;
      return `  real *const ${body.names.get(slot)} = ${field.scalar ? '&' : ''}gradients->${field.name};`;
    });
    const zeros = name === 'value_and_gradients' ? this.params.filter(({ input }) => !by.includes(input)) : [];
    const result = body.names.get(prepared.outputs[0]!.slot)!;
    const given = 'const Params *params, const Data *data';
    return [
      {
        loss: `real loss(${given}) {`,
        loss_holding: 'static real loss_holding(const Params *params, const Params *held, const Data *data) {',
        predict: `void predict(${given}, real *${result}) {`,
        value_and_gradients: `real value_and_gradients(${given}, Params *gradients) {`,
      }[name],
      ...(read.params ? [] : ['  (void)params;']),
      ...(read.data ? [] : ['  (void)data;']),
      ...(read.held || name !== 'loss_holding' ? [] : ['  (void)held;']),
      ...pointers,
      ...(name === 'predict' ? [] : [`  real ${result}[1];`]),
      ...outs,
      ...(name === 'value_and_gradients' && outs.length === 0 && zeros.length === 0 ? ['  (void)gradients;'] : []),
      ...(body.memory > 0 ? [`  static _Thread_local real memory[${body.memory}];`] : []),
      ...zeros.map(({ name: own, scalar, count }) =>
        scalar ? `  gradients->${own} = 0;` : `  for (int i = 0; i < ${count}; i++) gradients->${own}[i] = 0;`,
      ),
      ...(name === 'loss' || name === 'value_and_gradients' ? this.within(name, told) : []),
      ...body.lines,
      ...(name === 'predict' ? [] : [`  return ${result}[0];`]),
      '}',
    ];
  }

  /** The formulas of what has no statement of its own, as the quantities in the steps of a recurrence. */
  private within(name: 'loss' | 'value_and_gradients', told: ReadonlySet<Line>): string[] {
    const { forward, backward, others, model } = this.exported;
    const place = new Map(model.definitions.map((d, k) => [d.name, k]));
    const all = [...others, ...forward, ...backward];
    // The model's own in its order, those too that are met in derivatives first.
    const own = all.filter((line) => place.has(line.name)).sort((a, b) => place.get(a.name)! - place.get(b.name)!);
    const lines = [...own, ...(name === 'loss' ? forward : all)];
    const seen = new Set([...told].map(({ formula }) => formula));
    const rest = lines.flatMap(({ formula }) => {
      if (formula === '' || seen.has(formula)) return [];
      seen.add(formula);
      return wrapped(comment(formula).split(' '), '  //   ', 98, '  //     ');
    });
    return rest.length > 0 ? ['  // On the way:', ...rest] : [];
  }

  /** A formula, and why it holds. */
  private explanation({ formula, reason }: Line): string[] {
    const text = comment(formula);
    return [...wrapped(text.split(' '), '', 92, '    '), ...(reason ? wrapped(comment(reason).split(' '), '  ', WIDTH) : [])];
  }

  /** An array that neither changes nor is given: a constant, or numbers that are written within an expression. */
  private constant(variable: string): string {
    const known = this.constants.get(variable);
    if (known !== undefined) return /(\w+)\[/.exec(known)![1]!;
    const data = numbersOf(this.exported.values.get(variable) ?? this.literal(variable));
    const name = this.file.names.fresh(this.exported.model.inputs.has(variable) ? variable : 'numbers');
    const lines = wrapped(data.length > 0 ? this.listed(data) : ['0'], '  ');
    this.constants.set(variable, [`static const real ${name}[${Math.max(1, data.length)}] = {`, ...lines, '};'].join('\n'));
    return name;
  }

  private literal(variable: string): Value {
    const [, { shape, data }] = [...this.exported.model.literals].find(
      ([node]) => node.kind === 'variable' && node.name === variable,
    )!;
    return new Tensor(shape, Float64Array.from(data));
  }

  private listed(data: ArrayLike<number>): string[] {
    return Array.from(data, (x, k) => `${numberText(x)}${k + 1 < data.length ? ',' : ''}`);
  }

  /** A struct with the numbers of the model; what it has no numbers for is 0. */
  private values(type: string, name: string, fields: readonly Field[]): string[] {
    const lines = fields.flatMap(({ input, name: own, scalar }) => {
      const value = this.exported.values.get(input.name);
      if (value === undefined) return [];
      const data = numbersOf(value);
      if (data.length === 0) return [];
      if (scalar) return [`  .${own} = ${numberText(data[0]!)},`];
      if (Array.prototype.every.call(data, (x: number) => Object.is(x, 0))) return [];
      const [first, ...rest] = wrapped(this.listed(data), '    ');
      return rest.length === 0 ? [`  .${own} = {${first!.trim()}},`] : [`  .${own} = {`, first!, ...rest, '  },'];
    });
    return [`static const ${type} ${name} = {`, ...(lines.length > 0 ? lines : ['  0']), '};'];
  }
}
