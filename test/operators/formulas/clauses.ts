/** A rule's formula cut into what it says: `∂atan2(v, u)/∂v = …, ∂/∂u = …` says two things. */

export type Clause =
  /** u′ stands for how fast u moves, and where no letter has a dash the first argument that moves does. */
  | { readonly kind: 'dash'; readonly of: string; readonly bare: boolean; readonly is: readonly string[] }
  /** By one letter, which may have places: ∂X/∂Aᵢⱼ. */
  | { readonly kind: 'by'; readonly of: string; readonly by: string; readonly places: string; readonly is: readonly string[] }
  /** `dA = …`: what arrives at an argument, or how a result moves with it. */
  | { readonly kind: 'differential'; readonly of: string; readonly places: string; readonly is: readonly string[] }
  /** `1 at 0`: what a slope is there, where the formula has no value. */
  | { readonly kind: 'at'; readonly is: string; readonly place: number }
  /** Two things that are equal, or what a letter of the formula stands for. */
  | { readonly kind: 'equal'; readonly of: string; readonly is: readonly string[] };

/** σ′ = σ(1 − σ): of a function as such. */
const BARE = /^[\p{L}_]+\d*[ₙ]?$/u;
const PLACES = '[ᵢⱼₖₗ]*';

export function clausesOf(formula: string): Clause[] {
  let last = '';
  return parts(formula).map((part): Clause => {
    const at = /^(\d+) at (\d+)$/u.exec(part);
    if (at) return { kind: 'at', is: at[1]!, place: Number(at[2]) };
    const [left, ...is] = cut(part, ' = ') as [string, ...string[]];
    if (is.length === 0) throw new Error(`${part} says nothing`);
    const by = new RegExp(`^∂(.*)/∂(\\p{L}+?)(${PLACES})$`, 'u').exec(left);
    if (by) {
      last = by[1] === '' ? last : by[1]!.trim();
      return { kind: 'by', of: last, by: by[2]!, places: by[3]!, is };
    }
    const dash = /^(.*)′( \p{Ll}|\(\p{Ll}\))?$/u.exec(left);
    if (dash) return { kind: 'dash', of: dash[1]!, bare: dash[2] === undefined && BARE.test(dash[1]!), is };
    const differential = new RegExp(`^d(\\p{L}|\\(.*\\))(${PLACES})$`, 'u').exec(left);
    if (differential) return { kind: 'differential', of: differential[1]!, places: differential[2]!, is };
    return { kind: 'equal', of: left, is };
  });
}

/** At commas outside of parentheses; what begins with `else`, or says when, goes on. */
function parts(text: string): string[] {
  const list: string[] = [];
  for (const part of cut(text, ',')) {
    const goesOn = list.length > 0 && / if |^ *else /u.test(part);
    if (goesOn) list.push(`${list.pop()!},${part}`);
    else list.push(part.trim());
  }
  return list;
}

function cut(text: string, sign: string): string[] {
  const found = [''];
  let depth = 0;
  for (let k = 0; k < text.length; k++) {
    if ('([⌊'.includes(text[k]!)) depth++;
    if (')]⌋'.includes(text[k]!)) depth--;
    // u = v within a condition is no equation.
    const isCondition = sign === ' = ' && / if [^,]*$/u.test(found.at(-1)!);
    if (depth === 0 && !isCondition && text.startsWith(sign, k)) {
      found.push('');
      k += sign.length - 1;
    } else found[found.length - 1] += text[k]!;
  }
  return found.map((part) => part.trim());
}
