import { argumentsIn } from './calls.ts';
import { pattern } from './pattern.ts';

/** Sums over indices, as Python, Maple, LaTeX and chalk have them. */

const BODY = '((?:[^()]|\\([^()]*\\))+?)';
const NAME = '[\\p{L}_][\\p{L}\\p{N}_]*';
const NAMES = `${NAME}(?:\\s*,\\s*${NAME})*`;
const FOR = pattern(
  `\\b(sum|prod|mean|max|min)\\(\\[?${BODY}\\s+for\\s+(\\w)\\s*(?:in|=)\\s*(?:range\\((\\w+)\\)|(\\w+)\\s*(?::|\\.\\.)\\s*(\\w+))\\]?\\)`,
  'gu',
);
/** `sum(x**2 for x in xs)`, `sum(a*b for a, b in zip(u, v))`: what runs through an array is its entry. */
const THROUGH = pattern(
  `\\b(sum|prod|mean|max|min)\\(\\[?${BODY}\\s+for\\s+\\(?(${NAMES})\\)?\\s+in\\s+(?:zip\\((${NAMES})\\)|(${NAME}))\\]?\\)`,
  'gu',
);
/** `sum(x -> x^2, xs)`, `sum(map(x -> x^2, xs))` of Julia. */
const MAPPED = pattern(`\\b(sum|prod|mean)\\(\\s*(${NAME})\\s*->\\s*${BODY},\\s*(${NAME})\\s*\\)`, 'gu');
/** n, T − 1. */
const BOUND = '(\\w+(?:\\s*[-+]\\s*\\w+)?)';
const UPTO = `${BOUND}\\s*(?:\\.\\.|:|,)\\s*${BOUND}`;
const BEHIND = pattern(`\\b(sum|prod)\\(${BODY},\\s*\\(?(\\w)\\s*(?:=|,)\\s*${UPTO}\\)?\\)`, 'gu');
const AHEAD = pattern(`\\b(sum|prod)\\((\\w)\\s*=\\s*${UPTO},\\s*${BODY}\\)`, 'gu');
const NAMED = /\b(sum|prod)\((?:([i-n]),\s*)?((?:[^()]|\([^()]*\))*\[([i-n])\](?:[^()]|\([^()]*\))*?)(?:,\s*([i-n]))?\)/gu;

/** A sum over an index as Python, Maple and Mathematica's users have it: within the brackets. */
const withinBrackets = (text: string): string =>
  text
    .replace(FOR(), (_, sum: string, body: string, i: string, count?: string, from?: string, to?: string) => {
      return `${sum}[${i}=${from ?? 1}:${to ?? count}](${indexed(body, i)})`;
    })
    .replace(THROUGH(), (whole: string, sum: string, body: string, entries: string, zipped?: string, array?: string) => {
      const [running, arrays] = [argumentsIn(entries), argumentsIn(zipped ?? array!)];
      if (running.length !== arrays.length) return whole;
      const index = ['i', 'j', 'k', 'l'].find((letter) => !new RegExp(`(?<!\\p{L})${letter}(?!\\p{L})`, 'u').test(whole)) ?? 'i';
      const entry = (name: string) => {
        const at = running.indexOf(name);
        return at < 0 ? name : `${arrays[at]}[${index}]`;
      };
      return `${sum}[${index}](${body.replaceAll('.^', '^').replace(new RegExp(NAME, 'gu'), entry)})`;
    })
    .replace(MAPPED(), (_, sum: string, parameter: string, body: string, array: string) => {
      const entry = new RegExp(`(?<![\\p{L}\\p{N}_])${parameter}(?![\\p{L}\\p{N}_])`, 'gu');
      return `${sum}[i](${body.replace(entry, `${array}[i]`)})`;
    })
    .replace(
      AHEAD(),
      (_, sum: string, i: string, from: string, to: string, body: string) => `${sum}[${i}=${from}:${to}](${indexed(body, i)})`,
    )
    .replace(
      BEHIND(),
      (_, sum: string, body: string, i: string, from: string, to: string) => `${sum}[${i}=${from}:${to}](${indexed(body, i)})`,
    )
    .replace(
      NAMED,
      (whole: string, sum: string, before: string | undefined, body: string, i: string, after: string | undefined) => {
        return [before, after].every((name) => name === undefined || name === i) ? `${sum}[${i}](${body})` : whole;
      },
    );

const SIGN = '(\\b(?:sum|prod|max|min|mean)|Σ|∑|Π|∏)';
const BOUNDS = pattern(
  `${SIGN}_[({]?\\s*(\\w)\\s*=\\s*${BOUND}\\s*[)}]?\\s*\\^\\s*(?:[({]\\s*${BOUND}\\s*[)}]|(\\w+))\\s*(.+)$`,
  'u',
);
const OVER = pattern(`${SIGN}(?:_\\(?([A-Za-z])\\)?|([ᵢⱼₖ]))(?=[Σ∑Π∏]|[^\\p{L}\\p{N}_])\\s*(.+)$`, 'u');
const SEVERAL = pattern(`${SIGN}\\[(\\w(?:\\s*,\\s*\\w)*)\\]\\s*(?!\\()(.+)$`, 'u');
/** The index is told by what is summed. */
const UNNAMED = /(Σ|∑|Π|∏|\b(?:sum|prod))\s+(.*\[([i-n])\].*)$/u;

const REDUCTIONS: Readonly<Record<string, string>> = { Σ: 'sum', '∑': 'sum', Π: 'prod', '∏': 'prod' };
const LOWERED: Readonly<Record<string, string>> = { ᵢ: 'i', ⱼ: 'j', ₖ: 'k' };

/** `∑_{i=1}^n x_i` as sum[i=1:n](x[i]). */
export const withIndices = (text: string): string =>
  withinBrackets(withPairs(text))
    .replace(BOUNDS(), (_, sign: string, i: string, from: string, braced: string | undefined, to: string, term: string) => {
      return over(sign, `${i}=${from}:${braced ?? to}`, indexed(term, i));
    })
    .replace(OVER(), (_, sign: string, letter: string | undefined, lowered: string | undefined, term: string) => {
      const i = letter ?? LOWERED[lowered!]!;
      return over(sign, i, indexed(term, i));
    })
    .replace(SEVERAL(), (_, sign: string, indices: string, term: string) => over(sign, indices, term))
    .replace(UNNAMED, (_, sign: string, term: string, i: string) => over(sign, i, term))
    // What goes on without end is cut: terms are added one by one.
    .replace(/(?<=\b(?:sum|prod)\[\w=\w+:)(?:inf|oo|Inf(?:inity)?)(?=\])/g, '100')
    .replace(/(?<=[\p{L}\p{N})\]])(?<!\b(?:minimize|maximize))\s+(?=(?:sum|prod)\[)/gu, '*');

/** What is summed goes on to the end of the brackets around it, or to a sum whose rest has nothing of the index. */
function over(sign: string, indices: string, text: string): string {
  const end = termEnd(text, indicesOf(indices));
  const [term, rest] = [withIndices(text.slice(0, end).trim()), text.slice(end)];
  const call = `${REDUCTIONS[sign] ?? sign}[${indices}]${/^\((?:[^()]|\([^()]*\))*\)$/.test(term) ? term : `(${term})`}`;
  return rest === '' ? call : `${call}${/^[-+]/.test(rest) ? ' ' : ''}${rest}`;
}

/** `i=1:n`, `i, j`: the letters before the bounds. */
const indicesOf = (indices: string): readonly string[] => indices.split(',').map((index) => /^\s*(\w)/.exec(index)?.[1] ?? '');

function termEnd(text: string, indices: readonly string[]): number {
  const mentions = (rest: string) => indices.some((i) => new RegExp(`(?<!\\p{L})${i}(?!\\p{L})`, 'u').test(rest));
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const letter = text[at]!;
    if (/[([{]/.test(letter)) depth++;
    else if (/[)\]}]/.test(letter) && --depth < 0) return at;
    else if (depth > 0) continue;
    else if (/[,<>=?]/.test(letter)) return at;
    else if (/[-+]/.test(letter) && /[\p{L}\p{N})\]'‖|]\s*$/u.test(text.slice(0, at)) && !mentions(text.slice(at))) return at;
  }
  return text.length;
}

/** `A_ij` beside sums over i and j. */
function withPairs(text: string): string {
  const indices = new Set([...text.matchAll(INTRODUCED())].flatMap(([, letter, list]) => letter ?? indicesOf(list!)));
  if (indices.size < 2) return text;
  return text.replace(PAIR, (whole: string, name: string, letters: string) =>
    [...letters].every((letter) => indices.has(letter)) ? `${name}[${[...letters].join(', ')}]` : whole,
  );
}

const INTRODUCED = pattern(`${SIGN.replace('(', '(?:')}(?:_[({]?\\s*(\\w)|\\[([^\\[\\]]*)\\])`, 'gu');
const PAIR = /(?<![\p{L}\p{N}_])((?!(?:sum|prod|max|min|mean)_)\p{L}+)_([a-z]{2,4})(?![\p{L}\p{N}_])/gu;

/** `g[t=T-1:1]`, `g[t=T-1:-1:1]`: what runs backward is told by what it reads, g[t+1]. */
export const withAscending = (text: string): string =>
  text.replace(/\[(\w+)\s*=\s*([^[\]:,]*[\p{L}][^[\]:,]*?)\s*:\s*(?:-\s*1\s*:\s*)?(\d+)\s*(?=[\],])/gu, '[$1=$3:$2');

const indexed = (term: string, index: string): string => {
  const lowered = Object.keys(LOWERED).find((sign) => LOWERED[sign] === index) ?? index;
  return term.replace(new RegExp(`(\\p{L}+)(?:_${index}|${lowered})(?![\\p{L}\\p{Nd}_])`, 'gu'), `$1[${index}]`);
};
