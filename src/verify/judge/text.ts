import type { Words } from '../../derivation/words/index.ts';
import { raiseScript } from '../../language/scripts.ts';
import type { Verdict } from './verdict.ts';

/** How it is known that something is right, in a few words. */
export function verdictText({ by, bound, laws = [], branches, points, digits, sizes }: Verdict, { verdict }: Words): string {
  const known =
    by === 'field'
      ? verdict.exact(bound === undefined ? undefined : `2${raiseScript(String(bound))}`)
      : by === 'laws'
        ? verdict.laws(laws)
        : verdict.digits(digits ?? 0, points ?? 0);
  const lengths = Object.entries(sizes ?? {}).map(([name, size]) => `${name} = ${size}`);
  return [known, branches && verdict.branches, lengths.length > 0 && verdict.sizes(lengths.join(', '))]
    .filter((part) => part)
    .join(', ');
}
