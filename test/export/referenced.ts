import { exampleOf, shapeOf } from '../docs/reference/example.ts';
import { groups } from '../docs/reference/functions.ts';

const literal = (v: unknown): string => (Array.isArray(v) ? `[${v.map(literal).join(', ')}]` : String(v));

/** A model of each function that the reference shows, of numbers and of arrays, with its example's numbers. */
export const referenced: readonly (readonly [name: string, text: string])[] = groups
  .flatMap((group) => Object.entries(group.entries))
  .flatMap(([name, entry]) => {
    const { objective, at } = exampleOf(entry);
    const names = Object.keys(at);
    if (!names.some((n) => n in entry.at)) return [];
    const declared = names.map((n) => {
      const shape = shapeOf(at[n] as never);
      return `${n in entry.at ? 'param' : 'data'} ${n}${shape.length > 0 ? ` : [${shape.join(', ')}]` : ''} = ${literal(at[n])}`;
    });
    return [[name, `${declared.join('\n')}\nminimize (${objective})`] as const];
  });
