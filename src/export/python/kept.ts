import type { Kept } from '../kept.ts';
import type { PythonLibrary } from './language.ts';
import { pythonNumber } from './numbers.ts';

/** A function that brings parameters back to what is declared of them, after a step. */
export const keptInPython = (kept: readonly Kept[], library: PythonLibrary): string =>
  [
    'def within(moved, before):',
    '    """Parameters as near to where a step leads as what is declared of them allows."""',
    '    kept = dict(moved)',
    ...kept.flatMap((one) => linesOf(one, library)),
    '    return kept',
  ].join('\n');

function linesOf({ name, symmetric, least, most, open }: Kept, { prefix }: PythonLibrary): string[] {
  const own = `kept[${JSON.stringify(name)}]`;
  const before = `before[${JSON.stringify(name)}]`;
  const lowest = open ? `(${before} + ${pythonNumber(least)}) / 2` : pythonNumber(least);
  const border = (bound: number): string => (Number.isFinite(bound) ? pythonNumber(bound) : 'None');
  const hasRange = (!open && Number.isFinite(least)) || Number.isFinite(most);
  return [
    ...(symmetric ? [`    ${own} = (${own} + ${own}.T) / 2`] : []),
    ...(open
      ? ['    # At most halfway to the border, which is not reached.', `    ${own} = ${prefix}maximum(${own}, ${lowest})`]
      : []),
    ...(hasRange ? [`    ${own} = ${prefix}clip(${own}, ${open ? 'None' : border(least)}, ${border(most)})`] : []),
  ];
}
