import { ELEMENTARY } from '../words.ts';
import { ARGUMENTS } from './arguments.ts';
import type { Arrays } from './arrays.ts';
import { CALLS, SHARED } from './functions.ts';

/** A call as this language writes it; undefined where there is nothing of the kind. */
export function callHere(name: string, args: readonly string[], arrays: Arrays = new Map()): string | undefined {
  const made = Object.hasOwn(ARGUMENTS, name) ? ARGUMENTS[name]!(args, argumentsIn, arrays) : undefined;
  if (made !== undefined) return made;
  const template = templateOf(name);
  if (template === undefined || args.length === 0) return undefined;
  // What stands around it brackets it.
  if (template === '$1' && args.length === 1) return args[0];
  if (!template.includes('$')) return `${template}(${args.join(', ')})`;
  const wanted = Math.max(...[...template.matchAll(/\$(\d)/g)].map(([, k]) => Number(k)));
  if (args.length !== wanted) return undefined;
  return template.replace(/(^|.)\$(\d)(?=(.)|$)/g, (_, before: string, k: string, after: string | undefined) => {
    const arg = args[Number(k) - 1]!;
    const alone = (before === '(' || before === ' ') && (after === ',' || after === ')') && !/[-+] $/.test(before);
    return `${before}${alone || isAtom(arg) ? arg : `(${arg})`}`;
  });
}

/** Spreadsheets write functions in capitals. */
function templateOf(name: string): string | undefined {
  if (Object.hasOwn(CALLS, name)) return CALLS[name];
  const plain = name.toLowerCase();
  if (name.length < 2 || name !== name.toUpperCase() || name === plain) return undefined;
  return Object.hasOwn(CALLS, plain) ? CALLS[plain] : SHARED.has(plain) || ELEMENTARY.has(plain) ? plain : undefined;
}

const isAtom = (text: string): boolean =>
  /^[\p{L}\p{N}\p{M}_.]+(?:\([^()]*\)|\[[^[\]]*\]|'+)?$/u.test(text) ||
  (/^[[(]/.test(text) && closing(text, 0) === text.length - 1);

const MODULE =
  /(?<![\p{L}\p{N}_.])(?:np|numpy|jnp|jax|torch|tf|math|Math|cmath|mpmath|sympy|scipy|sp|sps|keras|nn|F|K|jsp|linalg|LA|special|optax|flax|metrics|losses|sklearn)((?:\.[A-Za-z_]\w*)+)/gu;

/** What makes arrays in libraries, and Parameters: their calls are rewritten as they stand. */
const MADE = new Set(['array', 'asarray', 'tensor', 'zeros', 'ones', 'eye', 'constant']);

/** `np.exp(x)`, `tf.nn.relu(x)`: the module goes, and what is a product in it is one here. */
export function withoutModules(text: string, arrays: Arrays): string {
  return withCalledLayers(text).replace(MODULE, (whole: string, path: string, at: number, line: string) => {
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (name === 'dot')
      return /^\(([^(),]+),([^(),]+)\)/
        .exec(line.slice(at + whole.length))
        ?.slice(1)
        .every((of) => isVector(of.trim(), arrays))
        ? name
        : 'matmul';
    if (name === 'cross_entropy') return 'CrossEntropyLoss';
    if (name === 'pi' || name === 'e' || name === 'inf' || MADE.has(name) || Object.hasOwn(ARGUMENTS, name)) return name;
    return SHARED.has(name) || Object.hasOwn(CALLS, name) ? name : whole;
  });
}

/** Of a name of which nothing is said its letter tells: capitals are matrices. */
const isVector = (name: string, arrays: Arrays): boolean =>
  /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && (arrays.has(name) ? arrays.get(name)!.length === 1 : /^\p{Ll}/u.test(name));

/** `nn.ReLU()(x)`, `nn.Softmax(dim=1)(x)`: a layer is made, then called. */
const withCalledLayers = (text: string): string =>
  text.replace(/(?<=\.)([A-Z]\w*)\(([^()]*)\)\(/g, (_, name: string, options: string) => {
    const plain = name.toLowerCase();
    const known = Object.hasOwn(CALLS, name) || !SHARED.has(plain) ? name : plain;
    return options === '' ? `${known}(` : `${known}(${options}, `;
  });

/** Axes by number are those of NumPy: 0 are the rows. */
export const namedAxes = (text: string): string =>
  text
    .replace(/,\s*(?:keep_?dims?|dtype|requires_grad)\s*=\s*[\w.]+/g, '')
    // A shape is a tuple elsewhere.
    .replace(/\b(zeros|ones|eye)\(\(([^()]*)\)\)/g, '$1($2)')
    .replace(/\(\[([^[\]]*)\]\)(?<=\b(?:zeros|ones)\(.*)/g, '($1)')
    .replace(/(?<=[,(]\s*)(?:axis|dim)\s*=\s*(0|1|-1)(?=\s*[,)])/g, (_, k: string) => (k === '0' ? 'rows' : 'cols'))
    .replace(/,\s*(?:axis|dim)\s*=\s*(?:None|\((?:0,\s*1|1,\s*0)\))(?=\s*[,)])/g, '')
    // Julia counts from 1, and so does MATLAB.
    .replace(/(?<=[,(;]\s*)dims\s*=\s*([12])(?=\s*[,)])/g, (_, k: string) => (k === '1' ? 'rows' : 'cols'))
    .replace(/\b(max|min)\(([^()]*),\s*\[\s*\],\s*([12])\s*\)/g, (_, name: string, of: string, k: string) => {
      return `${name}(${of}, ${k === '1' ? 'rows' : 'cols'})`;
    })
    .replace(/\((rows|cols),\s*([^(),]+)\)/g, '($2, $1)')
    // Arguments of a spreadsheet stand between semicolons.
    .replace(/(?<=\([^()[\]]*);/g, ',');

/** `d(x^2)/dx` as d/dx (x^2). */
export function withDifferentials(text: string): string {
  const match = /(?<![\p{L}\p{N}_])([d∂])\s*\(/u.exec(text);
  const open = match ? match.index + match[0].length - 1 : 0;
  const end = match ? closing(text, open) : undefined;
  const by = end === undefined ? null : /^\s*\/\s*([d∂]\s*[\p{L}_][\p{L}\p{N}_]*)/u.exec(text.slice(end + 1));
  if (!match || end === undefined || !by) return text.replace(/(?<![\p{L}\p{N}_])(d\/d\p{L}\w*)\[([^[\]]*)\]/gu, '$1 ($2)');
  return `${text.slice(0, match.index)}${match[1]}/${by[1]} ${text.slice(open, end + 1)}${text.slice(end + 1 + by[0].length)}`;
}

/** `x.sum()` as sum(x), `W.dot(x)` as W*x, `W.T` as W'. */
export function withoutMethods(text: string, arrays: Arrays): string {
  let result = text.replace(/(?<=[\p{L}\p{N}_)\]'])\.(?:T|mT|H)(?![\p{L}\p{N}_(])/gu, "'").replace(/\.t\(\)/g, "'");
  for (let k = 0; k < MOST; k++) {
    const match = /(?<=[\p{L}\p{N}_)\]'])\.([A-Za-z_]\w*)\(/u.exec(result);
    if (!match) return result;
    const open = match.index + match[0].length - 1;
    const [start, end] = [receiverStart(result, match.index), closing(result, open)];
    const inside = end === undefined ? '' : result.slice(open + 1, end).trim();
    const vectors = start !== undefined && [result.slice(start, match.index), inside].every((of) => isVector(of, arrays));
    const name = (match[1] === 'dot' && !vectors) || match[1] === '__matmul__' ? 'matmul' : match[1]!;
    if (start === undefined || end === undefined || !(SHARED.has(name) || Object.hasOwn(CALLS, name))) return text;
    const receiver = result.slice(start, match.index).replace(/^\((.*)\)$/s, '$1');
    const rest = result.slice(open + 1, end).trim();
    const args = rest === '' ? receiver : `${receiver}, ${/^[01]$/.test(rest) ? (rest === '0' ? 'rows' : 'cols') : rest}`;
    result = `${result.slice(0, start)}${name}(${args})${result.slice(end + 1)}`;
  }
  return result;
}

/** Rewritings in one line. */
const MOST = 50;

/** Where the operand that ends before `end` begins: a name, a call, something in brackets. */
function receiverStart(text: string, end: number): number | undefined {
  let at = end;
  while (at > 0 && text[at - 1] === "'") at--;
  while (at > 0 && /[)\]]/.test(text[at - 1]!)) {
    const open = opening(text, at - 1);
    if (open === undefined) return undefined;
    at = open;
  }
  // Of `x^2.diff(x)` the power.
  const name = /(?:[\p{L}\p{N}_]+\^)?\d+$|[\p{L}\p{N}_]*$/u.exec(text.slice(0, at))![0];
  return name.length + (end - at) === 0 ? undefined : at - name.length;
}

function opening(text: string, close: number): number | undefined {
  let depth = 0;
  for (let at = close; at >= 0; at--) {
    if (/[)\]]/.test(text[at]!)) depth++;
    else if (/[([]/.test(text[at]!) && --depth === 0) return at;
  }
  return undefined;
}

/** The bracket that closes the one at a place. */
export function closing(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (/[([{]/.test(text[at]!)) depth++;
    else if (/[)\]}]/.test(text[at]!) && --depth === 0) return at;
  }
  return undefined;
}

/** Calls by names from elsewhere, as this language writes them; from the right, so that arguments come before their calls. */
export function translatedCalls(text: string, arrays: Arrays): string {
  let result = text;
  const found = [...text.matchAll(/(?<![\p{L}\p{N}_.])([A-Za-z_]\w*)\(/gu)].slice(-MOST);
  for (const { 0: head, 1: name, index } of found.reverse()) {
    const open = index + head.length - 1;
    const end = closing(result, open);
    const call = end === undefined ? undefined : callHere(name!, argumentsIn(result.slice(open + 1, end)), arrays);
    if (call === undefined) continue;
    const single = isAtom(call) || (result.slice(0, index).trim() === '' && result.slice(end! + 1).trim() === '');
    result = `${result.slice(0, index)}${single ? call : `(${call})`}${result.slice(end! + 1)}`;
  }
  return result;
}

/** What stands between the commas, brackets aside. */
export function argumentsIn(text: string): string[] {
  const result: string[] = [];
  let [depth, start] = [0, 0];
  for (let at = 0; at < text.length; at++) {
    if (/[([{]/.test(text[at]!)) depth++;
    else if (/[)\]}]/.test(text[at]!)) depth--;
    else if (text[at] === ',' && depth === 0) {
      result.push(text.slice(start, at).trim());
      start = at + 1;
    }
  }
  const last = text.slice(start).trim();
  return last === '' && result.length === 0 ? [] : [...result, last];
}
