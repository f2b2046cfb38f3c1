/** What a module has for arrays, by name: a text, and what it needs. */
export interface Helper {
  readonly text: string;
  readonly needs?: readonly string[];
}

/** An array inside of the functions is { shape, data }, in row-major order; a number is a number. */
export const HELPERS: Readonly<Record<string, Helper>> = {
  count: { text: 'const count = (shape) => shape.reduce((product, length) => product * length, 1);' },
  filled: {
    text: 'const filled = (shape, value) => ({ shape, data: new Numbers(count(shape)).fill(value) });',
    needs: ['count'],
  },
  map: {
    text: `// f of the entries at each place.
function map(f, ...arrays) {
  const [{ shape, data }] = arrays;
  const result = new Numbers(data.length);
  const [, second, third] = arrays;
  if (arrays.length === 1) for (let k = 0; k < result.length; k++) result[k] = f(data[k]);
  if (arrays.length === 2) for (let k = 0; k < result.length; k++) result[k] = f(data[k], second.data[k]);
  if (arrays.length === 3) for (let k = 0; k < result.length; k++) result[k] = f(data[k], second.data[k], third.data[k]);
  if (arrays.length <= 3) return { shape, data: result };
  const at = new Array(arrays.length);
  for (let k = 0; k < result.length; k++) {
    for (let a = 0; a < at.length; a++) at[a] = arrays[a].data[k];
    result[k] = f(...at);
  }
  return { shape, data: result };
}`,
  },
  places: {
    text: `// start + Σ step·index at every place of indices that run below these lengths.
function places(lengths, steps, start = 0) {
  let list = [start];
  lengths.forEach((length, axis) => {
    list = list.flatMap((from) => Array.from({ length }, (_, i) => from + steps[axis] * i));
  });
  return list;
}`,
  },
  affine: {
    text: `// The numbers offset + Σ step·index.
const affine = (shape, steps, offset) => ({ shape, data: Numbers.from(places(shape, steps, offset)) });`,
    needs: ['places'],
  },
  test: {
    text: `// 1 where offset + Σ step·index is 0, and 0 elsewhere.
const test = (shape, steps, offset) =>
  map((at) => (at === 0 ? 1 : 0), affine(shape, steps, offset));`,
    needs: ['map', 'affine'],
  },
  einsum: {
    text: `// einsum('i,k; k,j -> i,j', {}, A, B): the sum over k of A[i,k]·B[k,j], indices from 0. An index
// may be a sum, 'i+p'; what lies beyond its array counts as 0. Lengths that no array tells come by
// letters.
function einsum(text, lengths, ...factors) {
  const [left, right] = text.split('->');
  const result = axesOf(right);
  const terms = left.split(';').map((list, k) => {
    const array = typeof factors[k] === 'number' ? { shape: [], data: [factors[k]] } : factors[k];
    return { array, axes: axesOf(list) };
  });
  const size = { ...lengths };
  for (const { array, axes } of terms) {
    axes.forEach((axis, k) => {
      if (axis.letter) size[axis.letter] ??= array.shape[k];
    });
  }
  return contracted(terms, result, size);
}

function axesOf(list) {
  if (list.trim() === '') return [];
  return list.split(',').map((text) => {
    const steps = new Map();
    let start = 0;
    for (const term of text.trim().split('+')) {
      const [first, letter = first] = term.split('*');
      if (Number.isNaN(Number(letter))) steps.set(letter, (steps.get(letter) ?? 0) + (letter === first ? 1 : Number(first)));
      else start += Number(term);
    }
    const [letter] = steps.keys();
    return { steps, start, letter: steps.size === 1 && start === 0 && steps.get(letter) === 1 ? letter : undefined };
  });
}

function contracted(terms, result, size) {
  const letters = (axes) => axes.flatMap(({ steps }) => [...steps.keys()]);
  const arrays = terms.filter(({ axes }) => axes.length > 0);
  const within = (axis, length) => axis.letter !== undefined && size[axis.letter] <= length;
  if (arrays.length > 2 && arrays.every(({ array, axes }) => axes.every((axis, k) => within(axis, array.shape[k])))) {
    // Two of the arrays first: those whose product costs least.
    let best;
    for (let a = 0; a < arrays.length; a++) {
      for (let b = a + 1; b < arrays.length; b++) {
        const all = [...new Set(letters([...arrays[a].axes, ...arrays[b].axes]))];
        const cost = all.reduce((product, letter) => product * size[letter], 1);
        if (!best || cost < best.cost) best = { cost, all, pair: [arrays[a], arrays[b]] };
      }
    }
    const rest = terms.filter((term) => !best.pair.includes(term));
    const needed = new Set(letters([...result, ...rest.flatMap(({ axes }) => axes)]));
    const axes = axesOf(best.all.filter((letter) => needed.has(letter)).join());
    return contracted([...rest, { array: array(contracted(best.pair, axes, size)), axes }], result, size);
  }
  const kept = [...new Set(letters(result))];
  const summed = [...new Set(terms.flatMap(({ axes }) => letters(axes)))].filter((letter) => !kept.includes(letter));
  const sides = [kept, summed];
  const shape = result.map((axis) => (axis.letter ? size[axis.letter] : 1));
  const along = (linear, over, start) =>
    places(
      over.map((letter) => size[letter]),
      over.map((letter) => linear.steps.get(letter) ?? 0),
      start,
    );
  const target = along(flat(result, shape), kept, 0);
  const read = terms.map(({ array: { shape: own, data }, axes }) => {
    const linear = flat(axes, own);
    return { data, at: sides.map((over, k) => Int32Array.from(along(linear, over, k === 0 ? linear.start : 0))) };
  });
  const bounds = terms.flatMap(({ array: { shape: own }, axes }) =>
    axes.flatMap((axis, k) =>
      within(axis, own[k]) ? [] : [{ length: own[k], at: sides.map((over, s) => along(axis, over, s === 0 ? axis.start : 0)) }],
    ),
  );
  const data = new Numbers(count(shape));
  const inner = summed.reduce((product, letter) => product * size[letter], 1);
  const lone = read.filter((_, k) => terms[k].axes.length > 0);
  // Numbers multiply the sum, of nothing too: within it they might overflow on the way.
  const factor = terms.reduce((product, { array: { data: [first] }, axes }) => (axes.length === 0 ? product * first : product), 1);
  if (bounds.length === 0 && (lone.length === 1 || lone.length === 2)) {
    // One array, or two: the loops are short.
    const [{ data: x, at: [xOuter, xInner] }, { data: y, at: [yOuter, yInner] }] = [lone[0], lone[1] ?? { at: [] }];
    for (let o = 0; o < target.length; o++) {
      let total = 0;
      const from = xOuter[o];
      if (y) for (let s = 0, other = yOuter[o]; s < inner; s++) total += x[from + xInner[s]] * y[other + yInner[s]];
      else for (let s = 0; s < inner; s++) total += x[from + xInner[s]];
      data[target[o]] = factor * total;
    }
    return shape.length === 0 ? data[0] : { shape, data };
  }
  for (let o = 0; o < target.length; o++) {
    let total = 0;
    for (let s = 0; s < inner; s++) {
      if (bounds.some(({ length, at }) => at[0][o] + at[1][s] < 0 || at[0][o] + at[1][s] >= length)) continue;
      let product = 1;
      for (const { data: entries, at } of lone) product *= entries[at[0][o] + at[1][s]];
      total += product;
    }
    data[target[o]] = factor * total;
  }
  return shape.length === 0 ? data[0] : { shape, data };
}

const array = (value) => (typeof value === 'number' ? { shape: [], data: [value] } : value);

// The place in the data, from those along the axes.
function flat(axes, shape) {
  const steps = new Map();
  let start = 0;
  axes.forEach((axis, k) => {
    const stride = count(shape.slice(k + 1));
    start += axis.start * stride;
    for (const [letter, step] of axis.steps) steps.set(letter, (steps.get(letter) ?? 0) + step * stride);
  });
  return { steps, start };
}`,
    needs: ['count', 'places'],
  },
  entry: {
    text: `// What lies at t along an axis.
function entry({ shape, data }, axis, t) {
  const inner = count(shape.slice(axis + 1));
  const rest = shape.filter((_, k) => k !== axis);
  const found = data.filter((_, at) => Math.floor(at / inner) % shape[axis] === t);
  return rest.length === 0 ? found[0] : { shape: rest, data: found };
}`,
    needs: ['count'],
  },
  scan: {
    text: `// What step makes of start, of what it made, and so on, side by side along an axis.
function scan(start, length, axis, backward, step) {
  const entries = new Array(length);
  let now = start;
  for (let k = 0; k < length; k++) {
    const t = backward ? length - 1 - k : k;
    now = step(now, t);
    entries[t] = typeof now === 'number' ? { shape: [], data: [now] } : now;
  }
  const shape = typeof now === 'number' ? [] : now.shape;
  const inner = count(shape.slice(axis));
  const data = new Numbers(count(shape) * length);
  entries.forEach((one, t) => {
    one.data.forEach((x, at) => {
      data[(Math.floor(at / inner) * length + t) * inner + (at % inner)] = x;
    });
  });
  return { shape: [...shape.slice(0, axis), length, ...shape.slice(axis)], data };
}`,
    needs: ['count'],
  },
  shaped: {
    text: 'const shaped = ({ data }, shape) => ({ shape, data });',
  },
  cells: {
    text: `// f of each cell, the last axes of each array; it gets arrays of their entries and their shapes.
function cells(f, ranks, shape, ...arrays) {
  const own = arrays.map((array, k) => array.shape.slice(array.shape.length - ranks[k]));
  const lead = arrays[0].shape.length - ranks[0];
  const number = count(arrays[0].shape.slice(0, lead));
  const data = new Numbers(count(shape));
  const length = data.length / number;
  for (let c = 0; c < number; c++) {
    const parts = arrays.map((array, k) => array.data.subarray(c * count(own[k]), (c + 1) * count(own[k])));
    f(data.subarray(c * length, (c + 1) * length), ...parts, ...own);
  }
  return shape.length === 0 ? data[0] : { shape, data };
}`,
    needs: ['count'],
  },
};
