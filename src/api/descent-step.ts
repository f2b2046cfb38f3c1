import type { Measured, Numbers, Remark, Stepped, Update } from '../derivation/numbers.ts';
import type { Node } from '../graph/node.ts';
import { decimal } from '../graph/rational.ts';
import { topological } from '../graph/traverse.ts';
import { greekName } from '../language/greek.ts';
import type { Input, Model } from '../model/model.ts';
import type { Inputs } from '../numeric/binding.ts';
import { Callable, type CompileOptions } from '../numeric/callable.ts';
import { Tensor } from '../numeric/tensor.ts';

/** What a step of descent is asked of. */
interface Asked {
  readonly model: Model;
  readonly called: string;
  readonly wrt: readonly string[];
  readonly inputs: Inputs;
  readonly lr?: number | undefined;
  readonly options: CompileOptions;
}

interface Known {
  readonly forward: readonly Measured[];
  readonly backward: readonly Measured[];
  readonly objective: Measured;
}

interface Descent {
  readonly update?: Update;
  /** Why there is none. */
  readonly remarks: readonly Remark[];
}

/** A parameter, its slope and where it starts. */
interface Moved {
  readonly input: Input;
  readonly gradient: Measured;
  readonly before: Numbers;
}

/** More numbers on the way are not given again after the step. */
const MOST_AGAIN = 16;

/** The rate is the largest power of ten by which the objective gets better. */
const RATES = Array.from({ length: 9 }, (_, k) => Number(`1e-${k}`));

/** A step of descent from where the numbers are, and what it makes of the quantities on the way. */
export function stepOfDescent(asked: Asked, known: Known): Descent {
  const { model, lr } = asked;
  if (!takesSteps(asked)) return { remarks: lr === undefined ? [] : [{ kind: 'noStep', rate: lr }] };
  const moved = movedBy(asked, known);
  if (lr === undefined && moved.every(({ gradient }) => isZero(gradient))) return { remarks: [{ kind: 'flat' }] };
  const climbs = model.objective!.sense === 'maximize';
  const before = known.objective.data[0]!;
  const again = known.forward.filter(
    ({ name, node, data }) =>
      name !== known.objective.name &&
      data.length <= MOST_AGAIN &&
      moved.some(({ input }) => topological([node]).includes(input.node)),
  );
  const after = landing(asked, moved, climbs ? 1 : -1);
  const forward = Callable.of(model, [model.objective!.node, ...again.map(({ node }) => node)], {
    ...asked.options,
    defaults: true,
  });
  for (const rate of lr === undefined ? RATES : [lr]) {
    const parameters = after(rate);
    const values = Object.fromEntries(parameters.map(({ name, after: { shape, data } }) => [name, shaped(shape, data)]));
    const [objective, ...rest] = forward.run({ ...asked.inputs, ...values });
    const there = objective!.data[0]!;
    if (lr === undefined && !(climbs ? there > before : there < before)) continue;
    const update: Update = {
      rate,
      sign: climbs ? '+' : '−',
      letter: letterFor(model),
      parameters,
      objective: { name: asked.called, before, after: there },
      forward: again.map((part, k) => ({ ...part, data: rest[k]!.data })),
    };
    return { update, remarks: [] };
  }
  return { remarks: [{ kind: 'unimproved', climbs }] };
}

/** Only parameters take steps, of a number that is to be small or large. */
function takesSteps({ model, wrt }: Asked): boolean {
  const { node, sense } = model.objective!;
  return node.shape.length === 0 && sense !== 'none' && wrt.every((name) => model.inputs.get(name)?.role === 'param');
}

/** What the objective does not read has no slope, and stays. */
function movedBy({ model, called, wrt, inputs, options }: Asked, { backward }: Known): Moved[] {
  const there = wrt.flatMap((name) => {
    const gradient = backward.find((part) => part.name === `∂${called}/∂${name}`);
    return gradient ? [{ input: model.inputs.get(name)!, gradient }] : [];
  });
  const starts = Callable.of(
    model,
    there.map(({ input }) => input.node),
    { ...options, defaults: true },
  ).run(inputs);
  return there.map((one, k) => ({ ...one, before: starts[k]! }));
}

/** No source has this name. */
const RATE = 'learning rate';

/**
 * Where parameters come to by a rate: as far as their slopes say, and from there, as training does it, to what their facts
 * allow.
 */
function landing({ model, inputs, options }: Asked, moved: readonly Moved[], sign: 1 | -1): (rate: number) => Stepped[] {
  const { graph: g } = model;
  const rate = g.variable(RATE, [], 'const');
  const kept = moved.map(({ input, gradient }): Node | undefined => {
    const { node, facts } = input;
    if (!facts.some(({ record }) => record.kept)) return undefined;
    const to = g.sum(node, g.mul(g.constant(decimal(String(sign))), rate, gradient.node));
    return facts.reduce((at, { record }) => record.kept?.(g, at, node) ?? at, to);
  });
  const nodes = kept.filter((node) => node !== undefined);
  const own: Input = { name: RATE, role: 'const', shape: [], node: rate, facts: [] };
  const within = { ...model, inputs: new Map([...model.inputs, [RATE, own]]) };
  const program = nodes.length > 0 ? Callable.of(within, nodes, { ...options, defaults: true }) : undefined;
  return (by) => {
    const found = program?.run({ ...inputs, [RATE]: by }) ?? [];
    return moved.map(({ input, gradient, before }, k): Stepped => {
      const to = stepped(before, gradient, sign * by);
      const node = kept[k];
      const after = node ? found[nodes.indexOf(node)]! : to;
      const facts = input.facts
        .filter(({ record }) => record.kept)
        .map(({ text, record }) => ({ fact: text, where: record.keeps }));
      const isHeld = node !== undefined && !isNear(to, after);
      return { name: input.name, slope: gradient.name, before, gradient, after, ...(isHeld && { kept: { to, facts } }) };
    });
  };
}

const isZero = ({ data }: Numbers): boolean => Array.prototype.every.call(data, (x) => x === 0);

/** Equal but for rounding. */
const isNear = (a: Numbers, b: Numbers): boolean =>
  Array.prototype.every.call(a.data, (x, k) => Math.abs(x - b.data[k]!) <= 1e-12 * Math.max(Math.abs(x), Math.abs(b.data[k]!)));

const LETTERS = ['α', 'η', 'λ'];

const letterFor = (model: Model): string => {
  // A name that is written out is shown as its letter.
  const used = new Set([...model.inputs.keys(), ...model.definitions.map(({ name }) => name)].map(greekName));
  return LETTERS.find((letter) => !used.has(letter)) ?? 'ε';
};

const stepped = ({ shape, data }: Numbers, { data: slopes }: Numbers, by: number): Numbers => ({
  shape,
  data: Float64Array.from(data, (x, k) => x + by * slopes[k]!),
});

const shaped = (shape: readonly number[], data: ArrayLike<number>) =>
  shape.length === 0 ? data[0]! : new Tensor(shape, Float64Array.from(data));
