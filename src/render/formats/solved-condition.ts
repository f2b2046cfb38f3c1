import { FLIPPED, type Relation } from '../../derivation/relations.ts';
import type { Node } from '../../graph/node.ts';
import type { Fraction } from '../../graph/rational.ts';

/** How nodes, numbers and signs are written. */
export interface WritingRelations {
  readonly value: (what: Node | Fraction, isWhole?: boolean) => string;
  readonly sign: (sign: string) => string;
  /** A formula as it stands among words. */
  readonly formula: (written: string) => string;
}

/** Relations as they are written: two borders of one letter on both its sides, two opposite places as one. */
export function writeRelations(relations: readonly Relation[], { value, sign, formula }: WritingRelations): string {
  const left = [...relations];
  const said: string[] = [];
  const take = (test: (r: Relation) => boolean): Relation | undefined => {
    const at = left.findIndex(test);
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  for (let r = left.shift(); r; r = left.shift()) {
    const { part, bound } = r;
    const other = isBorder(r)
      ? take((o) => o.part === part && isBorder(o) && isBelow(o) !== isBelow(r!))
      : take((o) => o.part === part && o.sign === r!.sign && o.bound.equals(bound.neg()));
    const [low, high] = isBelow(r) ? [other, r] : [r, other];
    if (!other) said.push(`${value(part, r.whole)} ${sign(r.sign)} ${value(bound)}`);
    else if (isBorder(r))
      said.push(`${value(low!.bound)} ${sign(FLIPPED[low!.sign])} ${value(part)} ${sign(high!.sign)} ${value(high!.bound)}`);
    else said.push(`${value(part)} ${sign(r.sign)} ${sign('±')}${value(bound.abs())}`);
  }
  return said.map(formula).join(' and ');
}

const isBelow = ({ sign }: Relation): boolean => sign === '<' || sign === '≤';
const isBorder = ({ sign }: Relation): boolean => ['<', '≤', '>', '≥'].includes(sign);
