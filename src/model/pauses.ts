import type { Dim } from '../graph/dimension.ts';
import { constantOf } from '../graph/forms.ts';
import { type Apply, type Contraction, children, type Definition, isConstant, isView, type Node, UNIT } from '../graph/node.ts';
import { isNegative, isOne } from '../graph/rational.ts';
import { dependents, topological } from '../graph/traverse.ts';
import { turned } from '../graph/views.ts';
import { sigmoid, softplus } from '../operators/activation.ts';
import { isChoice, isTruth } from '../operators/comparison.ts';
import { extremeOf, relu } from '../operators/kinked.ts';
import type { Operator } from '../operators/operator.ts';
import { log, pow } from '../operators/power.ts';
import { isLogsumexp, isSoftmax } from '../operators/reductions.ts';
import { tanh } from '../operators/trigonometric.ts';
import { activations } from '../operators/units.ts';
import { isDeviation } from '../simplify/deviations.ts';
import type { Model } from './model.ts';

/** What a part is for, by which it is called: z = W·x + b, a = σ(z), p = softmax(z), r = X·w − y. */
export type Role = 'input' | 'activation' | 'shares' | 'residual' | 'part';

/** What a layer is passed through. */
export const ACTIVATIONS: ReadonlySet<Operator> = new Set([sigmoid, tanh, relu, softplus, ...activations]);

/** What a derivation pauses at, and what its parts are called. */
export interface Pauses {
  /** All that the model is made of, parts before wholes. */
  readonly order: readonly Node[];
  readonly roles: ReadonlyMap<Node, Role>;
  /** The number that a layer has in its name, by what its function is applied to: Z1 goes with A1. */
  readonly numbers: ReadonlyMap<Node, string>;
}

export const isDefinition = (node: Node): node is Definition => node.kind === 'definition';
export const isRecurrence = (node: Node): boolean => node.kind === 'recurrence';
const standsFor = (node: Node): Node => (isDefinition(node) ? node.value : node);

/** The lines of a model: what names stand for, and its objective. */
export function pausesOf({ objective, definitions }: Model, variables: readonly Node[]): Pauses {
  const root = objective!.node;
  const lines = [...new Set([...definitions.map((d) => d.node), root].map(standsFor))];
  const order = topological([root]);
  const active = dependents(order, variables);
  // A recurrence, and what its steps read, has names of its own.
  const closed = new Set(topological(order.filter(isRecurrence)));
  const roles = new Map<Node, Role>();
  const named = new Set<Node>(lines);
  for (const line of lines)
    if (active.has(line) && !isDefinition(line)) {
      const own = topological([line], isDefinition).filter((n) => active.has(n) && !isDefinition(n));
      const parts =
        line.shape.length === 0 || line === root
          ? [...partsOfLoss(own, active), ...repeated(own)]
          : [...partsOfLayer(line), ...partsOfGates(own), ...partsOfNorm(own)];
      for (const [part, role] of parts) {
        if (!active.has(part) || named.has(part) || closed.has(part) || isPlain(part) || isRearranged(part)) continue;
        const known = roles.get(part);
        const own = isResidual(part, active) ? 'residual' : role;
        if (own === 'part' && isOfNeighbours(part, active)) continue;
        if (known === undefined || known === 'part') roles.set(part, own);
      }
    }
  const numbers = new Map<Node, string>();
  for (const { name, node } of definitions) {
    const [number] = /\d+$/.exec(name) ?? [];
    const [input] = number ? partsOfLayer(node.value) : [];
    if (input && number) numbers.set(input[0], number);
  }
  const isNamed = (n: Node): boolean => roles.has(n) || isPlain(n);
  // A − Y of a part that has a name is no pause: what arrives at A goes through it as it is.
  for (const node of [...roles.keys()]) {
    const moving = node.kind === 'sum' ? node.terms.filter((t) => active.has(t)) : [];
    if (moving.length > 0 && moving.every((t) => isNamed(core(t)))) roles.delete(node);
  }
  return { order, roles, numbers };
}

/** Names, these seen another way, and entries of them. */
const isPlain = (node: Node): boolean =>
  node.kind === 'variable' || isDefinition(node) || (isView(node) && !isRow(node)) || isPartOfName(node);

/** e[3:T], x[i + 1]: what is read of an array is no part of its own. */
const isPartOfName = (node: Node): boolean =>
  node.kind === 'contraction' && isOne(node.coefficient) && nameReadBy(node) !== undefined;

/** The name that entries are read of, perhaps times a number. */
function nameReadBy(node: Node): Node | undefined {
  if (node.kind !== 'contraction') return undefined;
  const read = node.factors.filter((factor) => factor.kind !== 'affine' || !factor.test);
  return read.length === 1 && (read[0]!.kind === 'variable' || isDefinition(read[0]!)) ? read[0] : undefined;
}

/** vec(A), A ⊗ B: entries in other rows. What becomes of it is read where it is, as an entry has its own only by arithmetic. */
const isRearranged = (node: Node): boolean =>
  node.kind === 'contraction' &&
  node.factors.some((f) => f.kind === 'affine' && f.test && f.shape.length > 2 && !f.steps.every(isUnit));

/**
 * x[i + 1] − x[i]²: what neighbours make is told of the entries themselves, by cases at both ends, where nobody knows how many
 * there are.
 */
const isOfNeighbours = (part: Node, active: ReadonlySet<Node>): boolean =>
  topological([part], isDefinition).some((n) => active.has(n) && nameReadBy(n) !== undefined && isCut(n as Contraction));

/** x[1:n − 1], x[i + 1]: of an axis whose length is a name, not all entries. */
const isCut = ({ factors, indices, sizes }: Contraction): boolean =>
  factors.some((f, k) =>
    f.kind === 'affine'
      ? f.steps.every(isUnit) && f.shape.some((length) => typeof length === 'string')
      : indices[k]!.some((i, axis) => i !== UNIT && typeof sizes[i] === 'string' && sizes[i] !== f.shape[axis]),
  );

const isUnit = (step: Dim): boolean => step === 1 || step === -1;

/** A term without its number, its turning and its stretching. */
const core = (term: Node): Node => (term.kind === 'contraction' && term.factors.length === 1 ? core(term.factors[0]!) : term);

type Part = readonly [part: Node, role: Role];

/** What is turned round, or has a number before it. */
function plainOf(node: Node): Node {
  const plain = turned(node);
  if (plain) return plain;
  const isScaled = node.kind === 'contraction' && node.factors.length === 1 && node.indices[0]!.join() === node.result.join();
  return isScaled ? node.factors[0]! : node;
}

/** What functions in a loss are applied to, and what they give. */
function partsOfLoss(own: readonly Node[], active: ReadonlySet<Node>): Part[] {
  const root = own[own.length - 1];
  const terms = termsOfLoss(root!, active);
  const ofArrays = dependents(
    own,
    own.filter((n) => n.shape.length > 0),
  );
  // Cases are read as one: no pause for what is compared, nor for what a branch makes of its argument.
  const chosen = new Set(
    topological(
      own.flatMap((node) => (isChoice(node) ? node.args : [])),
      isDefinition,
    ),
  );
  return own.flatMap((node): Part[] => {
    // det(X) within a logarithm is what one pauses at; other numbers within functions are derived in one go.
    if (node.shape.length === 0)
      return node.kind === 'contraction'
        ? partsOfQuotient(node, active, ofArrays)
        : node.kind === 'apply'
          ? node.args.filter((arg) => arg.kind === 'array').map((arg) => [arg, 'part'])
          : [];
    if (node.kind === 'array' && isLogsumexp(node)) return isLayered(node.args[0]!) ? [[plainOf(node.args[0]!), 'input']] : [];
    if (isSoftmax(node)) {
      const input: Part = [plainOf(node.args[0]!), 'input'];
      return node === root || turned(root!) === node ? [input] : [input, [node, 'shares']];
    }
    if (node.kind !== 'apply' || isTruth(node)) return [];
    if (isChoice(node)) return node === root || chosen.has(node) ? [] : [[node, 'part']];
    const isActivation = ACTIVATIONS.has(node.operator);
    const args = node.args.filter((arg) => arg.shape.length > 0 && active.has(arg));
    const parts = args.map((arg): Part => [plainOf(arg), isActivation ? 'input' : 'part']);
    // A logarithm goes into the sum that it is a term of, with the factor before it.
    const isTerm = node.operator === pow || node.operator === log || node.operator.said !== undefined;
    // So does a function of a name: what arrives at it is a number.
    const isApart =
      !isTerm && !chosen.has(node) && node !== root && turned(root!) !== node && !(terms.has(node) && args.every(isPlain));
    return isApart ? [...parts, [node, isActivation ? 'activation' : 'part']] : parts;
  });
}

/** u and v of u/v, numbers that are made of arrays, where both move: wᵀ·A·w/(wᵀ·B·w). */
function partsOfQuotient({ factors }: Contraction, active: ReadonlySet<Node>, ofArrays: ReadonlySet<Node>): Part[] {
  const moving = factors.filter((f) => active.has(f));
  if (moving.length < 2 || moving.some((f) => f.shape.length > 0)) return [];
  const parts = moving.map((f): Node => (isDivided(f) ? f.args[0]! : f));
  return moving.some(isDivided) && parts.every((part) => ofArrays.has(part)) ? parts.map((part): Part => [part, 'part']) : [];
}

const isDivided = (node: Node): node is Apply => {
  const p = node.kind === 'apply' && node.operator === pow ? constantOf(node.args[1]!) : undefined;
  return p !== undefined && isNegative(p);
};

/** What a loss is a weighted sum of. */
function termsOfLoss(root: Node, active: ReadonlySet<Node>): Set<Node> {
  const found = new Set<Node>([root]);
  for (const node of found) {
    const moving = (node.kind === 'sum' ? node.terms : node.kind === 'contraction' ? node.factors : []).filter((n) =>
      active.has(n),
    );
    if (node.kind === 'sum' || moving.length === 1) for (const part of moving) found.add(part);
  }
  return found;
}

/** What the function of a layer is applied to, A = σ(W·X + b). */
function partsOfLayer(line: Node): Part[] {
  const layer = plainOf(line);
  const input = argumentOf(layer);
  const plain = input && plainOf(input);
  return plain && isLayered(plain) ? [[plain, 'input']] : [];
}

const isLayered = (input: Node): boolean => topological([input], isDefinition).some(isProduct);

/** W·X + b: a product, or a sum with one. */
const isLinear = (node: Node): boolean => (node.kind === 'sum' ? node.terms.some(isLinear) : isProduct(plainOf(node)));

/** The z of a layer's function, and of a softmax or its logarithm. */
function argumentOf(layer: Node): Node | undefined {
  if (layer.kind === 'apply') return activated(layer);
  return layer.kind === 'array' && (isLogsumexp(layer) || isSoftmax(layer)) ? layer.args[0] : undefined;
}

/** The z of σ(z), and of max(0, z). */
function activated({ operator, args }: Apply): Node | undefined {
  if (ACTIVATIONS.has(operator)) return args[0];
  if (extremeOf(operator) === undefined || args.length !== 2) return undefined;
  const moving = args.filter((arg) => !isConstant(arg));
  return moving.length === 1 ? moving[0] : undefined;
}

/** What gates let through, silu(X·W1) ⊙ (X·W2): the products that stand entry by entry on one another, and functions of them. */
function partsOfGates(own: readonly Node[]): Part[] {
  const gated = new Set(own.flatMap((node) => (isProductOfEntries(node) ? node.factors : [])));
  return [...gated].flatMap((factor): Part[] => {
    if (isLinear(factor)) return [[factor, 'input']];
    const layer = partsOfLayer(factor);
    return layer.length > 0 ? [...layer, [factor, 'activation']] : [];
  });
}

const isProductOfEntries = (node: Node): node is Contraction =>
  node.kind === 'contraction' && !isProduct(node) && node.factors.filter((f) => f.shape.length > 0).length > 1;

/** What is written again and again in a loss: the residual r of rᵀ·S·r, the matrix of a determinant and an inverse. */
function repeated(own: readonly Node[]): Part[] {
  const isWritten = (node: Node): boolean => node.kind === 'sum' && node.shape.length > 0;
  const squared = own.flatMap((node) => (node.shape.length === 0 ? twice(factorsWithin(node).filter(isWritten)) : []));
  const matrices = own.flatMap((node) => (node.kind === 'array' ? [...new Set(node.args.filter(isWritten))] : []));
  return [...squared, ...twice(matrices)].map((part): Part => [part, 'part']);
}

/** The factors of a number, those of its products of arrays too, each of which is opened once. */
function factorsWithin(root: Node): Node[] {
  const open = new Set([root]);
  const found: Node[] = [];
  for (const node of open)
    for (const factor of node.kind === 'contraction' ? node.factors : []) {
      found.push(factor);
      if (factor.shape.length > 0) open.add(factor);
    }
  return found;
}

const twice = (nodes: readonly Node[]): Node[] => nodes.filter((node, k) => nodes.indexOf(node) < k);

/** What a normalisation is made of, u/√(mean u² + ε): the differences from a mean, and what they vary. */
function partsOfNorm(own: readonly Node[]): Part[] {
  const isSquareOf = (f: Node, u: Node): boolean => f.kind === 'apply' && f.operator === pow && f.args[0] === u;
  // What only its variance has is no pause: the differences stand in the line as well.
  const isUsed = (u: Node): boolean => own.some((n) => children(n).includes(u) && !isSquareOf(n, u));
  const deviations = own.filter((node) => isDeviation(node) && isUsed(node));
  const isSquare = (f: Node): boolean => deviations.some((u) => isSquareOf(f, u));
  const squares = own.filter((node) => node.shape.length > 0 && summedOver(node).some(isSquare));
  // The mean of the squares, where they are divided by how many there are.
  const isMeanOf = (whole: Node, sum: Node): boolean =>
    whole.kind === 'contraction' && whole.factors.includes(sum) && whole.factors.every((f) => f === sum || f.shape.length === 0);
  const variances = squares.map((sum) => {
    const variance = own.find((whole) => isMeanOf(whole, sum)) ?? sum;
    // As it is seen: that of each column is a row.
    return (
      own.find((seen) => isView(seen) && seen.kind === 'contraction' && seen.factors[0] === variance && isRow(seen)) ?? variance
    );
  });
  return variances.length === 0 ? [] : [...deviations, ...variances].map((part): Part => [part, 'part']);
}

const isRow = ({ shape }: Node): boolean => shape.length === 2 && shape[0] === 1;

/** The factors that a product sums over. */
const summedOver = (node: Node): readonly Node[] =>
  node.kind === 'contraction'
    ? node.factors.filter((_, k) => node.indices[k]!.some((index) => index !== UNIT && !node.result.includes(index)))
    : [];

/** A product of arrays that is summed over. */
const isProduct = (node: Node): boolean =>
  node.kind === 'contraction' &&
  node.factors.length > 1 &&
  node.indices.flat().some((index) => index !== UNIT && !node.result.includes(index));

/** What a model gives less what was measured, or the other way round. */
function isResidual(node: Node, active: ReadonlySet<Node>): boolean {
  if (node.kind !== 'sum') return false;
  const isMinus = (term: Node): boolean => term.kind === 'contraction' && isNegative(term.coefficient);
  const isGiven = (term: Node): boolean => {
    const core = isView(term) && term.kind === 'contraction' ? term.factors[0] : term;
    return core?.kind === 'variable' && !active.has(core) && core.shape.length > 0;
  };
  const given = node.terms.filter(isGiven);
  const others = node.terms.filter((t) => !isGiven(t));
  return given.length === 1 && others.every((t) => isMinus(t) !== isMinus(given[0]!));
}
