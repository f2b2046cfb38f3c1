import type { Helper } from './language.ts';

/** Where a library raises an error for one matrix of many, the others keep their values. */
const guarded = (name: string, words: string, call: string, own: readonly string[], shape: string): Helper => {
  const [first = ''] = own;
  const each =
    own.length === 1 ? `${name}(one) for one in ${first}` : `${name}(*one) for one in zip(${own.join(', ')}, strict=True)`;
  return {
    text: `def ${name}(${own.join(', ')}):
    """${words}"""
    try:
        return ${call}(${own.join(', ')})
    except np.linalg.LinAlgError:
        if ${first}.ndim > 2:
            return np.stack([${each}])
        return np.full(${shape}.shape, np.nan, dtype=DTYPE)`,
  };
};

/** What has no value is nan, as everywhere: NumPy and PyTorch raise an error. */
export const factorisations: Readonly<Record<string, Helper>> = {
  inverse: guarded('inverse', 'inv(A); nan where there is none.', 'np.linalg.inv', ['a'], 'a'),
  solved: guarded('solved', 'The x with A @ x = b; nan where A has no inverse.', 'np.linalg.solve', ['a', 'b'], 'b'),
  cholesky: guarded(
    'cholesky',
    'The L with L @ L.T = A; nan where A is not positive definite.',
    'np.linalg.cholesky',
    ['a'],
    'a',
  ),
};
