import { SYMBOLS } from '../symbols.ts';
import { BRACKETED } from '../words.ts';
import { closing } from './calls.ts';

/** Commands that stand for a sign. What is not here is a name without its backslash: `\sin`, `\alpha`. */
const SIGNS: Readonly<Record<string, string>> = {
  cdot: '*',
  times: '×',
  ast: '*',
  div: '/',
  odot: '.*',
  circ: '.*',
  otimes: '⊗',
  le: '<=',
  leq: '<=',
  ge: '>=',
  geq: '>=',
  ne: '!=',
  neq: '!=',
  land: ' and ',
  lor: ' or ',
  lnot: ' not ',
  bullet: '·',
  star: '·',
  in: ' ∈ ',
  to: '→',
  mapsto: '↦',
  langle: '⟨',
  rangle: '⟩',
  lbrace: '(',
  rbrace: ')',
  partial: '∂',
  nabla: '∇',
  infty: 'inf',
  pi: 'pi',
  lVert: '‖',
  rVert: '‖',
  Vert: '‖',
  lvert: '|',
  rvert: '|',
  vert: '|',
  quad: ' ',
  qquad: ' ',
  left: '',
  right: '',
  big: '',
  bigl: '',
  bigr: '',
  displaystyle: '',
  limits: '',
};

/** Commands about how a letter looks. */
const FONTS =
  /\\(?:mathbf|mathrm|mathit|mathsf|mathcal|boldsymbol|bm|mathbb|vec|text|textbf|textrm|operatorname\*?)\s*\{([^{}]*)\}/g;

/** Marks that make another name of a letter: ŷ is what is predicted, y what is given. */
const MARKS = /\\(?:wide)?(hat|bar|tilde|check|dot)\s*(?:\{\s*(\\?[A-Za-z]+)\s*\}|(\\[A-Za-z]+|[A-Za-z]))/g;

/** Fractions and roots in one line. */
const MOST = 50;

/** A line of LaTeX as this language writes it. */
export function fromLatex(text: string, isName: (word: string) => boolean = () => true): string {
  if (!/[\\{}$]/.test(text)) return text;
  let result = withBlocks(/\\[A-Za-z|]|[\^_]\{/.test(text) ? apart(text, isName) : text)
    .replace(/\\[dt]?binom\s*\{([^{}]*)\}\s*\{([^{}]*)\}/g, 'binom($1, $2)')
    .replace(/\\mathbb\s*\{?E\}?\s*(?:\\left\s*)?\[([^[\]]*?)(?:\\right\s*)?\]/g, 'mean($1)')
    .replace(/\\left\s*\./g, '')
    .replace(/\$+|\\[[\]()]/g, '')
    .replace(/\\[,;:!]/g, ' ')
    .replace(/^(?!\s*(?:data|param|const)\s).*$/, (whole) => whole.replace(/~(?=\s*\\)/g, ' '))
    .replace(/\\\|/g, '‖')
    .replace(MARKS, (_, mark: string, braced?: string, bare?: string) => `${braced ?? bare}${mark}`)
    .replace(FONTS, (_, letters: string, at: number, whole: string) => {
      const behind = whole.slice(at + _.length);
      return /^[\p{L}\p{N}\\]/u.test(behind) ? `${letters} ` : letters;
    })
    .replace(/\\(sqrt|[dt]?frac)\s*(\d)(?:\s*(\d))?/g, (whole: string, command: string, first: string, second?: string) =>
      command === 'sqrt' ? `sqrt(${first}${second ?? ''})` : second === undefined ? whole : `(${first}/${second})`,
    )
    .replace(/\s*\^\s*\{?\s*\\(?:top|intercal|dagger|mathsf\s*T|prime)(?![A-Za-z])\s*\}?/g, "'")
    .replace(/\^\s*\{\s*[([](\w+)[)\]]\s*\}/g, '$1');
  for (let k = 0; k < MOST && /\\[dt]?frac|\\sqrt/.test(result); k++) {
    const next = withoutFraction(withoutRoot(result));
    if (next === result) break;
    result = next;
  }
  return result
    .replace(/\\log\s*_\s*(?:\{(\w+)\}|(\w))/g, (_, a?: string, b?: string) => `log_${a ?? b}`)
    .replace(/\\([A-Za-z]+)(\s*)/g, (_, name: string, space: string) => sign(name, space))
    .replace(/\s*\^\s*\{\s*[T⊤]\s*\}/g, "'")
    .replace(/\^\s*\{([^{}]*)\}/g, (_, inner: string) => (ONE.test(inner.trim()) ? `^${inner.trim()}` : `^(${inner})`))
    .replace(/_\s*\{\s*(\w+)\s*\}/g, '_$1')
    .replace(/_\s*\{([^{}=]*)\}/g, '[$1]')
    .replace(/\s+(?=[)}])/g, '')
    .replace(/\{/g, '(')
    .replace(/\}/g, ')');
}

/** Letters that stand side by side are a product there: `Ax`, `2wx`. Longer words are words, and so are names and functions. */
const apart = (text: string, isName: (word: string) => boolean): string =>
  text.replace(SIDE_BY_SIDE, (word: string) => (isName(word) || isWord(word) ? word : [...word].join(' ')));

/** Neither commands, nor what stands below a letter, nor text. */
const SIDE_BY_SIDE =
  /(?<!\\[A-Za-z]*)(?<![\p{L}_])(?<!_\{[^{}]*)(?<!\\(?:text\w*|mathrm|mathcal|operatorname\*?|begin|end)\s*\{[^{}]*)\p{L}{2,3}(?![\p{L}\p{N}_(])/gu;

const isWord = (word: string): boolean =>
  /^[d∂]/.test(word) || BRACKETED.has(word) || ['and', 'or', 'not', 'pi', 'inf', 'min', 'max'].includes(word);

/** An exponent of one number or one name: `x^{2n}` has two. */
const ONE = /^(?:\d+(?:\.\d+)?|\p{L}[\p{L}\p{N}_]*)$/u;

function sign(name: string, space: string): string {
  if (Object.hasOwn(SIGNS, name)) return SIGNS[name]!;
  const letter = Object.hasOwn(SYMBOLS, name) ? SYMBOLS[name]! : name;
  return letter + (space && ' ');
}

function withoutFraction(text: string): string {
  const match = /\\[dt]?frac\s*(?=\{)/.exec(text);
  const open = match && match.index + match[0].length;
  const end = open ? closing(text, open) : match ? closing(text, match[0].length) : undefined;
  if (!match || end === undefined) return text;
  const from = match.index + match[0].length;
  const second = text.slice(end + 1).search(/\S/) + end + 1;
  const close = text[second] === '{' ? closing(text, second) : undefined;
  if (close === undefined) return text;
  const by = differentials(text.slice(from + 1, end), text.slice(second + 1, close));
  if (by !== undefined) return text.slice(0, match.index) + by + text.slice(close + 1);
  const whole = `${grouped(text.slice(from + 1, end))}/${grouped(text.slice(second + 1, close))}`;
  const alone = /(^|=)\s*$/.test(text.slice(0, match.index)) && /^\s*$/.test(text.slice(close + 1));
  return `${text.slice(0, match.index)}${alone ? whole : `(${whole})`}${text.slice(close + 1)}`;
}

/** `\\frac{d}{dx}`, `\\frac{\\partial f}{\\partial x}`: a derivative is no quotient in brackets. */
function differentials(above: string, below: string): string | undefined {
  const [over, under] = [above, below].map((part) => part.trim().replaceAll('\\partial', '∂').replace(/∂\s+/g, '∂'));
  // Of `dx^2` over `dx` the power is what is derived.
  const power = /^[d∂]\s*(\p{L}\^(?:\w|\{[^{}]*\}))$/u.exec(over!)?.[1];
  if (power !== undefined && /^[d∂]\s*\p{L}$/u.test(under!) && under!.endsWith(power[0]!))
    return `${over![0]}/${under} (${power})`;
  const wide = /^[d∂](?:\^\{?\d\}?)?\s*(?:[\p{L}]\w*)?$/u.test(over!) && /^(?:[d∂]\s*\p{L}\w*(?:\^\{?\d\}?)?\s*)+$/u.test(under!);
  return wide ? `${over}/${under}`.replace(/[{}]/g, '') : undefined;
}

const CASES = /\\begin\{cases\}(.*?)\\end\{cases\}/s;
const MATRIX = /\\begin\{[bpv]?matrix\}(.*?)\\end\{[bpv]?matrix\}/s;

/** Matrices, and choices by cases. */
const withBlocks = (text: string): string =>
  text
    .replace(
      MATRIX,
      (_, rows: string) =>
        `[${rowsIn(rows)
          .map((row) => row.join(', '))
          .join('; ')}]`,
    )
    .replace(CASES, (whole: string, rows: string) => {
      const cases = rowsIn(rows);
      const last = cases.pop();
      if (!last || cases.length === 0 || cases.some((row) => row.length !== 2)) return whole;
      return cases.reduceRight((other, [value, condition]) => `where(${withoutWords(condition!)}, ${value}, ${other})`, last[0]!);
    });

const withoutWords = (condition: string): string =>
  condition.replace(/\\(?:text|mathrm)\{\s*(?:if|for|when)\s*\}|^(?:if|for)\s/g, '').trim();

const rowsIn = (rows: string): string[][] =>
  rows
    .split('\\\\')
    .map((row) => row.split('&').map((entry) => entry.trim().replace(/,$/, '')))
    .filter((row) => row.some((entry) => entry !== ''));

function withoutRoot(text: string): string {
  const match = /\\sqrt\s*(?:\[([^\]]*)\])?\s*(?=\{)/.exec(text);
  const open = match ? match.index + match[0].length : 0;
  const end = match ? closing(text, open) : undefined;
  if (!match || end === undefined) return text;
  const inner = text.slice(open + 1, end);
  const root = match[1] === undefined ? `sqrt(${inner})` : `nthRoot(${inner}, ${match[1]})`;
  return text.slice(0, match.index) + root + text.slice(end + 1);
}

const grouped = (text: string): string =>
  /^(?:\d+|[\p{L}_][\p{L}\p{N}_]*)$/u.test(text.trim()) ? text.trim() : `(${text.trim()})`;
