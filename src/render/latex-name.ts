import { greekName } from '../language/greek.ts';

/** Names as LaTeX: what a source spells with letters, mathematics writes with indices, hats and Greek. */

const GREEK =
  'alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi pi rho sigma tau upsilon phi chi psi omega'.split(
    ' ',
  );
const CAPITALS = 'Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega'.split(' ');

const COMMANDS: ReadonlyMap<string, string> = new Map([
  ...[...GREEK, ...CAPITALS].map((word) => [word, `\\${word}`] as const),
  ...[...'αβγδεζηθικλμνξπρστυφχψω'].map((letter, k) => [letter, `\\${GREEK[k]}`] as const),
  ...[...'ΓΔΘΛΞΠΣΥΦΨΩ'].map((letter, k) => [letter, `\\${CAPITALS[k]}`] as const),
  ...[...'ℬℰℱℋℐℒℳℛ'].map((letter) => [letter, `\\mathcal{${letter.normalize('NFKD')}}`] as const),
  ...[...'ℂℕℙℚℝℤ'].map((letter) => [letter, `\\mathbb{${letter.normalize('NFKD')}}`] as const),
  ['inf', '\\infty'],
  ...Object.entries({ ℓ: '\\ell', ħ: '\\hbar', ϵ: '\\epsilon', ϑ: '\\vartheta', ϕ: '\\phi', ϱ: '\\varrho', ς: '\\varsigma' }),
]);

/** Marks over a letter, as a text writes them behind it. */
const MARKS: ReadonlyMap<string, string> = new Map([
  ['\u0302', '\\hat'],
  ['\u0303', '\\tilde'],
  ['\u0304', '\\bar'],
  ['\u0305', '\\bar'],
  ['\u0306', '\\breve'],
  ['\u0307', '\\dot'],
  ['\u0308', '\\ddot'],
  ['\u030C', '\\check'],
  ['\u20D7', '\\vec'],
]);

/** `W1` as W₁, `x_out` as x with that subscript, `f′` and `f⁽⁴⁾` as derivatives, `alpha` as α, `dZ2` as dZ₂, `yhat` and `ŷ` with a hat. */
export function latexName(text: string): string {
  const [, primed, primes = '', order] = /^(.+?)(′+|⁽([⁰¹²³⁴⁵⁶⁷⁸⁹]+)⁾)$/u.exec(text) ?? [];
  if (primed !== undefined) return latexName(primed) + (order ? `^{(${order.normalize('NFKD')})}` : "'".repeat(primes.length));
  const [, stem = '', digits = ''] = /^(.*?[^\d_])_?(\d*)$/u.exec(text) ?? [];
  const [base = text, ...rest] = (stem === '' ? text : stem).split('_').filter(Boolean);
  const lower = [...rest.map(index), ...(digits ? [digits] : [])].join(',');
  const head = letters(base);
  return lower === '' ? head : `${head}_{${lower}}`;
}

/** A name with indices: Wᵢⱼ, but (W₁)ᵢⱼ for a name that has a subscript already. */
export function latexEntry(name: string, indices: string): string {
  const tex = latexName(name);
  if (indices === '') return tex;
  return `${grouped(tex)}_{${indices}}`;
}

/** What ends in a subscript of its own has parentheses: the entry i, k of A₂ is not A with an index of 2ik. */
export function grouped(tex: string): string {
  let depth = 0;
  for (let at = tex.length - 1; at >= 0; at--) {
    if (tex[at] === '}') depth++;
    else if (tex[at] === '{') depth--;
    if (depth === 0) return at > 0 && at < tex.length - 1 && tex[at - 1] === '_' ? `(${tex})` : tex;
  }
  return tex;
}

/** A word beside a name tells which one is meant, and is no product of letters. */
const index = (word: string): string => letters(word).replace(/^\\mathit\{/, '\\mathrm{');

function letters(word: string): string {
  const [, marked = '', marks = ''] = /^(\p{L})(\p{M}+)$/u.exec(word.normalize('NFD')) ?? [];
  if (marks !== '\u0302' && marks !== '' && [...marks].every((mark) => MARKS.has(mark)))
    return [...marks].reduce((tex, mark) => `${MARKS.get(mark)}{${tex}}`, letters(marked));
  const hatted = /^(.+)hat$/.exec(word) ?? /^(.)\u0302$/u.exec(word.normalize('NFD'));
  if (hatted) {
    // What arrives at ŷ is dŷ.
    const [, sign, own] = /^([dδ])(\p{L}.*)$/u.exec(hatted[1]!) ?? [];
    return own === undefined
      ? `\\hat{${letters(hatted[1]!)}}`
      : `${sign === 'd' ? '\\mathrm{d}' : '\\delta '}\\hat{${letters(own)}}`;
  }
  const command = COMMANDS.get(word);
  if (command) return command;
  if ([...word].length === 1) return escaped(word);
  // An adjoint is a d before the name of what it is the derivative by.
  const adjoint = /^d(\p{Lu}|\p{L}\p{M}*$)(.*)$/u.exec(greekName(word));
  if (adjoint) return `\\mathrm{d}${letters(adjoint[1]! + adjoint[2]!)}`;
  // What comes back through time: δh.
  const carried = /^δ(.+)$/u.exec(word);
  if (carried) return `\\delta ${letters(carried[1]!)}`;
  return `\\mathit{${escaped(word)}}`;
}

const escaped = (text: string): string =>
  text.replace(/[\\{}$&#%_^~]/g, (c) => (c === '\\' ? '\\backslash ' : c === '^' || c === '~' ? `\\text{\\${c}{}}` : `\\${c}`));

/** d/dx, or ∂/∂x. */
export function latexDerivative(sign: 'd' | '∂', by: string): string {
  const d = sign === 'd' ? 'd' : '\\partial';
  return `\\frac{${d}}{${d} ${latexName(by)}}`;
}

/** df/dx, or ∂f/∂x. */
export function latexQuotient(sign: 'd' | '∂', of: string, by: string): string {
  const d = sign === 'd' ? 'd' : '\\partial';
  return `\\frac{${d} ${latexName(of)}}{${d} ${latexName(by)}}`;
}

/** `∂Cost/∂W` and `df/dx` as fractions; any other target is a name. */
export function latexTarget(target: string): string {
  const [, sign, of, by] = /^([∂d])(.+)\/\1(.+)$/u.exec(target) ?? [];
  return sign ? latexQuotient(sign as '∂' | 'd', of!, by!) : latexName(target);
}
