import type { Words } from '../../derivation/words/index.ts';
import { raiseScript } from '../../language/scripts.ts';
import type { Verdict } from './verdict.ts';

/** How it is known that something is right, in a few words. */
export function verdictText({ by, bound, branches, points, digits, sizes }: Verdict, { verdict }: Words): string {
  const known =
    by === 'field'
      ? verdict.exact(bound === undefined ? undefined : `2${raiseScript(String(bound))}`)
      : by === 'laws'
        ? verdict.laws
        : verdict.digits(digits ?? 0, points ?? 0);
  const lengths =
    sizes && sizes.size > 0 ? verdict.sizes([...sizes].map(([name, size]) => `${name} = ${size}`).join(', ')) : undefined;
  return [known, branches && verdict.branches, lengths].filter((part) => part).join(', ');
}
