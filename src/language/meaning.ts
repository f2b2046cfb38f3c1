import { tokenize } from './tokenize.ts';

/** A source without its comments and its layout: two that mean the same are the same list. @throws GradusError as `parse` */
export function meaningOf(source: string): string[] {
  return tokenize(source).list.flatMap(({ type, text, raised, by }) => [
    type,
    text,
    // Of `sin²(x)` and `d/dx` a part is read already.
    ...(raised || by ? [JSON.stringify([raised?.callee, raised?.exponent, by], withoutPlaces)] : []),
  ]);
}

const withoutPlaces = (key: string, value: unknown): unknown => (key === 'span' || key === 'at' ? undefined : value);
