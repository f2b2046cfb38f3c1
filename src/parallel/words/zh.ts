import type { ParallelWords } from './words.ts';

const FUNCTIONS: Readonly<Record<string, string>> = { pow: '幂', where: '条件选择', sqrt: '平方根' };

const called = (name = '函数'): string => FUNCTIONS[name] ?? ` ${name} `;

const all = (m: string, { examples }: { readonly examples: boolean }): string => (examples ? '样本' : `沿 ${m} 的各位置`);
const what = (examples: boolean, m: string): string => (examples ? `样本（${m}）` : ` ${m} 轴`);

export const chinese: ParallelWords = {
  title: (objective, m, { way, examples }) => `${objective}：把${what(examples, m)}分到多台设备上：${NAMES[way]}`,
  ways: {
    average: (objective, m) =>
      `每台设备用同样的公式，由自己的一份求 ${objective} 的导数。以各份所占的比例 ${m}ₖ/${m} 为权求平均，就是全部的梯度；${objective} 本身也是如此。各份可以不等；只有各份相等时，不加权的平均才对。`,
    add: (objective) =>
      `每台设备用同样的公式，由自己的一份求 ${objective} 的导数。把它们相加，就是全部的梯度；${objective} 本身也是如此。各份可以不等。`,
    same: (objective, m, { given, counted }) =>
      given.length > 0 || counted
        ? `有了下面需要全部的量，每台设备都求出 ${objective} 的整个梯度，什么也不用发送。`
        : `${objective} 与 ${m} 无关：每台设备都求出整个梯度，什么也不用发送。`,
    forbidden: (_objective, m) => `各设备由 ${m} 中自己的一份求得的结果，无论求平均还是相加，都不是全部的梯度。`,
  },
  split: (names, m, averaged) =>
    `${names.join('、')} 有一条 ${m} 轴：每台设备保留自己的一份，它的梯度${averaged ? `（乘以 ${m}ₖ/${m}）` : ''}不用发送。`,
  once: (formula, place) => `只算一次：${place}的 ${formula}。最后把它和它的梯度加到结果上。`,
  derived: (formula) => `除此之外，每台设备求导的是 ${formula}。`,
  given: (formula, place) => `需要全部的：${place}的 ${formula}。它只由数据得出：先算一次，交给每台设备。`,
  counted: (m) => `需要全部的：${m}。公式里的 ${m} 是全部的个数，不是一份的个数。`,
  place: ({ name, line }) => `${name}${line === undefined ? '' : `（第 ${line} 行）`}中`,
  part: '一部分',
  reasons: {
    adds: ({ name }, m, v) => `${name} 把对全部${all(m, v)}的和加到属于其中一个的量上。`,
    multiplies: ({ name }, m, v) => `${name} 把属于${all(m, v)}之一的量乘以对全部的和。`,
    joins: ({ name, function: f }, m, v) => `${name} 在${called(f)}中把对全部${all(m, v)}的和与属于其中一个的量放在一起。`,
    nonlinear: ({ name, function: f }, m, v) => `${name} 对全部${all(m, v)}之和取${called(f)}。`,
    squares: ({ name }, m, v) => `${name} 把两个对全部${all(m, v)}的和相乘。`,
    pairs: ({ name }, m, v) => `${name} 由成对的${all(m, v)}组成：有两个下标取遍 ${m}。`,
    whole: ({ name, function: f }, m, v) => `${name} 对全部${all(m, v)}取${called(f)}。`,
    recurrence: ({ name }, m, v) => `${name} 沿${all(m, v)}递推：每一步都要用到前一步。`,
    carried: ({ name }, m, v) => `${name} 把对全部${all(m, v)}的和从一步带到下一步。`,
    fact: ({ name, fact }, m, v) =>
      `${name} 声明为 ${fact}：它在全部${all(m, v)}上之和为 1，在一份上则不然。请在声明时去掉这一性质。`,
    places: ({ name }, m, v) => `${name} 按位置挑选${all(m, v)}。`,
    shared: ({ name, length }, m, v) => `${name} 有一条长度为 ${length} 的轴，其上不只有${all(m, v)}，或只有其中一些。`,
  },
  sent: (bytes) => `每一步发送（每个数 ${bytes} 字节）`,
  gradients: '合并梯度，all-reduce',
  compiled: '全局数组由编译器（XLA）分到各设备，无论结论如何都精确',
  untold: (names) => `${names.join('、')} 要发送什么取决于编译器：这里只是估计`,
  held: '每台设备存放',
  parameters: '参数（梯度同样多）',
  optimizer: '优化器',
  carries: (arrays) => ['无', '与参数一样多', '参数的两倍'][arrays] ?? `参数的 ${arrays} 倍`,
  data: '数据',
  values: '途中的值（全部保留时）',
  numbers: (count) => `${count} 个数`,
  bytes: (fixed, each, m) =>
    each === undefined ? `${fixed} 字节` : `${fixed === '0' ? '' : `${fixed} 字节，另加`}所分到的每个 ${m} 各 ${each} 字节`,
  nothing: '无',
  more: (count) => `以及另外 ${count} 项`,
  comma: '、',
  colon: '：',
};

const NAMES = { average: '求平均', add: '相加', same: '无需发送', forbidden: '不允许' } as const;
