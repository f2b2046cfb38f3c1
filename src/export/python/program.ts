import { Identifiers } from '../../compile/targets/identifiers.ts';
import { type Dim, dimensionNames, isName, quotientOf } from '../../graph/dimension.ts';
import type { Node } from '../../graph/node.ts';
import { topological, valueParts } from '../../graph/traverse.ts';
import { GradusError } from '../../language/diagnostics.ts';
import type { Input } from '../../model/model.ts';
import type { Exported, Line } from '../dialect.ts';
import { lackingText, UNPREDICTED } from '../lacking.ts';
import { withLoops } from '../loops/exported.ts';
import { Body, type ProgramContext } from './body.ts';
import { docstring, wrapped } from './comments.ts';
import { dimCode } from './dims.ts';
import type { PythonLibrary } from './language.ts';
import { laidOut, WIDTH } from './layout.ts';
import { mentions, raised, usedOnly } from './lines.ts';
import { Lists } from './lists.ts';
import { arrayText } from './literal.ts';
import { mainText } from './main.ts';
import { inPython } from './names.ts';
import { Needs } from './needs.ts';
import { tuple } from './product.ts';
import { readingHelpers } from './reading.ts';

const RESERVED =
  `np jnp jax torch special argparse sys DTYPE params data held loss loss_holding holding objective gradients value_and_gradients predict
  initial_parameters example_data known array unpack main check train within agreement slope_at_zero off_differences`.split(
    /\s+/,
  );

/** A model in Python: one file, to be imported or to be run. */
export function pythonProgram(exported: Exported, library: PythonLibrary): string {
  const program = new Program(exported, library);
  return laidOut(program.text());
}

class Program {
  private readonly exported: Exported;
  private readonly library: PythonLibrary;
  private readonly names: Identifiers;
  private readonly inputs = new Map<string, string>();
  /** What stands for the parameters in what is stopped. */
  private readonly held: string[] = [];
  private readonly sizes = new Map<string, string>();
  private readonly constants: [name: string, source: string][] = [];
  private readonly lists: Lists;
  private readonly given = new Map<Node, string>();
  private readonly needs: Needs;
  private readonly context: ProgramContext;

  constructor(given: Exported, library: PythonLibrary) {
    const { exported, made, linesOf } = withLoops(given, library.scan === 'scan');
    this.exported = exported;
    this.library = library;
    this.names = new Identifiers(inPython, [...RESERVED, ...Object.keys(library.helpers)]);
    this.needs = new Needs(library);
    this.lists = new Lists(this.names);
    const { params, data, model } = exported;
    for (const input of [...params, ...data]) {
      const name = this.names.fresh(input.name);
      this.inputs.set(input.name, name);
      this.given.set(input.node, name);
    }
    for (const { name, node } of exported.held?.held ?? []) {
      const own = this.names.fresh(`${this.inputs.get(name)}_held`);
      this.held.push(own);
      this.given.set(node, own);
    }
    for (const input of model.inputs.values())
      if (input.role === 'const' && !this.given.has(input.node)) this.constant(input.node, input.name);
    for (const node of model.literals.keys()) if (node.kind === 'variable') this.constant(node, node.name);
    this.context = {
      library,
      graph: model.graph,
      given: this.given,
      sizeName: (size) => this.sizeName(size),
      need: this.needs.need,
      list: this.lists.name,
      names: () => this.names.inner(),
      made,
      linesOf,
    };
  }

  private constant(node: Node, source: string): void {
    const name = this.names.fresh(source);
    this.given.set(node, name);
    this.constants.push([name, source]);
  }

  private sizeName(size: string): string {
    let name = this.sizes.get(size);
    if (name === undefined) {
      name = this.names.fresh(size);
      this.sizes.set(size, name);
    }
    return name;
  }

  text(): string {
    const { exported, library } = this;
    const all = [...exported.params, ...exported.data];
    // Names of sizes come before those of parts.
    for (const input of all) for (const dim of input.shape) for (const size of dimensionNames(dim)) this.sizeName(size);
    const functions = [this.unpack(all), this.loss(), this.gradients(), this.predict(), ...this.starts(), this.holding()].flat();
    const used = functions.join('\n');
    const constants = this.constants
      .filter(([name]) => mentions(used, name))
      .map(([name, source]) => `${name} = ${arrayText(exported.values.get(source) ?? 0, '', library)}`);
    const lists = this.lists.lines(used);
    const helpers = this.needs.texts([used, ...constants].join('\n'));
    const reading = [used, ...constants, ...helpers].join('\n');
    return [
      // The model's names are the user's, those among them too that are easily misread.
      ...(/^ +[lIO] = /m.test(used) ? ['# ruff: noqa: E741'] : []),
      ...docstring([
        ...exported.comment.flatMap((line) => wrapped(line, 96)),
        ...(exported.comment.length > 0 ? [''] : []),
        'Written by gradus from a model. The gradients are derived, each under its formula.',
      ]),
      '',
      'import argparse',
      'import sys',
      '',
      ...library.imports,
      ...(mentions(reading, 'special')
        ? [library.name === 'jax' ? 'from jax.scipy import special' : 'from scipy import special']
        : []),
      '',
      ...library.settings,
      `DTYPE = ${library.precision[exported.precision]}`,
      ...(constants.length > 0 ? ['', ...constants] : []),
      ...(lists.length > 0 ? ['', ...lists] : []),
      ...helpers.flatMap((text) => ['', '', text]),
      ...functions,
      '',
      '',
      mainText(exported, library),
      '',
    ].join('\n');
  }

  /** The helpers that read what is given, and the function that reads all. */
  private unpack(all: readonly Input[]): string[] {
    const names = [...all.map((i) => this.inputs.get(i.name)!), ...this.sizes.values()];
    return [
      '',
      '',
      ...readingHelpers(this.library),
      'def unpack(params, data):',
      '    """Parameters, data and sizes, by the names of the model."""',
      ...this.refusing(),
      ...this.reading(all),
      `    return ${names.join(', ')}`,
    ];
  }

  /** Lines that refuse names which the model does not have. */
  private refusing(): string[] {
    const { params, data } = this.exported;
    const names = (list: readonly Input[]) => tuple(list.map((i) => JSON.stringify(i.name)));
    return [`    known(params, ${names(params)}, "parameters")`, `    known(data, ${names(data)}, "data")`];
  }

  /** Lines that read inputs and check their shapes; sizes are learned on the way. */
  private reading(inputs: readonly Input[]): string[] {
    const lines: string[] = [];
    const known = new Set<string>();
    const wanted = new Set(inputs.flatMap((i) => i.shape.flatMap(dimensionNames)));
    const sizes = new Map<string, [Input, number, Dim]>();
    for (const input of inputs)
      input.shape.forEach((dim, axis) => {
        if (typeof dim === 'string' && isName(dim) && !sizes.has(dim)) sizes.set(dim, [input, axis, dim]);
      });
    // A size that no axis has alone is solved for: 2h + 1 tells h.
    for (const input of inputs)
      input.shape.forEach((dim, axis) => {
        const names = typeof dim === 'string' ? dimensionNames(dim) : [];
        if (names.length === 1 && !sizes.has(names[0]!)) sizes.set(names[0]!, [input, axis, dim]);
      });
    const missing = [...wanted].find((size) => !sizes.has(size));
    if (missing !== undefined)
      throw new GradusError('unsupported', `the size ${missing} is that of no axis alone`, {
        hint: `declare data with an axis of length ${missing}`,
      });
    for (const input of inputs) {
      const name = this.inputs.get(input.name)!;
      const group = input.role === 'data' || (input.role === 'free' && !this.exported.params.includes(input)) ? 'data' : 'params';
      const shape = input.shape.map((dim) => {
        const free = dimensionNames(dim).some((size) => !known.has(size));
        return free ? 'None' : dimCode(dim, (size) => this.sizeName(size)).text;
      });
      lines.push(`    ${name} = array(${JSON.stringify(input.name)}, ${group}, ${tuple(shape)})`);
      for (const [size, [owner, axis, dim]] of sizes) {
        if (owner !== input || known.has(size)) continue;
        lines.push(`    ${this.sizeName(size)} = ${this.solved(name, axis, dim)}`);
        known.add(size);
      }
    }
    // What was read before its sizes were known is checked now.
    const early = new Map<string, string[]>();
    const seen = new Set<string>();
    for (const input of inputs) {
      input.shape.forEach((dim, axis) => {
        const own = dimensionNames(dim).every((size) => sizes.get(size)![0] === input && sizes.get(size)![1] === axis);
        const late = dimensionNames(dim).some((size) => !seen.has(size)) && !own;
        if (late && dimensionNames(dim).length > 0) early.set(input.name, [...(early.get(input.name) ?? []), '']);
      });
      for (const [size, [owner]] of sizes) if (owner === input) seen.add(size);
    }
    for (const input of inputs) {
      if (!early.has(input.name)) continue;
      const group = this.exported.params.includes(input) ? 'params' : 'data';
      const shape = input.shape.map((dim) => dimCode(dim, (size) => this.sizeName(size)).text);
      lines.push(`    array(${JSON.stringify(input.name)}, ${group}, ${tuple(shape)})`);
    }
    // The graph knows a declared [n, 1] as the vector [n].
    for (const input of inputs) {
      if (input.shape.length === input.node.shape.length) continue;
      const name = this.inputs.get(input.name)!;
      lines.push(
        `    ${name} = ${name}.reshape(${tuple(input.node.shape.map((d) => dimCode(d, (s) => this.sizeName(s)).text))})`,
      );
    }
    return lines;
  }

  private solved(name: string, axis: number, dim: Dim): string {
    const length = `${name}.shape[${axis}]`;
    if (typeof dim === 'number' || isName(dim)) return length;
    const { above, below } = quotientOf(dim);
    const own = above.find((term) => term.names.length === 1);
    const rest = above.find((term) => term.names.length === 0)?.coefficient ?? 0;
    if (!own || above.length > 2 || below.names.length > 0)
      throw new GradusError('unsupported', `a size cannot be told from ${dim}`);
    const times = below.coefficient === 1 ? length : `${length} * ${below.coefficient}`;
    const moved = rest === 0 ? times : `(${times} ${rest > 0 ? '-' : '+'} ${Math.abs(rest)})`;
    return own.coefficient === 1 ? moved : `${moved} // ${own.coefficient}`;
  }

  private unpacked(lines: readonly string[]): string {
    const all = [...this.exported.params, ...this.exported.data];
    return this.taken(lines, [...all.map((i) => this.inputs.get(i.name)!), ...this.unpackedSizes], 'params');
  }

  /** What lines mention of what is unpacked. */
  private taken(lines: readonly string[], all: readonly string[], from: string): string {
    const text = lines.join('\n');
    const names = all.map((n) => (mentions(text, n) ? n : '_'));
    const target = names.every((n) => n === '_') ? '' : `${names.join(', ')} = `;
    return `    ${target}unpack(${from}, data)`;
  }

  private get unpackedSizes(): string[] {
    const { params, data } = this.exported;
    const declared = new Set([...params, ...data].flatMap((i) => i.shape.flatMap(dimensionNames)));
    return [...this.sizes].filter(([size]) => declared.has(size)).map(([, name]) => name);
  }

  /** What stands before a function: NumPy would warn of the branches that are not taken. */
  private silent(lines: readonly string[]): string[] {
    const { silent } = this.library;
    const chooses = lines.some((line) => /\b(where|near_zero|scaled)\(/.test(line));
    return [
      '',
      '',
      ...(silent && chooses ? ['# Both branches of a choice are computed, and one of them may overflow.', silent] : []),
    ];
  }

  private loss(): string[] {
    const { forward, name } = this.exported;
    const body = new Body(this.context, forward);
    const found = body.write(forward, forward.slice(-1));
    return [
      ...this.silent([...body.lines, found.at(-1)!]),
      'def loss(params, data):',
      `    """The objective, ${name}."""`,
      this.unpacked([...body.lines, found.at(-1)!]),
      ...body.lines,
      `    return ${found.at(-1)}`,
    ];
  }

  /** What differences move: the objective, where what is stopped is made of other parameters. */
  private holding(): string[] {
    const { held, name, data } = this.exported;
    if (!held) return [];
    const line: Line = { name, node: held.node, formula: '' };
    const body = new Body(this.context, [line]);
    const [found] = body.write([line], [line]);
    const lines = [...body.lines, found!];
    const others = [...data, ...this.unpackedSizes].map(() => '_');
    return [
      ...this.silent(lines),
      'def loss_holding(params, held, data):',
      `    """${name}, what is stopped being made of held: what differences move."""`,
      this.unpacked(lines),
      this.taken(lines, [...this.held, ...others], 'held'),
      ...body.lines,
      `    return ${found}`,
    ];
  }

  private gradients(): string[] {
    const { forward, backward, params, name } = this.exported;
    const body = new Body(this.context, [...forward, ...backward]);
    const lines = [...forward, ...backward];
    const ofParam = new Map(params.map((p) => [p, lines.findIndex((line) => line.name === `∂${name}/∂${p.name}`)]));
    const found = body.write(lines, [forward.at(-1)!, ...params.map((p) => lines[ofParam.get(p)!]!)]);
    const entries = params.map((p) => {
      const value = found[ofParam.get(p)!]!;
      const declared = p.shape.length === p.node.shape.length;
      const shape = tuple(p.shape.map((d) => dimCode(d, (s) => this.sizeName(s)).text));
      return `        ${JSON.stringify(p.name)}: ${declared ? value : `${value}.reshape(${shape})`},`;
    });
    return [
      ...this.silent([...body.lines, ...entries]),
      'def value_and_gradients(params, data):',
      `    """${name} and its gradient by each parameter."""`,
      this.unpacked([...body.lines, ...entries]),
      ...body.lines,
      `    return ${found[forward.length - 1]}, {`,
      ...entries,
      '    }',
      '',
      '',
      'def gradients(params, data):',
      `    """The gradient of ${name} by each parameter."""`,
      '    return value_and_gradients(params, data)[1]',
    ];
  }

  private predict(): string[] {
    const { predicted, forward, params, data } = this.exported;
    if (!predicted) return ['', '', ...wrapped(UNPREDICTED, WIDTH - 2).map((line) => `# ${line}`)];
    const { name, node } = predicted;
    const line: Line = forward.find((l) => l.node === node || l.name === name) ?? { name, node, formula: '' };
    const { made } = this.context;
    const below = new Set(topological([line.node], undefined, (node) => made(node)?.loop.reads ?? valueParts(node)));
    const lines = [...forward.filter((l) => below.has(l.node) && l !== line), line];
    const body = new Body(this.context, lines);
    const found = body.write(lines, [line]);
    const used = [...params, ...data].filter((i) => below.has(i.node));
    const sizes = new Set(used.flatMap((i) => i.shape.flatMap(dimensionNames)));
    // A size that only the targets tell is read from them.
    const more = [...params, ...data].filter((i) => !used.includes(i) && this.mentions(body.lines, i, sizes));
    return [
      ...this.silent(body.lines),
      'def predict(params, data):',
      `    """What the model predicts, ${name}; targets are not needed."""`,
      ...this.refusing(),
      ...usedOnly(this.reading([...used, ...more]), body.lines),
      ...body.lines,
      `    return ${found.at(-1)}`,
    ];
  }

  private mentions(lines: readonly string[], input: Input, sizes: ReadonlySet<string>): boolean {
    const text = lines.join('\n');
    return input.shape
      .flatMap(dimensionNames)
      .some(
        (size) => !sizes.has(size) && new RegExp(`(?<![\\p{L}\\p{N}_])${this.sizeName(size)}(?![\\p{L}\\p{N}_])`, 'u').test(text),
      );
  }

  /** What parameters start from, and the data of the source. */
  private starts(): string[] {
    const { params, data } = this.exported;
    return [
      ...this.values('initial_parameters', 'What the parameters start from.', params),
      ...this.values('example_data', 'The data that the model holds.', data),
    ];
  }

  private values(name: string, words: string, inputs: readonly Input[]): string[] {
    const { library } = this;
    const { values } = this.exported;
    const missing = inputs.filter((i) => !values.has(i.name)).map((i) => i.name);
    const head = ['', '', `def ${name}():`, `    """${words}"""`];
    if (missing.length > 0) return [...head, ...raised(lackingText(this.exported, missing, library.name, 'pass your own, or '))];
    if (inputs.length === 0) return [...head, '    return {}'];
    const entries = inputs.map(
      (i) => `        ${JSON.stringify(i.name)}: ${arrayText(values.get(i.name)!, '        ', library)},`,
    );
    return [...head, '    return {', ...entries, '    }'];
  }
}
