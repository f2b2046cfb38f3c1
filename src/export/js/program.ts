/** How values come in and go out: the same in every module. */
export const SURFACE = `// The arrays that were given, their shapes checked, and the sizes that they tell.
function given(params, data) {
  const sizes = { ...KNOWN };
  const read = (values, shapes, what) => {
    for (const name of Object.keys(values ?? {})) {
      if (!(name in shapes)) throw new Error(\`there is no \${name} among the \${what}: \${Object.keys(shapes).join(', ') || 'none'}\`);
    }
    return Object.entries(shapes).map(([name, shape]) => {
      const value = values?.[name];
      if (value === undefined) throw new Error(\`the \${what} lack \${name}\`);
      const flat = ArrayBuffer.isView(value);
      const lengths = flat ? (shape.length === 1 ? [value.length] : undefined) : shapeOf(value, name);
      if (lengths) {
        if (lengths.length !== shape.length) {
          throw new Error(\`\${name} must have \${shape.length} axes, and has \${lengths.length}\`);
        }
        shape.forEach((dim, axis) => {
          if (typeof dim === 'string') sizes[dim] ??= lengths[axis];
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
      const numbers = flat ? Numbers.from(value) : Numbers.from(value.flat(Infinity));
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

/** The program at the end. */
export const PROGRAM = `// f of the number at each place of nested lists, with others beside it.
const values = (f, first, ...rest) =>
  Array.isArray(first) ? first.map((part, k) => values(f, part, ...rest.map((other) => other[k]))) : f(first, ...rest);

const listed = (value) => [value].flat(Infinity);

// Compares each derivative with differences of the loss.
function check() {
  const [params, data] = [initialParameters(), exampleData()];
  const found = valueAndGradients(params, data);
  let wrong = 0;
  for (const name of Object.keys(PARAMS)) {
    const own = listed(found.gradients[name]);
    let size = (SINGLE ? 1e-2 : 1e-6) * Math.abs(found.value);
    let worst = 0;
    own.forEach((gradient, at) => {
      const moved = (by) => {
        let k = 0;
        return loss({ ...params, [name]: values((x) => (k++ === at ? x + by : x), params[name]) }, data);
      };
      const h = (SINGLE ? 1e-2 : 1e-3) * Math.max(1, Math.abs(listed(params[name])[at]));
      const expected = (8 * (moved(h) - moved(-h)) - (moved(2 * h) - moved(-2 * h))) / (12 * h);
      size = Math.max(size, Math.abs(expected));
      const difference = Math.abs(gradient - expected);
      if (!(difference <= worst)) worst = difference;
    });
    const error = worst === 0 ? 0 : worst / size;
    const good = error <= (SINGLE ? 2e-2 : 1e-6);
    console.log(\`\${good ? 'ok   ' : 'WRONG'} \${name.padEnd(12)} relative error \${error.toExponential(1)}\`);
    if (!good) wrong++;
  }
  return wrong === 0 ? 0 : 3;
}

// Plain gradient descent.
function train(epochs, rate) {
  let params = initialParameters();
  const data = exampleData();
  for (let epoch = 0; epoch <= epochs; epoch++) {
    const { value, gradients: slopes } = valueAndGradients(params, data);
    if (epoch % Math.max(1, Math.floor(epochs / 10)) === 0 || epoch === epochs) console.log(\`\${epoch} \${NAME} \${value}\`);
    if (!Number.isFinite(value)) return 3;
    if (epoch === epochs) break;
    const step = UPHILL ? -rate : rate;
    params = Object.fromEntries(
      Object.keys(PARAMS).map((name) => [name, values((x, slope) => x - step * slope, params[name], slopes[name])]),
    );
  }
  console.log(JSON.stringify(params));
  return 0;
}

function main([command, epochs = '1000', rate = '0.1']) {
  if (command === '--check') return check();
  const isAsked = Number.isInteger(Number(epochs)) && Number(epochs) >= 0 && Number.isFinite(Number(rate));
  if (command === '--train' && isAsked) return train(Number(epochs), Number(rate));
  console.error('usage: node model.js --check | --train [EPOCHS [RATE]]');
  return 2;
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
