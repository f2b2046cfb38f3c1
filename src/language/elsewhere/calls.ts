/**
 * Functions under the names that they have in other languages and libraries, as this language writes them: `$1` is the
 * first argument, and so on. A name alone takes the arguments as they are.
 */
export const CALLS: Readonly<Record<string, string>> = {
  if: 'where($1, $2, $3)',
  ifelse: 'where($1, $2, $3)',
  iif: 'where($1, $2, $3)',
  ReLU: 'relu',
  ReLu: 'relu',
  LeakyReLU: 'leaky_relu',
  lrelu: 'leaky_relu',
  SiLU: 'silu',
  GELU: 'gelu',
  ELU: 'elu',
  LogSoftmax: 'log_softmax',
  expit: 'sigmoid',
  sigm: 'sigmoid',
  power: '$1^$2',
  negative: '-$1',
  reciprocal: '1/$1',
  add: '$1 + $2',
  subtract: '$1 - $2',
  multiply: '$1.*$2',
  divide: '$1./$2',
  matmul: '$1*$2',
  mm: '$1*$2',
  bmm: '$1*$2',
  maximum: 'max',
  minimum: 'min',
  fmax: 'max',
  fmin: 'min',
  amax: 'max',
  amin: 'min',
  fabs: 'abs',
  absolute: 'abs',
  arctan2: 'atan2',
  log_2: 'log2',
  log_10: 'log10',
  lb: 'log2',
  lg: 'log10',
  sine: 'sin',
  cosine: 'cos',
  tangent: 'tan',
  tg: 'tan',
  ctg: 'cot',
  arctg: 'atan',
  sh: 'sinh',
  ch: 'cosh',
  th: 'tanh',
  sqr: '$1^2',
  squareroot: 'sqrt',
  fmod: 'mod',
  remainder: 'mod',
  average: 'mean',
  avg: 'mean',
  stdev: 'std',
  product: 'prod',
  determinant: 'det',
  slogdet: 'logdet',
  eyes: 'eye',
  identity: 'eye',
  log_sum_exp: 'logsumexp',
  logaddexp: 'log(exp($1) + exp($2))',
  gammafn: 'gamma',
  lnGamma: 'lgamma',
  mse_loss: 'mse',
  MSELoss: 'mse',
  l1_loss: 'mae',
  mean_squared_error: 'mse',
  mean_absolute_error: 'mae',
  binary_cross_entropy: 'bce',
  binary_crossentropy: 'bce',
  kl_div: 'kl',
  derivative: 'diff($1, $2)',
  gradient: 'grad($1, $2)',
  Hessian: 'hessian($1, $2)',
};

/** What libraries call by a module or a method, where the language has the same name. */
const SHARED = new Set(
  `exp log sin cos tan tanh atanh arctanh asin arcsin acos arccos atan arctan sinh cosh asinh arcsinh acosh arccosh log2 log10
  log1p expm1 cbrt floor ceil round trunc sigmoid abs sign relu max min where leaky_relu elu gelu silu hypot atan2 mod erf erfc
  gamma lgamma digamma softplus square sqrt sum mean prod var std norm logsumexp softmax log_softmax inv det logdet cholesky
  solve trace transpose diag outer kron eye zeros ones reshape concat dot pow`.split(/\s+/),
);

/** The functions that a library's name may be translated to. */
export const TRANSLATED: readonly string[] = [...SHARED, ...Object.values(CALLS).filter((template) => !template.includes('$'))];

/** A call as this language writes it; undefined where there is nothing of the kind. */
export function callHere(name: string, args: readonly string[]): string | undefined {
  const template = Object.hasOwn(CALLS, name) ? CALLS[name]! : undefined;
  if (template === undefined) return undefined;
  if (!template.includes('$')) return `${template}(${args.join(', ')})`;
  const wanted = Math.max(...[...template.matchAll(/\$(\d)/g)].map(([, k]) => Number(k)));
  if (args.length !== wanted) return undefined;
  return template.replace(/(^|.)\$(\d)(?=(.)|$)/g, (_, before: string, k: string, after: string | undefined) => {
    const arg = args[Number(k) - 1]!;
    const alone = (before === '(' || before === ' ') && (after === ',' || after === ')') && !/[-+] $/.test(before);
    return `${before}${alone || isAtom(arg) ? arg : `(${arg})`}`;
  });
}

const isAtom = (text: string): boolean => /^[\p{L}\p{N}\p{M}_.]+(?:\([^()]*\)|\[[^[\]]*\]|'+)?$/u.test(text);

const MODULE =
  /(?<![\p{L}\p{N}_.])(?:np|numpy|jnp|jax|torch|tf|math|Math|cmath|mpmath|sympy|scipy|sp|sps|keras|nn|F|K|jsp)((?:\.[A-Za-z_]\w*)+)/gu;

/** `np.exp(x)`, `tf.nn.relu(x)`: the module goes, and what is a product in it is one here. */
export function withoutModules(text: string): string {
  return text.replace(MODULE, (whole: string, path: string) => {
    const name = path.slice(path.lastIndexOf('.') + 1);
    if (name === 'dot') return 'matmul';
    if (name === 'pi' || name === 'e' || name === 'inf') return name;
    return SHARED.has(name) || Object.hasOwn(CALLS, name) ? name : whole;
  });
}

/** Axes by number are those of NumPy: 0 are the rows. */
export const namedAxes = (text: string): string =>
  text
    .replace(/,\s*keep_?dims?\s*=\s*\w+/g, '')
    .replace(/(?<=[,(]\s*)(?:axis|dim)\s*=\s*(0|1|-1)(?=\s*[,)])/g, (_, k: string) => (k === '0' ? 'rows' : 'cols'));

/** `x.sum()` as sum(x), `W.dot(x)` as W*x, `W.T` as W'. */
export function withoutMethods(text: string): string {
  let result = text.replace(/(?<=[\p{L}\p{N}_)\]'])\.(?:T|mT|H)(?![\p{L}\p{N}_(])/gu, "'").replace(/\.t\(\)/g, "'");
  for (let k = 0; k < MOST; k++) {
    const match = /(?<=[\p{L}\p{N}_)\]'])\.([A-Za-z_]\w*)\(/u.exec(result);
    if (!match) return result;
    const open = match.index + match[0].length - 1;
    const [start, end] = [receiverStart(result, match.index), closing(result, open)];
    const name = match[1] === 'dot' || match[1] === '__matmul__' ? 'matmul' : match[1]!;
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
  const name = /[\p{L}\p{N}_]*$/u.exec(text.slice(0, at))![0];
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
export function translatedCalls(text: string): string {
  let result = text;
  const found = [...text.matchAll(/(?<![\p{L}\p{N}_.])([A-Za-z_]\w*)\(/gu)].slice(-MOST);
  for (const { 0: head, 1: name, index } of found.reverse()) {
    const open = index + head.length - 1;
    const end = closing(result, open);
    const call = end === undefined ? undefined : callHere(name!, argumentsIn(result.slice(open + 1, end)));
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
