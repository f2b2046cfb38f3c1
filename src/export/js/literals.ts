import type { Value } from '../../numeric/value-text.ts';
import { numbersOf, wrapped } from '../c/numbers.ts';

/** Values as JavaScript writes them. */

/** As a key in a literal, where `__proto__` would be the prototype. */
export const key = (name: string): string => {
  if (name === '__proto__') return `['${name}']`;
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) ? name : JSON.stringify(name);
};

const plain = (x: number): string => (Object.is(x, -0) ? '-0' : String(x));

/** The literal of a record, an entry a line. */
export const object = (name: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [`const ${name} = {};`] : [`const ${name} = {`, ...lines, '};'];

/** A value as nested lists, a row a line. @param told whether its shape may stand beside its entries, where lists cannot tell it */
export function entryLines(name: string, value: Value, told: boolean): string[] {
  if (typeof value === 'number') return [`  ${name}: ${plain(value)},`];
  if (told && value.shape.slice(0, -1).includes(0)) return [`  ${name}: { shape: [${value.shape.join(', ')}], data: [] },`];
  let at = 0;
  const build = (axis: number): string =>
    axis === value.shape.length
      ? plain(value.data[at++]!)
      : `[${Array.from({ length: value.shape[axis]! }, () => build(axis + 1)).join(', ')}]`;
  return wrapped(`${name}: ${build(0)},`.split(' '), '  ', 100, '    ');
}

/** The definition of an array that neither changes nor is given. @param axes as many as it has inside of functions */
export function constantText(name: string, value: Value, axes: number): string {
  const list = Array.from(numbersOf(value), plain);
  if (axes === 0) return `const ${name} = ${list[0]};`;
  const lengths = typeof value === 'number' ? [] : value.shape.slice(0, axes);
  const rows = wrapped(
    list.map((x, k) => (k + 1 < list.length ? `${x},` : x)),
    '  ',
  );
  return [
    `const ${name} = {`,
    `  shape: [${lengths.join(', ')}],`,
    '  data: Numbers.from([',
    ...rows.map((r) => `  ${r}`),
    '  ]),',
    '};',
  ].join('\n');
}
