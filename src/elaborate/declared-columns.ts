import type { Shape } from '../graph/dimension.ts';
import { GradusError } from '../language/diagnostics.ts';
import { isPattern } from '../language/table-columns.ts';
import type { Declaration } from '../language/tree.ts';
import type { Fact } from '../operators/facts.ts';

/**
 * The columns of a table that a declaration names.
 * @throws GradusError `argument` for what no table fills, `shape` where so many columns have no room
 */
export function declaredColumns(s: Declaration, shape: Shape, facts: readonly Fact[]): readonly string[] | undefined {
  const { columns } = s;
  if (!columns) return undefined;
  const span = { start: columns[0]!.span.start, end: columns[columns.length - 1]!.span.end };
  const listed = columns.map(({ name }) => name).join(', ');
  if (s.role !== 'data') {
    const hint = `data ${s.name} : [n] from ${listed}`;
    throw new GradusError('argument', `a table gives data: a ${s.role} is not read from columns`, { span, hint });
  }
  if (s.initial) {
    const hint = `data ${s.name} : [${shape.join(', ')}] from ${listed}`;
    throw new GradusError('argument', `${s.name} has columns and a value: one of them is enough`, { span, hint });
  }
  const several = columns.length > 1 || isPattern(listed);
  if (shape.length === 0) {
    const hint = `data ${s.name} : ${several ? `[n, ${isPattern(listed) ? 'd' : columns.length}]` : '[n]'} from ${listed}`;
    throw new GradusError('shape', `${s.name} is a number, and a column of a table is a vector`, { span, hint });
  }
  if (shape.length > 2) throw new GradusError('shape', `${s.name} has ${shape.length} axes, and a table has two`, { span });
  // How many columns a pattern stands for, the table tells.
  if (columns.some(({ name }) => isPattern(name))) return columns.map(({ name }) => name);
  const labels = columns.length === 1 && facts.some(({ record }) => record.name === 'onehot');
  if (!labels && !hasRoom(shape, columns.length)) {
    const count = columns.length === 1 ? 'one column' : `${columns.length} columns`;
    const hint = `data ${s.name} : [n, ${columns.length}] from ${listed}`;
    throw new GradusError('shape', `${s.name} : [${shape.join(', ')}] has no axis for ${count}`, { span, hint });
  }
  return columns.map(({ name }) => name);
}

/** Whether one axis may count the columns, and the other the rows. A number says what it counts. */
const hasRoom = (shape: Shape, count: number): boolean =>
  shape.length === 1 ? count === 1 : shape.includes(count) || shape.every((dim) => typeof dim !== 'number');
