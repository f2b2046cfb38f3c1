import { isZeroNode } from '../graph/forms.ts';
import { isTest } from '../graph/linear.ts';
import { type Affine, type Contraction, type Node, type Sum, UNIT } from '../graph/node.ts';
import { aloneInProduct } from '../graph/placed.ts';
import type { Fraction } from '../graph/rational.ts';
import type { Expr } from '../language/tree.ts';
import { addedForms } from './cases.ts';
import type { Lent, Written } from './hoist.ts';
import { blockForm, type IndexForm, indexForm } from './index-form.ts';
import { rowForm, withRows } from './row-form.ts';
import { stackedRows } from './stack-form.ts';
import { NOWHERE, numeralOf } from './syntax.ts';

/** What a reader lends. */
interface Around extends Lent {
  finisher(coefficient: Fraction, scalars: readonly Node[]): (array: Expr | undefined) => Expr;
}

/** What only index notation can say, as far as that is seen at once. */
export const isByEntries = (node: Node): node is Affine | Contraction =>
  node.shape.some((d) => d !== 1) && (isTest(node) || (node.kind === 'contraction' && node.factors.some(isTest)));

/** Writes arrays whose entries stand at places that tests tell: as columns of entries, or by a rule for an entry. */
export class PlacedForm {
  private readonly around: Around;

  constructor(around: Around) {
    this.around = around;
  }

  /** The terms of a sum; those that only index notation can say are one array. */
  terms(node: Sum): Written[] {
    const stacked = this.stackedTogether(node);
    if (stacked) return stacked;
    const forms = new Map<Node, IndexForm>();
    for (const term of node.terms) {
      const form = isByEntries(term) && !this.around.names.has(term) && !this.stack(term) ? this.entriesOf(term) : undefined;
      if (form) forms.set(term, form);
    }
    const added = forms.size > 1 ? addedForms([...forms.values()]) : undefined;
    if (!added) return node.terms.map((t) => this.around.get(t));
    const expr = this.around.hoist.define(added.subscripts, added.entries) ?? added.entries;
    const [first] = forms.keys();
    return node.terms.flatMap((t) => (t === first ? [{ expr, shape: node.shape }] : forms.has(t) ? [] : [this.around.get(t)]));
  }

  /** Columns of entries among the terms of a sum are one column, where the first of them stands. */
  private stackedTogether(node: Sum): Written[] | undefined {
    const columns = node.terms.filter((t) => !this.around.names.has(t) && isByEntries(t) && this.stack(t));
    const [first] = columns;
    const whole = columns.length > 1 ? this.stack({ ...node, terms: columns }) : undefined;
    if (!whole) return undefined;
    return node.terms.flatMap((t) => (t === first ? [whole] : columns.includes(t) ? [] : [this.around.get(t)]));
  }

  /** A product as index notation says it; undefined where there is another way. */
  private entriesOf(given: Affine | Contraction): IndexForm | undefined {
    const node = given.kind === 'affine' ? aloneInProduct(given) : given;
    const whole = (f: Node) => this.around.full(this.around.get(f), f.shape);
    if (this.around.hoist.notation !== 'index' && (withRows(node) || rowForm(node, whole))) return undefined;
    if (blockForm(node, whole)) return undefined;
    const scalars = node.factors.filter((_, k) => node.indices[k]!.every((i) => i === UNIT));
    return indexForm(node, whole, this.around.finisher(node.coefficient, scalars), this.around.hoist.taken);
  }

  /** `[x; y]`, `[x, 1; 1, x]`: an array whose entries are written one by one. */
  stack(node: Node): Written | undefined {
    const rows = this.around.hoist.notation === 'index' ? undefined : stackedRows(node);
    if (!rows) return undefined;
    const columns = rows.map((row): readonly Expr[] | undefined => {
      if (row.shape.length === 0) return [this.around.written(row).expr];
      if (isZeroNode(row)) return row.shape.flatMap((size) => Array.from({ length: Number(size) }, () => numeralOf(0)));
      const expr = this.around.full(this.around.written(row), row.shape);
      return expr.kind === 'bracket' && expr.rows.every((own) => own.length === 1) ? expr.rows.flat() : undefined;
    });
    if (!columns.every((row) => row !== undefined)) return undefined;
    return { expr: { kind: 'bracket', rows: columns, span: NOWHERE }, shape: node.shape };
  }
}
