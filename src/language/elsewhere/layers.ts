import { argumentsIn, callHere } from './calls.ts';
import { pattern } from './pattern.ts';

/** Layers of networks, which elsewhere are objects that hold their weights; here the weights are declared. */

const NAME = '[\\p{L}_][\\p{L}\\p{N}_]*';
const MODULE = '(?:\\w+\\.)*';
const LINEAR = `${MODULE}(?:Linear|Dense|LazyLinear)\\(([^()]*)\\)`;
const ALONE = pattern(`^${LINEAR}(?:\\((${NAME})\\))?$`, 'u');
const NAMED = pattern(`^(?:self\\.)?(${NAME})\\s*=\\s*${LINEAR}$`, 'u');
const SEVERAL = pattern(`^(?:(?:self\\.)?${NAME}\\s*=\\s*)?${MODULE}(?:Sequential|Chain)\\(\\[?(.*?)\\]?\\)$`, 'u');
const LAYER = pattern(`^${LINEAR}$`, 'u');
const ACTIVATION = pattern(`^${MODULE}([A-Za-z]\\w*)(?:\\(\\))?$`, 'u');
const LOSS = pattern(`^(${NAME})\\s*=\\s*${MODULE}([A-Z]\\w*)\\(\\)$`, 'u');

/** The lengths before and behind a layer: `3, 2`, or `2` where the one before is not said. */
function lengths(options: string): readonly [string, string] | undefined {
  const numbers = argumentsIn(options)
    .map((option) => option.replace(/^(?:in_features|out_features|units)\s*=\s*/, ''))
    .filter((option) => /^\w+$/.test(option));
  const [first, second] = numbers;
  return first === undefined ? undefined : second === undefined ? ['n', first] : [first, second];
}

/** `nn.Linear(3, 2)(x)`, `fc = nn.Linear(3, 2)`, `nn.Sequential(…)`: weights, and what is done with them. */
export function withLayers(text: string): string {
  const [, options, of = 'x'] = ALONE().exec(text) ?? [];
  const alone = options === undefined ? undefined : lengths(options);
  if (alone) return `data ${of} : [${alone[0]}]; param W : [${alone[1]}, ${alone[0]}], b : [${alone[1]}]; W*${of} + b`;
  const [, own, sizes] = NAMED().exec(text) ?? [];
  const named = sizes === undefined ? undefined : lengths(sizes);
  if (named) return `param W_${own} : [${named[1]}, ${named[0]}], b_${own} : [${named[1]}]; ${own}(x) = W_${own}*x + b_${own}`;
  const [, loss, kind] = LOSS().exec(text) ?? [];
  const call = kind === undefined ? undefined : callHere(kind, ['a', 'y']);
  if (call !== undefined) return `${loss}(a, y) = ${call}`;
  return inTurn(SEVERAL().exec(text)?.[1]) ?? text;
}

function inTurn(list: string | undefined): string | undefined {
  if (list === undefined) return undefined;
  const declared: string[] = [];
  let [result, first, last] = ['x', '', ''];
  for (const layer of argumentsIn(list)) {
    const sizes = LAYER().exec(layer)?.[1];
    const both = sizes === undefined ? undefined : lengths(sizes);
    if (both) {
      const k = declared.length + 1;
      // Keras has the lengths behind only.
      const before = both[0] === 'n' && last !== '' ? last : both[0];
      first ||= before;
      last = both[1];
      declared.push(`W${k} : [${last}, ${before}], b${k} : [${last}]`);
      result = `W${k}*${/ /.test(result) && !CALL.test(result) ? `(${result})` : result} + b${k}`;
      const own = /activation\s*=\s*(?:["'](\w+)["']|[\w.]*?(\w+)$)/.exec(sizes!)?.slice(1).find(Boolean);
      if (own && own !== 'linear') result = `${own}(${result})`;
      continue;
    }
    const name = ACTIVATION().exec(layer)?.[1];
    const call = name === undefined ? undefined : (callHere(name, [result]) ?? callHere(name.toLowerCase(), [result]));
    if (call === undefined && !(name && PLAIN.has(name.toLowerCase()))) return undefined;
    result = call ?? `${name!.toLowerCase()}(${result})`;
  }
  return declared.length === 0 ? undefined : `data x : [${first}]; param ${declared.join(', ')}; ${result}`;
}

/** One call, which needs no brackets. */
const CALL = /^\w+\((?:[^()]|\((?:[^()]|\((?:[^()]|\([^()]*\))*\))*\))*\)$/;

/** Activations by the same name in small letters. */
const PLAIN: ReadonlySet<string> = new Set([
  'sigmoid',
  'tanh',
  'relu',
  'softmax',
  'softplus',
  'gelu',
  'silu',
  'elu',
  'selu',
  'mish',
]);
