import { elliptic, ellipticHelpers } from './elliptic.ts';
import { factorisations } from './factorisations.ts';
import { families, familyHelpers } from './families.ts';
import { formHelpers, forms } from './forms.ts';
import { arrays, helpers, functions as plain } from './functions.ts';
import type { Helper, PythonLibrary } from './language.ts';
import { jaxSpecial, specialHelpers, torchSpecial } from './special.ts';

const functions = { ...plain, ...forms, ...families };
const shared = { ...helpers, ...formHelpers, ...familyHelpers, ...ellipticHelpers, ...specialHelpers, ...factorisations };

/** A record with the prefix of a library in place of NumPy's. */
const prefixed = (record: Readonly<Record<string, string>>, prefix: string): Record<string, string> =>
  Object.fromEntries(Object.entries(record).map(([name, text]) => [name, text.replace(/\bnp\./g, prefix)]));

const helpersWith = (prefix: string): Record<string, Helper> =>
  Object.fromEntries(
    Object.entries(shared).map(([name, helper]) => [name, { ...helper, text: helper.text.replace(/\bnp\./g, prefix) }]),
  );

/** What comes with erfcx. @param special where the library has it */
const beside = (special: string): Record<string, string> => ({
  erfcx: `${special}erfcx`,
  'erfcx-derived-0': `${special}erfcx`,
  'erfcx-derived-1': `erfcx_slope({0}, ${special}erfcx({0}))`,
  'erfcx-derived': `erfcx_derived({told}, {0}, ${special}erfcx({0}))`,
  mills: 'mills',
  'mills-excess': 'mills_excess',
  'mills-slope': 'mills_slope',
  logerfc: 'logerfc',
  logerfcx: 'logerfcx',
});

/** What comes with Dawson's integral. */
const dawson = {
  dawson: 'special.dawsn',
  'dawson-derived-0': 'special.dawsn',
  'dawson-derived-1': 'dawson_slope({0}, special.dawsn({0}))',
  'dawson-derived': 'dawson_derived({told}, {0}, special.dawsn({0}))',
};

const scipy = {
  erf: 'special.erf',
  erfinv: 'special.erfinv',
  erfc: 'special.erfc',
  ...beside('special.'),
  ...dawson,
  erfi: 'special.erfi',
  gelu: '({0} * special.ndtr({0}))',
  gamma: 'special.gamma',
  lgamma: 'special.gammaln',
  digamma: 'digamma',
  trigamma: 'polygamma(1, {0})',
  polygamma: 'polygamma',
  beta: 'special.beta',
  uppergamma: 'np.asarray(uppergamma({0}, {1}, special.gammaincc, special.gamma), dtype=DTYPE)',
  Ei: 'special.expi',
  li: 'special.expi(np.log({0}))',
  Si: 'special.sici({0})[0]',
  Ci: 'cosine_integral',
  Shi: 'special.shichi({0})[0]',
  Chi: 'cosh_integral',
  fresnels: 'special.fresnel(np.clip({0}, -1e16, 1e16))[0]',
  fresnelc: 'special.fresnel(np.clip({0}, -1e16, 1e16))[1]',
  lambertw: 'lambertw',
  besselj: 'special.jv',
  bessely: 'special.yv',
  besseli: 'special.iv',
  besselk: 'special.kv',
  ...elliptic,
};

const only = (record: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, record[name]!]));

export const numpy: PythonLibrary = {
  name: 'numpy',
  words: 'Python with NumPy (and SciPy for functions that NumPy does not have)',
  prefix: 'np.',
  imports: ['import numpy as np'],
  settings: [],
  precision: { f64: 'np.float64', f32: 'np.float32' },
  functions: { ...functions, ...scipy },
  arrays,
  // NumPy 1 knows the order of ties by another name.
  helpers: Object.fromEntries(
    Object.entries(shared).map(([name, { text, ...rest }]) => [
      name,
      { ...rest, text: text.replace(/stable=True/g, 'kind="stable"') },
    ]),
  ),
  missing: new Set(['polylog']),
  strict: false,
  array: (text) => `np.asarray(${text}, dtype=DTYPE)`,
  number: (condition) => `np.asarray(${condition}, dtype=DTYPE)`,
  sum: (array, axes) => `np.sum(${array}${axes && `, axis=${axes}`})`,
  transpose: (array, axes) => `np.transpose(${array}, ${axes})`,
  broadcast: (array, shape) => `np.broadcast_to(${array}, ${shape})`,
  einsum: (spec, operands) => `np.einsum("${spec}", ${operands}${operands.includes(', ') ? ', optimize=True' : ''})`,
  scan: 'loop',
  convolves: false,
  silent: '@np.errstate(divide="ignore", over="ignore", invalid="ignore")',
  compiled: (name) => name,
};

const { silent: _, ...others } = numpy;

export const jax: PythonLibrary = {
  ...others,
  name: 'jax',
  words: 'Python with JAX',
  prefix: 'jnp.',
  imports: ['import jax', 'import jax.numpy as jnp', 'import numpy as np'],
  settings: ['jax.config.update("jax_enable_x64", True)'],
  precision: { f64: 'jnp.float64', f32: 'jnp.float32' },
  functions: {
    ...prefixed(functions, 'jnp.'),
    ...prefixed(
      only(scipy, 'erf erfinv erfc gelu lgamma digamma trigamma polygamma Si Ci fresnels fresnelc uppergamma'.split(' ')),
      'jnp.',
    ),
    gelu: '({0} * special.erfc(-{0} / 1.4142135623730951) / 2)',
    ...beside('special.'),
    ...dawson,
    erfi: 'erfi',
    gamma: 'gamma',
    beta: 'beta',
    Ei: 'expi',
    Shi: 'sinh_integral',
    Chi: 'cosh_integral',
    li: 'expi(jnp.log({0}))',
    uppergamma: 'uppergamma({0}, {1}, special.gammaincc, gamma)',
    sigmoid: 'jax.nn.sigmoid',
    softplus: 'jax.nn.softplus',
    relu: 'jax.nn.relu',
    stop_gradient: 'jax.lax.stop_gradient',
  },
  arrays: {
    ...prefixed(arrays, 'jnp.'),
    inv: 'jnp.linalg.inv({0})',
    solve: 'jnp.linalg.solve({0}, {1})',
    cholesky: 'jnp.linalg.cholesky({0})',
    softmax: 'jax.nn.softmax({0}, axis={axis})',
    logsumexp: 'jax.nn.logsumexp({0}, axis={axis})',
  },
  helpers: {
    ...helpersWith('jnp.'),
    sigmoid: { text: 'sigmoid = jax.nn.sigmoid' },
    softplus: { text: 'softplus = jax.nn.softplus' },
    ...jaxSpecial,
  },
  missing: new Set('polylog lambertw besselj bessely besseli besselk elliptic_f elliptic_e'.split(' ')),
  array: (text) => `jnp.asarray(${text}, dtype=DTYPE)`,
  number: (condition) => `jnp.asarray(${condition}, dtype=DTYPE)`,
  sum: (array, axes) => `jnp.sum(${array}${axes && `, axis=${axes}`})`,
  transpose: (array, axes) => `jnp.transpose(${array}, ${axes})`,
  broadcast: (array, shape) => `jnp.broadcast_to(${array}, ${shape})`,
  einsum: (spec, operands) => `jnp.einsum("${spec}", ${operands})`,
  scan: 'scan',
  convolves: true,
  compiled: (name) => `jax.jit(${name})`,
  autodiff: ['found = jax.jit(jax.grad(loss))(params, data)'],
};

export const torch: PythonLibrary = {
  ...others,
  name: 'torch',
  words: 'Python with PyTorch',
  prefix: 'torch.',
  imports: ['import numpy as np', 'import torch'],
  settings: [],
  precision: { f64: 'torch.float64', f32: 'torch.float32' },
  functions: {
    ...prefixed(functions, 'torch.'),
    cbrt: '(torch.sign({0}) * torch.abs({0}) ** (1 / 3))',
    mod: 'torch.remainder',
    logaddexp: 'logaddexp',
    sigmoid: 'torch.sigmoid',
    relu: 'torch.relu',
    stop_gradient: '{0}.detach()',
    erf: 'torch.special.erf',
    erfinv: 'torch.special.erfinv',
    erfc: 'torch.special.erfc',
    ...beside('torch.special.'),
    gelu: '({0} * torch.special.erfc(-{0} / 1.4142135623730951) / 2)',
    gamma: 'gamma',
    lgamma: 'torch.lgamma',
    digamma: 'digamma',
    trigamma: 'trigamma',
    polygamma: 'polygamma',
    beta: 'beta',
    uppergamma: 'uppergamma({0}, {1}, torch.special.gammaincc, gamma)',
  },
  arrays: {
    ...prefixed(arrays, 'torch.'),
    max: 'torch.amax({0}, dim={axis})',
    min: 'torch.amin({0}, dim={axis})',
    'running-max': 'torch.amax({0}, dim={axis})',
    'running-min': 'torch.amin({0}, dim={axis})',
    prod: 'torch.prod({0}, dim=-1)',
    logsumexp: 'torch.logsumexp({0}, dim={axis})',
    euclidean: 'torch.sqrt(torch.sum({0} ** 2, dim={axis}))',
    cumsum: 'torch.cumsum({0}, dim=-1)',
    reverse_cumsum: 'torch.flip(torch.cumsum(torch.flip({0}, (-1,)), dim=-1), (-1,))',
    sort: 'torch.sort({0}, dim=-1).values',
    'running-sort': 'torch.sort({0}, dim=-1).values',
  },
  helpers: {
    ...Object.fromEntries(
      Object.entries(helpersWith('torch.')).map(([name, helper]) => [
        name,
        {
          ...helper,
          text: helper.text
            .replace(/torch\.(max|min)\((.*?), axis=axis, keepdims=True\)/g, 'torch.a$1($2, dim=axis, keepdim=True)')
            .replace(/axis=axis, keepdims=True/g, 'dim=axis, keepdim=True')
            .replace(/axis=/g, 'dim=')
            .replace(/\bspecial\./g, 'torch.special.')
            .replace(/take_along_axis\((.*), (.*), -1\)/g, 'gather($1, -1, $2)'),
        },
      ]),
    ),
    sigmoid: { text: 'sigmoid = torch.sigmoid' },
    softplus: {
      text: `def softplus(x):
    """log(1 + exp(x)), which does not overflow."""
    return torch.nn.functional.softplus(x, threshold=40)`,
    },
    ...torchSpecial,
  },
  missing: new Set(
    `polylog erfi dawson Ei li Si Ci Shi Chi fresnels fresnelc lambertw besselj bessely besseli besselk elliptic_f
    elliptic_e`.split(/\s+/),
  ),
  strict: true,
  array: (text) => `torch.as_tensor(${text}, dtype=DTYPE)`,
  number: (condition) => `torch.as_tensor(${condition}, dtype=DTYPE)`,
  sum: (array, axes) => `torch.sum(${array}${axes && `, dim=${axes}`})`,
  transpose: (array, axes) => `torch.permute(${array}, ${axes})`,
  broadcast: (array, shape) => `torch.broadcast_to(${array}, ${shape})`,
  einsum: (spec, operands) => `torch.einsum("${spec}", ${operands})`,
  scan: 'loop',
  autodiff: [
    'leaves = {name: value.clone().requires_grad_(True) for name, value in params.items()}',
    'loss(leaves, data).backward()',
    'found = {n: torch.zeros_like(v) if v.grad is None else v.grad for n, v in leaves.items()}',
  ],
};
