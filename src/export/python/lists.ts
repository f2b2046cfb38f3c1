import type { Identifiers } from '../../compile/targets/identifiers.ts';
import { Tensor } from '../../numeric/tensor.ts';
import { mentions } from './lines.ts';
import { pythonLiteral } from './literal.ts';

/** Long lists of numbers, which stand at the head of a program under names of their own. */
export class Lists {
  private readonly names: Identifiers;
  private readonly named = new Map<string, string>();

  constructor(names: Identifiers) {
    this.names = names;
  }

  readonly name = (numbers: readonly number[]): string => {
    const text = pythonLiteral(new Tensor([numbers.length], Float64Array.from(numbers)), '');
    const name = this.named.get(text) ?? this.names.fresh(`SERIES_${this.named.size + 1}`);
    this.named.set(text, name);
    return name;
  };

  /** Those that a text has. */
  lines(used: string): string[] {
    return [...this.named].filter(([, name]) => mentions(used, name)).map(([text, name]) => `${name} = ${text}`);
  }
}
