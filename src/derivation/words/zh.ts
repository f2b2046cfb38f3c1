import type { Applied } from '../rules.ts';
import type { Words } from './words.ts';

const OVER = { columns: '列', rows: '行', entries: '个元素' } as const;

const shared = ({ name, shared }: Applied): string =>
  `${name} 由全部 ${shared?.size ?? ''} ${OVER[shared?.over ?? 'entries']}共用`;

export const chinese: Words = {
  rules: {
    sum: { name: '和的求导法则', why: () => '和的导数原样传给每一项。' },
    definition: { name: '定义', why: () => '名称代表它的表达式。' },
    'constant-factor': { name: '常数因子', why: () => '常数因子保持不变。' },
    entries: { name: '对元素求和', why: ({ name }) => `${name} 的每个元素在和中各计一次。` },
    trace: { name: '迹的求导法则', why: ({ name }) => `只有 ${name} 的对角线起作用。` },
    transpose: { name: '转置法则', why: () => '传来的量再转置回去。' },
    broadcast: { name: '广播法则', why: (a) => `${shared(a)}，因此各处的贡献相加。` },
    product: { name: '乘积法则', why: ({ name }) => `${name} 逐元素相乘，因此传来的量乘以其余因子。` },
    'matrix-product': {
      name: '乘积法则',
      why: ({ name }) => `${name} 是矩阵乘积的因子：传来的量与另一因子在 ${name} 没有的下标上求和。`,
    },
    quotient: { name: '商的求导法则', why: () => '分子的导数乘分母，减去分子乘分母的导数，再除以分母的平方。' },
    simplify: { name: '化简', why: () => '合并同类项与同类因子。' },
    objective: { name: '目标本身', why: () => '一个量对自身的导数是 1。' },
  },
  operators: {
    exp: { name: '指数函数', why: '指数函数的导数是它自己。' },
    log: { name: '对数函数', why: '自然对数在 u 处的斜率是 1/u。' },
    power: { name: '幂法则', why: '指数落下成为因子，再减一。' },
    sin: { name: '正弦', why: '正弦的导数是余弦。' },
    cos: { name: '余弦', why: '余弦的导数是负的正弦。' },
    tan: { name: '正切', why: '正切的导数是一加它的平方。' },
    tanh: { name: '双曲正切', why: '它的导数是一减它自身的平方。' },
    atanh: { name: '反双曲正切', why: '它是 tanh 的反函数，所以导数是 1 − x² 的倒数。' },
    sigmoid: { name: 'S 型函数', why: 'S 型函数的导数是它的值乘以一减它的值。' },
    softplus: { name: 'softplus', why: 'log(1 + eᵘ) 的导数是 S 型函数。' },
    abs: { name: '绝对值', why: '零的右边斜率为 1，左边为 −1，折点处取 0。' },
    relu: { name: '线性整流', why: 'u 为正时原样通过，其余为零。' },
    max: { name: '最大值', why: '较大的自变量传递它的斜率；相等时平分。' },
    min: { name: '最小值', why: '较小的自变量传递它的斜率；相等时平分。' },
    constant: { name: '分段常数', why: '它在跳跃点的两侧都是常数。' },
  },
  chainRule: '链式法则',
  roles: { data: '数据', param: '参数', const: '常数', free: '自由变量' },
  scalar: '标量',
  backwards: (targets, objective) => `${targets}，从 ${objective} 反向推导：`,
  and: '、',
  inOneLine: '一行写出',
  example: '样本',
  forward: '正向',
  backward: '反向',
  where: '其中',
  sharedNote: shared,
  claims: {
    right: (target, claim) => `${target} 就是 ${claim}`,
    wrong: (target, claim) => `${target} 不是 ${claim}`,
    noValue: (why) => `${why}。`,
    differs: (place, entry, claimed, derived) => `在 ${place} 处，所写式子给出 ${entry}${claimed}，导数是 ${derived}。`,
    slips: {
      sign: '符号错了。',
      factor: '常数因子错了。',
      mean: '和与平均混淆：少了或多了样本数。',
      'missing-function': '少了链式法则的内层导数。',
      'extra-function': '多了一个函数的导数。',
      transpose: '少了或多了一个转置。',
      order: '乘积的次序反了。',
      entrywise: '应为逐元素乘积，写成了矩阵乘积。',
      matrix: '应为矩阵乘积，写成了逐元素乘积。',
      name: '用错了伴随量：两者之间少了或多了函数的导数。',
    },
    instead: (from, to) => `把 ${from} 改为 ${to} 就对了。`,
    corrected: (right) => `正确的是 ${right}。`,
    unknown: (derived) => `导数是 ${derived}。`,
    belongs: (step, text) => `第 ${step} 步：${text}`,
  },
};
