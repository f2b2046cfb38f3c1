import { MOST, SAID } from '../differences.ts';
import type { Kept } from '../kept.ts';
import { keptInJavaScript } from './kept.ts';

/** How values come in and go out: the same in every module. */
export const SURFACE = `// The arrays that were given, their shapes checked, and the sizes that they tell.
function given(params, data, spared = []) {
  const sizes = { ...KNOWN };
  const read = (values, shapes, what) => {
    for (const name of Object.keys(values ?? {})) {
      if (!(name in shapes)) throw new Error(\`there is no \${name} among the \${what}: \${Object.keys(shapes).join(', ') || 'none'}\`);
    }
    return Object.entries(shapes).filter(([name]) => !spared.includes(name)).map(([name, shape]) => {
      const value = values?.[name];
      if (value === undefined) throw new Error(\`the \${what} lack \${name}\`);
      const flat = ArrayBuffer.isView(value);
      const lengths = flat ? (shape.length === 1 ? [value.length] : undefined) : (value?.shape ?? shapeOf(value, name));
      // A list without entries does not tell how long these would be.
      const isOpen = lengths?.at(-1) === 0 && lengths.length < shape.length;
      if (lengths) {
        if (lengths.length !== shape.length && !isOpen) {
          throw new Error(\`\${name} must have \${shape.length} axes, and has \${lengths.length}\`);
        }
        shape.forEach((dim, axis) => {
          if (typeof dim === 'string' && axis < lengths.length) sizes[dim] ??= lengths[axis];
        });
      }
      return { name, value, shape, lengths, flat };
    });
  };
  const list = [read(data, DATA, 'data'), read(params, PARAMS, 'parameters')];
  const [ownData, ownParams] = list.map((entries) =>
    Object.fromEntries(entries.map(({ name, value, shape, lengths, flat }) => {
      const wanted = shape.map((dim) => (typeof dim === 'string' ? sizes[dim] : typeof dim === 'function' ? dim(sizes) : dim));
      const written = shape.map((dim, k) => (typeof dim === 'string' ? \`\${dim} = \${wanted[k]}\` : wanted[k])).join(' × ');
      if (lengths && lengths.some((length, k) => length !== wanted[k])) {
        throw new Error(\`\${name} must be \${written}, and is \${lengths.join(' × ')}\`);
      }
      if (shape.length === 0) {
        if (typeof value !== 'number') throw new Error(\`\${name} must be a number\`);
        return [name, value];
      }
      const numbers = Numbers.from(flat ? value : (value.data ?? value.flat(Infinity)));
      if (numbers.length !== count(wanted)) {
        throw new Error(\`\${name} must be \${written}: \${count(wanted)} numbers, not \${numbers.length}\`);
      }
      return [name, { shape: wanted, data: numbers }];
    })),
  );
  return { data: ownData, params: ownParams, sizes };
}

// How long nested lists are.
function shapeOf(value, name) {
  if (typeof value === 'number') return [];
  if (!Array.isArray(value)) throw new Error(\`\${name} must be numbers, and is \${value}\`);
  const inner = value.map((part) => shapeOf(part, name));
  if (inner.some((shape) => String(shape) !== String(inner[0]))) throw new Error(\`the rows of \${name} differ in length\`);
  return [value.length, ...(inner[0] ?? [])];
}

// Nested lists; with more axes than the array has where that is asked for.
function nested(array, axes = 0) {
  if (typeof array === 'number') return axes === 0 ? array : nested({ shape: [], data: [array] }, axes);
  const shape = [...array.shape, ...Array(Math.max(0, axes - array.shape.length)).fill(1)];
  let at = 0;
  const build = (axis) =>
    axis === shape.length ? array.data[at++] : Array.from({ length: shape[axis] }, () => build(axis + 1));
  return build(0);
}
`;

/**
 * The program at the end.
 * @param moved the objective where parameters were moved, `moved`, for differences
 * @param kept what is declared of parameters that a step could undo
 */
export const program = (
  moved: string,
  kept: readonly Kept[],
): string => `// f of the number at each place of nested lists, with others beside it.
const values = (f, first, ...rest) =>
  Array.isArray(first) ? first.map((part, k) => values(f, part, ...rest.map((other) => other[k]))) : f(first, ...rest);

const listed = (value) => [value].flat(Infinity);

// The derivative of f at 0, as differences of several lengths agree on it, and what it is on either
// side.
function slopeAtZero(f) {
  const { first, ratio, levels, beside } = DIFFERENCES;
  let [found, spread, rough, better] = [NaN, Infinity, NaN, NaN];
  for (let k = 0; k < levels && !(spread <= 1e-10 * Math.abs(found)); k++) {
    const step = first / ratio ** k;
    const before = rough;
    rough = (f(step) - f(-step)) / (2 * step);
    const last = better;
    better = rough + (rough - before) / (ratio ** 2 - 1);
    if (Math.abs(better - last) < spread) [found, spread] = [better, Math.abs(better - last)];
  }
  const sides = [(f(beside) - f(0)) / beside, (f(0) - f(-beside)) / beside];
  return [found, Math.min(...sides), Math.max(...sides)];
}

${kept.length > 0 ? keptInJavaScript(kept) : ''}// Compares each derivative with differences of the loss, by ${MOST} entries at most and by all together.
function check() {
  const [params, data] = [initialParameters(), exampleData()];
  const found = valueAndGradients(params, data);
  let wrong = 0;
  for (const name of Object.keys(PARAMS)) {
    const [own, start] = [listed(found.gradients[name]), listed(params[name])];
    const places = new Set(Array.from({ length: ${MOST} }, (_, k) => Math.round((k * (own.length - 1)) / ${MOST - 1})));
    const ways = [...places].map((at) => own.map((_, k) => (k === at ? Math.max(1, Math.abs(start[at])) : 0)));
    if (own.length > ${MOST}) ways.push(own.map((_, k) => ((k * 0.618) % 1 < 0.5 ? 1 : -1)));
${
  !kept.some((one) => one.symmetric)
    ? ''
    : `    if (KEPT[name]?.symmetric) {
      // An entry moves with that across the diagonal.
      const n = Math.sqrt(own.length);
      ways.forEach((way, w) => {
        ways[w] = way.map((x, k) => (x + way[(k % n) * n + Math.floor(k / n)]) / 2);
      });
    }
`
}    // By how much the loss changes along a way: as the gradient says, and as differences do.
    const along = (way) => {
      const movedBy = (t) => {
        let k = 0;
        const moved = { ...params, [name]: values((x) => x + t * way[k++], params[name]) };
        return ${moved};
      };
      return [own.reduce((sum, gradient, k) => sum + gradient * way[k], 0), ...slopeAtZero(movedBy)];
    };
    const { bound } = DIFFERENCES;
    const gap = ([given, expected]) => Math.abs(given - expected) / Math.max(Math.abs(given), Math.abs(expected));
    // What is small may be so by its unit: then steps of 1 are too long.
    const slopes = ways.map((way) => {
      const plain = along(way);
      if (gap(plain) <= bound || start.every((x) => x === 0)) return plain;
      const finer = along(way.map((w, k) => Math.sign(w) * Math.min(Math.abs(w), Math.abs(start[k]))));
      return gap(finer) < gap(plain) || Number.isNaN(gap(plain)) ? finer : plain;
    });
    const size = Math.max(1e-3 * Math.abs(found.value), 1e-307, ...slopes.map(([, one]) => Math.abs(one)).filter(Number.isFinite));
    let worst = 0;
    for (const [given, expected, low, high] of slopes) {
      const error = Math.abs(given - expected) / size;
      // Near a kink or a jump the two sides enclose the derivative.
      const enclosed = given >= low - bound * size && given <= high + bound * size;
      if (error <= bound || !enclosed) worst = Math.max(worst, Number.isNaN(error) ? Infinity : error);
    }
    console.log(\`\${name}: ${SAID.off} \${worst.toExponential(1)}\`);
    if (!(worst <= bound)) wrong++;
  }
  console.log(wrong === 0 ? '${SAID.agree}' : '${SAID.wrong}');
  return wrong === 0;
}

// Gradient descent from the initial parameters; what was learned.
function train(epochs, lr) {
  let params = initialParameters();
  const data = exampleData();
  for (let epoch = 0; epoch <= epochs; epoch++) {
    const { value, gradients: slopes } = valueAndGradients(params, data);
    if (epoch % Math.max(1, Math.floor(epochs / 10)) === 0 || epoch === epochs) {
      console.log(\`epoch \${epoch}: \${NAME} = \${Number(value.toPrecision(6))}\`);
      if (!Number.isFinite(value)) {
        console.error(\`\${NAME} ${SAID.endless}\`);
        return undefined;
      }
    }
    if (epoch === epochs) break;
    const step = UPHILL ? -lr : lr;
    ${kept.length > 0 ? 'const moved' : 'params'} = Object.fromEntries(
      Object.keys(PARAMS).map((name) => [name, values((x, slope) => x - step * slope, params[name], slopes[name])]),
    );
${kept.length > 0 ? '    params = within(moved, params);\n' : ''}  }
  return params;
}

function main(words) {
  const options = { epochs: 1000, lr: 0.1 };
  const asked = new Set();
  for (let k = 0; k < words.length; k++) {
    const name = words[k].replace(/^--/, '');
    if (words[k] === '--check' || words[k] === '--train') asked.add(name);
    else if (words[k].startsWith('--') && name in options && words[k + 1]) options[name] = Number(words[++k]);
    else asked.add('?');
  }
  const { epochs, lr } = options;
  if (asked.has('?') || !(Number.isInteger(epochs) && epochs >= 0 && Number.isFinite(lr))) {
    console.error('usage: node model.js [--check] [--train] [--epochs EPOCHS] [--lr LR]');
    return 2;
  }
  if (LACKING !== '') {
    console.error(LACKING);
    return 1;
  }
  if (asked.has('check') && !check()) return 1;
  if (asked.has('train')) {
    const learned = train(epochs, lr);
    if (learned === undefined) return 1;
    for (const [name, value] of Object.entries(learned))
      console.log(\`\${name} = \${JSON.stringify(value).replaceAll(',', ', ')}\`);
  }
  if (asked.size === 0) console.log(\`\${NAME} = \${loss(initialParameters(), exampleData())}\`);
  return 0;
}

// Whether Node was started with this file.
function isStarted(node) {
  const started = node?.argv?.[1];
  if (!started) return false;
  const { existsSync, realpathSync } = node.getBuiltinModule?.('node:fs') ?? {};
  const file = existsSync?.(started) ? realpathSync(started) : started;
  const own = decodeURIComponent(new URL(import.meta.url).pathname);
  return own.replace(/^\\/(?=[A-Za-z]:)/, '') === file.replaceAll('\\\\', '/');
}

const node = globalThis.process;
if (isStarted(node)) node.exitCode = main(node.argv.slice(2));
`;
