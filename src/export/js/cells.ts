import type { Helper } from './runtime.ts';

/** What array functions do to one cell: (out, …entries, …shapes). By the names of our operators. */
export const CELLS: Readonly<Record<string, Helper & { readonly name: string }>> = Object.fromEntries(
  (
    [
      ['max', 'largest', '(out, x) {\n  out[0] = x.reduce((a, b) => Math.max(a, b), -Infinity);\n}'],
      ['min', 'smallest', '(out, x) {\n  out[0] = x.reduce((a, b) => Math.min(a, b), Infinity);\n}'],
      ['max-shares', 'sharesOfLargest', shares('Math.max', '-Infinity')],
      ['min-shares', 'sharesOfSmallest', shares('Math.min', 'Infinity')],
      ['prod', 'product', '(out, x) {\n  out[0] = x.reduce((a, b) => a * b, 1);\n}'],
      [
        'logsumexp',
        'logsumexp',
        `(out, x) {
  const top = x.reduce((a, b) => Math.max(a, b), -Infinity);
  out[0] = Number.isFinite(top) ? top + Math.log(x.reduce((sum, u) => sum + Math.exp(u - top), 0)) : top;
}`,
      ],
      [
        'softmax',
        'softmax',
        `(out, x) {
  const top = x.reduce((a, b) => Math.max(a, b), -Infinity);
  let total = 0;
  x.forEach((u, k) => {
    out[k] = Math.exp(u - top);
    total += out[k];
  });
  x.forEach((_, k) => {
    out[k] /= total;
  });
}`,
      ],
      [
        'euclidean',
        'euclidean',
        `(out, x) {
  const top = x.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const whole = top === 0 || !Number.isFinite(top);
  out[0] = whole ? top : top * Math.sqrt(x.reduce((sum, u) => sum + (u / top) ** 2, 0));
}`,
      ],
      [
        'norm',
        'lengthOfOrder',
        `(order, out, x) {
  const top = x.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const whole = top === 0 || !Number.isFinite(top);
  out[0] = whole ? top : top * x.reduce((sum, u) => sum + (Math.abs(u) / top) ** order, 0) ** (1 / order);
}`,
      ],
      ['triu', 'upperTriangle', triangle('j - i >= k')],
      ['tril', 'lowerTriangle', triangle('j - i <= k')],
      [
        'cumsum',
        'cumulativeSum',
        `(out, x) {
  let total = 0;
  for (let k = 0; k < x.length; k++) out[k] = total += x[k];
}`,
      ],
      [
        'reverse_cumsum',
        'cumulativeSumFromEnd',
        `(out, x) {
  let total = 0;
  for (let k = x.length - 1; k >= 0; k--) out[k] = total += x[k];
}`,
      ],
      [
        'cholesky',
        'cholesky',
        `(out, a, [n]) {
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let total = (a[i * n + j] + a[j * n + i]) / 2;
      for (let k = 0; k < j; k++) total -= out[i * n + k] * out[j * n + k];
      out[i * n + j] = j === i ? Math.sqrt(total) : total / out[j * n + j];
    }
  }
}`,
      ],
      [
        'lu',
        'factorise',
        `(out, a, [n]) {
  // The factors, and below them the row that was exchanged with each.
  out.set(a);
  for (let k = 0; k < n; k++) {
    let best = k;
    for (let i = k + 1; i < n; i++) {
      const size = Math.abs(out[i * n + k]);
      if (size > Math.abs(out[best * n + k]) || Number.isNaN(size)) best = i;
    }
    out[n * n + k] = best;
    for (let j = 0; best !== k && j < n; j++) {
      [out[k * n + j], out[best * n + j]] = [out[best * n + j], out[k * n + j]];
    }
    const pivot = out[k * n + k];
    for (let i = k + 1; i < n; i++) {
      const factor = pivot === 0 ? 0 : out[i * n + k] / pivot;
      out[i * n + k] = factor;
      for (let j = k + 1; j < n; j++) out[i * n + j] -= factor * out[k * n + j];
    }
  }
}`,
      ],
      [
        'lu-det',
        'determinant',
        `(out, lu, [, n]) {
  out[0] = 1;
  for (let k = 0; k < n; k++) out[0] *= lu[n * n + k] === k ? lu[k * n + k] : -lu[k * n + k];
}`,
      ],
      [
        'lu-logdet',
        'logDeterminant',
        `(out, lu, [, n]) {
  let [total, sign] = [0, 1];
  for (let k = 0; k < n; k++) {
    total += Math.log(Math.abs(lu[k * n + k]));
    if (lu[n * n + k] !== k !== lu[k * n + k] < 0) sign = -sign;
  }
  out[0] = sign > 0 || total === -Infinity ? total : NaN;
}`,
      ],
      ['lu-solve-plain', 'solve', solving(false)],
      ['lu-solve-transposed', 'solveTransposed', solving(true)],
      [
        'lu-cofactor',
        'cofactors',
        `(out, a, lu, [n]) {
  // The determinant times the inverse, transposed; of a singular matrix minor by minor.
  if (Array.from({ length: n }, (_, k) => lu[k * n + k]).every((pivot) => pivot !== 0)) {
    const det = [0];
    determinant(det, lu, [n + 1, n]);
    solveTransposed(out, lu, out.map((_, k) => (k % (n + 1) === 0 ? det[0] : 0)), [n + 1, n], [n, n]);
    return;
  }
  const m = n - 1;
  for (let k = 0; k < n * n; k++) {
    const [row, column] = [Math.floor(k / n), k % n];
    const rest = a.filter((_, at) => Math.floor(at / n) !== row && at % n !== column);
    const [factors, minor] = [new Float64Array(m * n), [1]];
    factorise(factors, rest, [m, m]);
    determinant(minor, factors, [n, m]);
    out[k] = (row + column) % 2 === 0 ? minor[0] : -minor[0];
  }
}`,
        'lu',
        'lu-det',
        'lu-solve-transposed',
      ],
      [
        'cofactor-slope',
        'cofactorSlopes',
        `(out, a, g, [n]) {
  // The slopes of the sum of g times the cofactors: those of a diagonal matrix, between triangles.
  const [lu, pivots, rows] = [a.slice(), new Float64Array(n), Array.from({ length: n }, (_, k) => k)];
  const columns = rows.slice();
  let sign = 1;
  for (let k = 0; k < n; k++) {
    let best = k * n + k;
    for (let i = k; i < n; i++)
      for (let j = k; j < n; j++) if (!(Math.abs(lu[i * n + j]) <= Math.abs(lu[best]))) best = i * n + j;
    const [row, column] = [Math.floor(best / n), best % n];
    if (row !== k !== (column !== k)) sign = -sign;
    [rows[k], rows[row]] = [rows[row], rows[k]];
    for (let j = 0; j < n; j++) [lu[k * n + j], lu[row * n + j]] = [lu[row * n + j], lu[k * n + j]];
    [columns[k], columns[column]] = [columns[column], columns[k]];
    for (let i = 0; i < n; i++) [lu[i * n + k], lu[i * n + column]] = [lu[i * n + column], lu[i * n + k]];
    const pivot = lu[k * n + k];
    pivots[k] = pivot;
    if (pivot === 0) continue;
    for (let i = k + 1; i < n; i++) {
      lu[i * n + k] /= pivot;
      for (let j = k + 1; j < n; j++) lu[i * n + j] -= lu[i * n + k] * lu[k * n + j];
    }
    for (let j = k + 1; j < n; j++) lu[k * n + j] /= pivot;
  }
  const h = lu.map((_, e) => g[rows[Math.floor(e / n)] * n + columns[e % n]]);
  for (let i = 0; i < n; i++)
    for (let k = 0; k < i; k++) for (let j = 0; j < n; j++) h[i * n + j] -= lu[i * n + k] * h[k * n + j];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < n; j++) for (let k = 0; k < j; k++) h[i * n + j] -= h[i * n + k] * lu[k * n + j];
  const s = new Float64Array(n * n);
  for (let k = 0; k < n; k++)
    for (let l = 0; l < n; l++) {
      if (l === k) continue;
      const others = pivots.reduce((product, p, m) => (m === k || m === l ? product : product * p), 1);
      s[k * n + k] += h[l * n + l] * others;
      s[k * n + l] = -h[l * n + k] * others;
    }
  for (let i = n - 1; i >= 0; i--)
    for (let k = i + 1; k < n; k++) for (let j = 0; j < n; j++) s[i * n + j] -= lu[k * n + i] * s[k * n + j];
  for (let i = 0; i < n; i++)
    for (let j = n - 1; j >= 0; j--) for (let k = j + 1; k < n; k++) s[i * n + j] -= s[i * n + k] * lu[j * n + k];
  s.forEach((value, e) => {
    out[rows[Math.floor(e / n)] * n + columns[e % n]] = sign * value;
  });
}`,
      ],
      ['sort', 'sorted', '(out, x) {\n  inOrder(x).forEach((at, k) => {\n    out[k] = x[at];\n  });\n}', 'inOrder'],
      [
        'permutation',
        'permutation',
        '(out, x) {\n  inOrder(x).forEach((at, k) => {\n    out[k * x.length + at] = 1;\n  });\n}',
        'inOrder',
      ],
      ['carried', 'carried', '(out, x, v) {\n  inOrder(x).forEach((at, k) => {\n    out[k] = v[at];\n  });\n}', 'inOrder'],
      [
        'carried-back',
        'carriedBack',
        '(out, x, v) {\n  inOrder(x).forEach((at, k) => {\n    out[at] = v[k];\n  });\n}',
        'inOrder',
      ],
    ] as const
  ).map(([operator, name, text, ...needs]) => [operator, { name, text: `function ${name}${text}`, needs: [...needs] }]),
);

/** The same, as they run. */
const RUNNING: Readonly<Record<string, string>> = { 'running-max': 'max', 'running-min': 'min', 'running-sort': 'sort' };

/** What writes a cell of an operator's result, under the name that the module has it by. */
export const cellOf = (operator: string): string | undefined => {
  const name = RUNNING[operator] ?? operator;
  return Object.hasOwn(CELLS, name) ? name : undefined;
};

/** Helpers of those, as they stand. */
export const ORDER: Readonly<Record<string, Helper>> = {
  inOrder: {
    text: `// The places of the entries in ascending order, what is no number last.
const inOrder = (x) =>
  Array.from(x, (_, k) => k).sort((a, b) => Number.isNaN(x[a]) - Number.isNaN(x[b]) || x[a] - x[b] || a - b);`,
  },
};

function shares(pick: string, start: string): string {
  return `(out, x) {
  const found = x.reduce((a, b) => ${pick}(a, b), ${start});
  const ties = x.reduce((n, u) => n + (u === found ? 1 : 0), 0);
  for (let k = 0; k < x.length; k++) out[k] = x[k] === found ? 1 / ties : Number.isNaN(found) ? found : 0;
}`;
}

function triangle(kept: string): string {
  return `(k, out, a, [rows, columns]) {
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) out[i * columns + j] = ${kept} ? a[i * columns + j] : 0;
  }
}`;
}

function solving(transposed: boolean): string {
  const exchange = (order: string) => `  for (${order}) {
    const other = lu[n * n + k];
    for (let e = 0; other !== k && e < columns; e++) {
      [out[k * columns + e], out[other * columns + e]] = [out[other * columns + e], out[k * columns + e]];
    }
  }`;
  const factor = transposed ? 'lu[j * n + k]' : 'lu[k * n + j]';
  const subtract = (loop: string) => `    for (${loop}) {
      for (let e = 0; e < columns; e++) out[k * columns + e] -= ${factor} * out[j * columns + e];
    }`;
  const divide = '    for (let e = 0; e < columns; e++) out[k * columns + e] /= lu[k * n + k];';
  return [
    '(out, lu, b, _, [n, columns]) {',
    '  out.set(b);',
    ...(transposed ? [] : [exchange('let k = 0; k < n; k++')]),
    '  for (let k = 0; k < n; k++) {',
    subtract('let j = 0; j < k; j++'),
    ...(transposed ? [divide] : []),
    '  }',
    '  for (let k = n - 1; k >= 0; k--) {',
    subtract('let j = k + 1; j < n; j++'),
    ...(transposed ? [] : [divide]),
    '  }',
    ...(transposed ? [exchange('let k = n - 1; k >= 0; k--')] : []),
    '}',
  ].join('\n');
}
