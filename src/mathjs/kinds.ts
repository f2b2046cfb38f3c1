import { GradusError } from '../language/diagnostics.ts';
import type { Expr } from '../language/tree.ts';
import { call } from '../reading/syntax.ts';
import { picked } from './entries.ts';
import { type Excerpt, excerpt, unsupported } from './excerpt.ts';
import { known } from './known.ts';
import type { Fields, MathNode } from './nodes.ts';
import type { NodeReader } from './reader.ts';
import { asRow, count, isNumber, numeral, ofNumbers, type Read, sameSizes, showSizes } from './value.ts';

type Kind = (node: Fields, reader: NodeReader) => Read;

/** What each kind of node means. */
export const KINDS: Readonly<Record<string, Kind>> = {
  ConstantNode: ({ value }, _reader) => {
    const number = known(value, 'a constant');
    if (!number || number.shape.length > 0)
      throw unsupported(`${typeof value === 'string' ? `the text "${value}"` : String(value)} is no number`);
    return { tree: exact(value), shape: [] };
  },
  SymbolNode: ({ name }, reader) => reader.symbol(name as string),
  ParenthesisNode: ({ content }, reader) => reader.read(content as MathNode),
  OperatorNode: (node, reader) => reader.call(node, node.fn as string, node.args as readonly MathNode[]),
  FunctionNode: (node, reader) => {
    if ((node.fn as Fields).type !== 'SymbolNode')
      throw unsupported(`${excerpt(node)}: a function of an object is not supported`);
    return reader.call(node, node.name as string, node.args as readonly MathNode[]);
  },
  FunctionAssignmentNode: (node, reader) => {
    const params = (node.params as readonly string[]).map((param) => reader.symbol(param));
    return reader.applied(node, params, excerpt(node));
  },
  AssignmentNode: (node, reader) => reader.block([node]),
  BlockNode: (node, reader) => reader.block((node.blocks as readonly { readonly node: MathNode }[]).map((block) => block.node)),
  ConditionalNode: (node, reader) => {
    const what = excerpt(node);
    const [condition, yes, no] = [node.condition, node.trueExpr, node.falseExpr].map((part) => reader.read(part as MathNode)) as [
      Read,
      Read,
      Read,
    ];
    if (!isNumber(condition))
      throw new GradusError('shape', `${what}: a condition is one number, this is ${showSizes(condition.shape)}`);
    if ([condition, yes, no].every(isNumber)) return ofNumbers(what, [condition, yes, no], (...trees) => call('where', ...trees));
    if (condition.each || !sameSizes(yes.shape, no.shape))
      throw unsupported(`${what}: both sides must have one shape, these are ${showSizes(yes.shape)} and ${showSizes(no.shape)}`);
    return { tree: call('where', condition.tree, yes.tree, no.tree), shape: yes.shape };
  },
  RelationalNode: (node, reader) => {
    const params = node.params as readonly MathNode[];
    const pairs = (node.conditionals as readonly string[]).map((name, k) => reader.call(node, name, params.slice(k, k + 2)));
    return ofNumbers(excerpt(node), pairs, (...trees) => trees.reduce((a, b) => call('and', a, b)));
  },
  ArrayNode: (node, reader) => {
    const items = (node.items as readonly MathNode[]).map((item) => reader.read(item));
    return stacked(items, excerpt(node));
  },
  AccessorNode: (node, reader) => picked(node, 'object', reader, excerpt(node)),
};

/** A list of numbers is a vector, one of vectors a matrix of these rows. */
function stacked(items: readonly Read[], what: Excerpt): Read {
  const [first] = items;
  if (!first) throw unsupported(`${what}: an empty list is not supported`);
  if (items.some((item) => item.each)) throw unsupported(`${what}: the function of a map must give a number`);
  const other = items.find((item) => !sameSizes(item.shape, first.shape));
  if (other) throw new GradusError('shape', `${what}: ${showSizes(first.shape)} and ${showSizes(other.shape)} in one list`);
  const shape = [items.length, ...first.shape];
  if (first.shape.length === 0) return { tree: call('vector', ...items.map((item) => item.tree)), shape };
  if (first.shape.length > 1) throw unsupported(`${what}: a list of matrices is not supported`);
  const rows = items.map((item) => (count(item.shape) === 1 ? item.tree : asRow(item)));
  if (rows.length === 1) return { tree: rows[0]!, shape };
  return { tree: first.shape[0] === 1 ? call('vector', ...rows) : call('concat', ...rows), shape };
}

/** A constant with all its digits: big numbers and fractions are exact. */
function exact(value: unknown): Expr {
  if (typeof value === 'object' && value !== null && 'isFraction' in value && 's' in value && 'n' in value && 'd' in value) {
    const { s, n, d } = value;
    const quotient = call('/', numeralText(String(n)), numeralText(String(d)));
    return Number(s) < 0 ? call('-', quotient) : quotient;
  }
  const text = typeof value === 'object' && value !== null ? String(value) : undefined;
  if (text !== undefined && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(text))
    return text.startsWith('-') ? call('-', numeralText(text.slice(1))) : numeralText(text);
  return numeral(Number(value));
}

const numeralText = (text: string): Expr => ({ kind: 'number', text, span: { start: 0, end: 0 } });
