import type { NameSet } from '../graph/names.ts';

/** Names that the source does not have yet: t, t2, t3 … */
export class FreshNames implements NameSet {
  private readonly own: Set<string>;
  private readonly reserved: NameSet;
  private readonly next = new Map<string, number>();

  constructor(own: Iterable<string>, reserved: NameSet) {
    this.own = new Set(own);
    this.reserved = reserved;
  }

  has(name: string): boolean {
    return this.own.has(name) || this.reserved.has(name);
  }

  fresh(stem: string): string {
    let k = this.next.get(stem) ?? 1;
    let name = k === 1 ? stem : `${stem}${k}`;
    while (this.has(name)) name = `${stem}${++k}`;
    this.next.set(stem, k + 1);
    this.own.add(name);
    return name;
  }
}
