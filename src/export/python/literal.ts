import type { Value } from '../../numeric/value-text.ts';
import { shapeOf } from '../../numeric/value-text.ts';
import type { PythonLibrary } from './language.ts';
import { pythonNumber } from './numbers.ts';

const WIDTH = 96;

/** A value as an array of the library. */
export function arrayText(value: Value, indent: string, { array, prefix }: Pick<PythonLibrary, 'array' | 'prefix'>): string {
  const shape = typeof value === 'number' ? [] : shapeOf(value);
  // Lists without entries do not tell how long these would be.
  if (shape.slice(0, -1).includes(0)) return `${prefix}zeros((${shape.join(', ')}), dtype=DTYPE)`;
  return array(pythonLiteral(value, indent));
}

/** A value as nested lists, in lines of a readable length. */
export function pythonLiteral(value: Value, indent: string): string {
  if (typeof value === 'number') return pythonNumber(value);
  const shape = shapeOf(value);
  let offset = 0;
  const build = (axis: number, inner: string): string => {
    if (axis === shape.length) return pythonNumber(value.data[offset++]!);
    const items = Array.from({ length: shape[axis]! }, () => build(axis + 1, `${inner}    `));
    const line = `[${items.join(', ')}]`;
    if (inner.length + line.length <= WIDTH && !line.includes('\n')) return line;
    if (axis < shape.length - 1) return `[\n${items.map((item) => `${inner}    ${item},\n`).join('')}${inner}]`;
    return `[\n${filled(items, `${inner}    `).join('\n')}\n${inner}]`;
  };
  return build(0, indent);
}

/** Numbers, as many in a line as there is room for. */
export function filled(items: readonly string[], indent: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const item of items) {
    if (line !== '' && indent.length + line.length + item.length + 2 > WIDTH) {
      lines.push(line);
      line = '';
    }
    line += `${line === '' ? '' : ' '}${item},`;
  }
  if (line !== '') lines.push(line);
  return lines.map((l) => `${indent}${l}`);
}
