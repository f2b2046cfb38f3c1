import { GradusError, nearest } from '../language/diagnostics.ts';
import { ABSENT as NOT_HERE } from '../language/elsewhere/absent.ts';
import { callHere } from '../language/elsewhere/calls.ts';
import { preludeNames } from '../language/prelude.ts';
import type { Call } from '../language/tree.ts';
import { functions } from '../operators/index.ts';

/** Functions that are not here, and have no other name here: of these nothing is near that would do. */
const ABSENT = new Set(
  `zeta svd eig eigh eigvals qr lu fft ifft argmax argmin argsort conv conv1d conv2d dropout rank pinv expm logm sqrtm
  airy cumprod median random rand randn len length size shape range map filter print`.split(/\s+/),
);

/**
 * What to say of a function that nobody knows: how it is written here, a name that is near, or where all of them are listed.
 * @param own the source's functions
 * @param texts the arguments, as they are written
 */
export function unknownFunction({ callee, at }: Call, own: Iterable<string>, texts: readonly string[]): GradusError {
  const message = `unknown function ${callee}`;
  const here = callHere(callee, texts);
  if (here !== undefined) return new GradusError('name', message, { span: at, hint: `write ${here}` });
  const absent = NOT_HERE.get(callee);
  if (absent !== undefined) return new GradusError('name', message, { span: at, hint: absent });
  const names = [...own, ...functions.keys(), ...preludeNames].filter((name) => /^\p{L}/u.test(name));
  const near =
    names.find((name) => name.toLowerCase() === callee.toLowerCase()) ?? (ABSENT.has(callee) ? undefined : akin(callee, names));
  if (near !== undefined) return new GradusError('name', message, { span: at, note: `did you mean ${near}?` });
  const hint = callee.length < 3 ? briefHint(callee, texts) : 'gradus help functions lists what there is';
  return new GradusError('name', message, { span: at, hint });
}

/** Nobody calls a function of the language by a letter: a product is meant, or a function of the reader's own. */
function briefHint(callee: string, texts: readonly string[]): string {
  const inside = texts.join(', ');
  if (callee === 'e' && texts.length === 1) return `write exp(${inside}) or e*(${inside})`;
  const of = callee === 'x' ? 't' : 'x';
  const own = `a function is defined as ${callee}(${of}) = …, or declared: function ${callee}(${of})`;
  return texts.length === 1 ? `${own}; for the product write ${callee}*(${inside})` : own;
}

/**
 * A slip of the fingers, not another word: letters swapped, doubled, left out or wrong in a long word; in a short one, where
 * a letter makes another word, only swapped or doubled.
 */
function akin(name: string, names: readonly string[]): string | undefined {
  const near = nearest(name, names);
  if (near === undefined || near[0] !== name[0]) return undefined;
  if (name.length > 4 && Math.abs(near.length - name.length) < 2) return near;
  const letters = (word: string) => [...word].sort().join('');
  return letters(name) === letters(near) || single(name) === single(near) ? near : undefined;
}

const single = (word: string): string => word.replace(/(.)\1+/g, '$1');
