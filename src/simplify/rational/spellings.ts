import { axes, constantOf } from '../../graph/forms.ts';
import type { Graph } from '../../graph/graph.ts';
import type { Node } from '../../graph/node.ts';
import { absolute, type Fraction, isInteger, negated } from '../../graph/rational.ts';
import { pow } from '../../operators/power.ts';
import type { Base } from './factored.ts';
import { multiply, type Polynomial, power, TooLong } from './polynomial.ts';
import { type Powers, pairsOf } from './powers.ts';
import { Reader } from './read.ts';

/** More nodes, or more products when sums are multiplied out, than anyone would compare by eye. */
const MOST_NODES = 60;
const MOST_PRODUCTS = 24;

/**
 * One spelling for equal arguments: sin((a + b)/2) beside sin(a/2 + b/2) is the same sine, and they meet. What the same
 * function is applied to, and what stands under a root or in an exponent, is compared as arithmetic.
 */
export class Spellings {
  private readonly g: Graph;
  private readonly isArithmetic: (node: Node) => boolean;
  /** What may meet: functions that are applied to more than one piece of arithmetic. */
  private readonly several = new Set<string>();
  private readonly first = new Map<string, Node>();
  private readonly known = { even: new Map<Node, Node>(), any: new Map<Node, Node>() };

  constructor(g: Graph, order: readonly Node[], isArithmetic: (node: Node) => boolean) {
    this.g = g;
    this.isArithmetic = isArithmetic;
    const found = new Map<string, Node>();
    for (const node of order)
      for (const part of argumentsOf(node)) {
        if (!isArithmetic(part)) continue;
        const kind = kindOf(node);
        const other = found.get(kind);
        if (!other) found.set(kind, part);
        else if (other !== part) this.several.add(kind);
      }
  }

  /** A part of a node as it is spelled in the first place. */
  of(node: Node, part: Node): Node {
    if (!this.isArithmetic(part) || !this.several.has(kindOf(node)) || !argumentsOf(node).includes(part)) return part;
    const even = node.kind === 'apply' && node.operator.parity === 1;
    const known = this.known[even ? 'even' : 'any'];
    let spelled = known.get(part);
    if (!spelled) {
      const key = this.key(part, even);
      spelled = (key && this.first.get(key)) || part;
      if (key) this.first.set(key, spelled);
      known.set(part, spelled);
    }
    return spelled;
  }

  /** f(b − a) as −f(a − b), where an odd function has that argument in another place. */
  odd(node: Node): Node {
    if (node.kind !== 'apply' || node.operator.parity !== -1 || !this.several.has(kindOf(node))) return node;
    const [part] = node.args as [Node];
    const key = this.isArithmetic(part) ? this.key(part, true) : undefined;
    if (!key) return node;
    const place = `${node.operator.name}|${key}`;
    const first = this.first.get(place) ?? part;
    this.first.set(place, first);
    if (first === part || this.key(first, false) === this.key(part, false)) return node;
    return this.g.neg(this.g.apply(node.operator, first));
  }

  /** The same for equal arithmetic; as an argument of an even function, also for what differs in its sign. */
  private key(node: Node, even: boolean): string | undefined {
    try {
      const reader = new Reader(this.g, {}, MOST_NODES, (sum) => sum);
      const { c, powers, sums } = reader.read(node, axes(node.shape).result);
      const above = multipliedOut(sums.filter(({ e }) => e > 0));
      const below = multipliedOut(sums.filter(({ e }) => e < 0).map(({ p, e }) => ({ p, e: -e })));
      const texts = [...above, ...below.map(({ p, e }) => ({ p, e: -e }))].map(({ p, e }) => ({ ...canonical(reader, p), e }));
      const number = texts.reduce((q: Fraction, { flipped, e }) => (flipped && e % 2 !== 0 ? negated(q) : q), c);
      const factors = texts.map(({ text, e }) => `(${text})^${e}`).sort();
      return `${even}|${node.shape.join()}|${(even ? absolute(number) : number).toFraction()}|${monomial(reader, powers)}|${factors.join()}`;
    } catch (error) {
      if (error instanceof TooLong) return undefined;
      throw error;
    }
  }
}

/** What stands apart from the arithmetic around it: the arguments of functions, an exponent, what stands under a root. */
function argumentsOf(node: Node): readonly Node[] {
  if (node.kind === 'array') return node.args;
  if (node.kind !== 'apply') return [];
  if (node.operator !== pow) return node.args;
  const p = constantOf(node.args[1]!);
  return p && isInteger(p) ? [] : node.args;
}

const kindOf = (node: Node): string =>
  node.kind === 'apply' ? node.operator.name : node.kind === 'array' ? node.operator.key : '';

/** Sums multiplied with each other, if there are few products. */
function multipliedOut(sums: readonly Base[]): readonly Base[] {
  const count = sums.reduce((n, { p, e }) => n * p.length ** e, 1);
  if (sums.length < 2 || count > MOST_PRODUCTS) return sums;
  return [{ p: sums.map(({ p, e }) => power(p, e)).reduce(multiply), e: 1 }];
}

/** A polynomial in an order that does not depend on where it was read, its first term being positive. */
function canonical(reader: Reader, p: Polynomial): { readonly text: string; readonly flipped: boolean } {
  const terms = p.map(({ c, m }) => ({ c, text: monomial(reader, m) })).sort((a, b) => (a.text < b.text ? -1 : 1));
  const flipped = terms[0]!.c < 0n;
  return { text: terms.map(({ c, text }) => `${flipped ? -c : c}*${text}`).join('+'), flipped };
}

const monomial = ({ generators }: Reader, m: Powers): string =>
  pairsOf(m)
    .map(([id, e]) => {
      const { node, own, value } = generators[id]!;
      return `${value ? 'root ' : ''}${node.id}:${own.join()}^${e}`;
    })
    .sort()
    .join('*');
