import type { Catalogue } from '../speech.ts';

/** What functions and operators say of their arguments: `src/operators`. */
export const operators = (): Catalogue => ({
  messages: {
    'at least half of what it was': '至少为原值的一半',
    'the nearest number of the range': '取范围内最近的数',
    // arrays, blocks
    'the two sides of these equations do not fit': '这组方程的两边不相容',
    '{0} is {1}, {2} is {3}: {4} equations, {5} right sides': '{0} 是 {1}，{2} 是 {3}：{4} 个方程，{5} 个右端项',
    '{0} has {1} entries, {2} has {3}': '{0} 有 {1} 个元素，{2} 有 {3} 个',
    'kron needs matrices or vectors': 'kron 需要矩阵或向量',
    'vector takes scalars; {0} is {1}': 'vector 需要标量；{0} 是 {1}',
    '{0} needs an integer as argument 2; {1} is not one': '{0} 的第 2 个自变量应为整数；{1} 不是',
    '{0} needs an integer as argument {1}; {2} is not one': '{0} 的第 {1} 个自变量应为整数；{2} 不是',
    'permutation needs a vector; {0} is {1}': 'permutation 需要向量；{0} 是 {1}',
    'only matrices and vectors can be joined': '只有矩阵和向量可以拼接',
    'these cannot be joined: {0} and {1}': '无法拼接：{0} 与 {1}',
    'one below the other needs equal numbers of columns': '上下拼接需要列数相同',
    'side by side needs equal numbers of rows': '左右拼接需要行数相同',

    // builder, crosswise
    'these shapes do not stretch to one another: {0}': '这些形状不能广播：{0!}',
    'the sizes {0} and {1} differ': '长度 {0} 与 {1} 不同',
    'a transpose is missing on one side': '有一边少了转置',
    'an axis of length 1, or a missing one, stretches; any other must agree': '长度为 1 的轴或缺少的轴可以广播；其余的轴必须相同',
    '{0} goes to every row': '{0!} 会加到每一行',
    '{0}, as does {1} : [1, {2}]': '{0!}；声明 {1} : [1, {2}] 也可以',
    '{0} and {1} stretch each other, to {2}': '{0} 与 {1} 互相广播为 {2}',
    'if it is meant, {0}': '若本意如此，{0!}',
    '{0}; {1}': '{0!}；{1!}',

    // comparison, dimensions
    'where a function has a hole, one without it says more: sinc(x), xlogy(x, y)':
      '函数在该处没有定义时，宜用没有缺口的函数：sinc(x)、xlogy(x, y)',
    'the slope at this one place is that of the branch taken, not of its surroundings':
      '这一点的斜率取所选分支的斜率，而不是周围函数的斜率',
    '{0} needs dimensions; {1} is not one': '{0} 需要维度；{1} 不是',
    'a dimension is an integer, the name of a size, or a sum, product or whole quotient of these':
      '维度是整数、长度的名称，或它们的和、积、整数商',

    // facts
    '{0} is declared int, and descent takes steps of any length': '{0!} 声明为 int，而梯度下降的步长是任意的',
    'fix it, const {0} int = …, or leave out int': '请固定它 const {0} int = …，或去掉 int',
    'the shares of free numbers are a distribution: {0} = softmax(z)': '自由的数经 softmax 得到分布：{0} = softmax(z)',
    'descent takes no jumps: let a distribution be learned, {0} = softmax(z)':
      '梯度下降不能跳跃：请学习一个分布，{0} = softmax(z)',

    // linear
    'these cannot be multiplied': '它们不能相乘',
    '{0} is {1}, {2} is {3}: the inner sizes {4} and {5} differ': '{0!} 是 {1}，{2} 是 {3}：内侧长度 {4} 与 {5} 不同',
    '{0}·{1} is the scalar product, {2} .* {3} the product entry by entry': '{0}·{1} 是内积，{2} .* {3} 是逐元素乘积',
    '{0} .* {1} multiplies entry by entry': '{0} .* {1} 是逐元素乘积',
    '{0}·{1} is {2}': '{0}·{1} 是 {2}',
    'only a scalar divides; {0} is {1}': '只能除以标量；{0} 是 {1}',
    '{0} ./ {1} divides entry by entry': '{0} ./ {1} 是逐元素相除',
    '^ on a matrix is the matrix power: it needs a square matrix and an integer exponent':
      '矩阵的 ^ 是矩阵幂：需要方阵与整数指数',
    '{0} is {1}': '{0!} 是 {1!}',
    '{0}.^{1} is the power entry by entry': '{0}.^{1} 是逐元素的幂',
    'the matrix power {0} is too large to write out (at most 64)': '矩阵幂 {0} 太大，无法写出（最多 64）',
    '{0} pairs entries: {1} is {2}, {3} is {4}': '{0} 要求元素一一对应：{1} 是 {2}，{3} 是 {4}',
    'one has {0} axes, the other {1}': '一个有 {0} 条轴，另一个有 {1} 条',
    '{0} needs a matrix; {1} is {2}': '{0} 需要矩阵；{1} 是 {2}',
    '{0} needs a square matrix; {1} is {2}': '{0} 需要方阵；{1} 是 {2}',
    'outer needs two vectors; {0} is {1}': 'outer 需要两个向量；{0} 是 {1}',

    // pattern, reducing, unknown
    '{0} has no derivative by its {1}': '{0} 对其{1!}没有导数',
    '{0} of a matrix needs its axis; {1} is {2}': '矩阵的 {0} 要指明轴；{1} 是 {2}',
    '{0}({1}, rows) {2}, cols {3}': '{0}({1}, rows) {2!}，cols {3!}',
    '{0} is {1}: {2} the length {3}': '{0} 是 {1}：{2!}长度 {3}',
    'say which: {0}({1}, rows) or {2}({3}, cols)': '请指明：{0}({1}, rows) 或 {2}({3}, cols)',
    '{0} needs a number p ≥ 1 as its order; {1} is none': '{0} 的阶应为 p ≥ 1 的数；{1} 不是',
    'norm(x, 1), norm(x, 3/2), norm(x, inf); of other exponents write sum(abs(x).^p)^(1/p)':
      'norm(x, 1)、norm(x, 3/2)、norm(x, inf)；其他指数请写 sum(abs(x).^p)^(1/p)',
    '{0} is declared, but not defined: it has no values': '{0} 只有声明，没有定义：它没有值',
    'define it, {0}({1}) = …, to compute with it': '要用它计算，请定义 {0}({1}) = …',
    'entry by entry they pair as {0}; the {1} table is written with indices: T[i,j] = …':
      '要逐元素配对，请写 {0}；{1} 的表请用下标写：T[i,j] = …',
    'entry by entry they pair as {0}, or with {1} : [1, {2}]; the {3} table is written with indices: T[i,j] = …':
      '要逐元素配对，请写 {0}，或声明 {1} : [1, {2}]；{3} 的表请用下标写：T[i,j] = …',
  },
  parts: {
    'the right side': '右边',
    'the left side': '左边',
    'the {0} table is written with indices: T[i,j] = …': '{0} 的表请用下标写：T[i,j] = …',
    'is {0}, {1}': '是 {0}，{1!}',
    'is {0}, the entry across the diagonal {1}': '是 {0}，对称位置的元素是 {1}',
    'which is not positive': '不是正数',
    'which is not {0}': '不在 {0} 之内',
    'which is no integer': '不是整数',
    it: '它',
    'a symmetric matrix is square': '对称矩阵应为方阵',
    'and the entries of a distribution are from 0 to 1': '而分布的元素应在 0 与 1 之间',
    'and the entries of a one-hot array are 0 and 1': '而独热数组的元素应为 0 和 1',
    'sums to {0}, not to 1': '之和是 {0}，不是 1',
    'has no 1': '没有 1',
    'has {0} ones, not a single 1': '有 {0} 个 1，而不是一个',
    'the product before {0}': '{0} 之前的乘积',
    'first argument': '第一个自变量',
    'several axes have': '多条轴有',
    'no axis has': '没有轴具有',
    'makes each column sum to 1': '使每一列之和为 1',
    'each row': '使每一行之和为 1',
    'adds down each column': '沿每一列累加',
    'along each row': '沿每一行累加',
    'sorts each column': '对每一列排序',
  },
});
