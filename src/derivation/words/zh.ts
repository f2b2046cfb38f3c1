import { speechOf } from '../../language/speech.ts';
import type { Applied } from '../rules.ts';
import { counted } from './listed.ts';
import type { Words } from './words.ts';
import { operators } from './zh-operators.ts';

const OVER = { columns: '列', rows: '行', entries: '元素' } as const;

const COUNTS = ['零', '一', '两', '三', '四', '五', '六'];

const LAWS = { exp: '指数函数', powers: '幂', roots: '根式', sin: '三角函数' } as const;

const shared = ({ name, shared }: Applied): string => {
  const over = OVER[shared?.over ?? 'entries'];
  // Entries are counted with a measure word, columns and rows are their own.
  const counted = over === '元素' ? `个${over}` : over;
  return `${name} 由${shared?.size === undefined ? `所有${over}` : `全部 ${shared.size} ${counted}`}共用`;
};

export const chinese: Words = {
  message: (english) => speechOf('zh')!.say(english),
  rules: {
    sum: { name: '和的求导法则', why: () => '和的导数原样传给每一项。' },
    definition: { name: '定义', why: () => '名称代表它的表达式。' },
    'constant-factor': { name: '常数因子', why: () => '常数因子保持不变。' },
    entries: { name: '对元素求和', why: ({ name }) => `${name} 的每个元素在和中各计一次。` },
    mean: { name: '平均值', why: ({ name }) => `${name} 的每个元素在平均值中各占 1/n。` },
    norm: { name: '范数', why: ({ name }) => `范数沿 ${name} 自身的方向增长最快：斜率是 ${name} 除以它的范数。` },
    trace: { name: '迹的求导法则', why: ({ name }) => `只有 ${name} 的对角线起作用。` },
    place: { name: '取出元素', why: ({ name }) => `只有 ${name} 中被取出的元素起作用：传来的量归它们，其余的得 0。` },
    transpose: { name: '转置法则', why: () => '传来的量再转置回去。' },
    broadcast: { name: '广播法则', why: (a) => `${shared(a)}，因此各处的贡献相加。` },
    product: {
      name: '乘积求导法则',
      why: ({ name }) =>
        name === '' ? '依次对每个因子求导，其余不变，结果相加。' : `${name} 是一个因子，因此传来的量乘以其余因子。`,
    },
    recurrence: {
      name: '随时间反向传播',
      why: () => '每一步既被目标使用，又是后一步的出发点：到达它的量等于目标传来的加上后一步传回的。',
    },
    'matrix-product': {
      name: '乘积求导法则',
      why: ({ name }) => `${name} 是矩阵乘积的因子：传来的量与另一因子在 ${name} 没有的下标上求和。`,
    },
    quotient: { name: '商的求导法则', why: () => '分子的导数乘分母，减去分子乘分母的导数，再除以分母的平方。' },
    simplify: { name: '化简', why: () => '合并同类项与同类因子。' },
    objective: { name: '目标本身', why: () => '一个量对自身的导数是 1。' },
  },
  operators,
  chainRule: '链式法则',
  roles: { data: '数据', param: '参数', const: '常数', free: '自由变量' },
  scalar: '标量',
  backwards: (targets, objective) => `${targets}，由 ${objective} 反向传播：`,
  and: '、',
  conjunctions: (formula) =>
    formula
      .replaceAll(' and ', ' 且 ')
      .replaceAll(' or ', ' 或 ')
      .replace(/(?<![\p{L}\d_])not (?=[\p{L}(])/gu, '非 ')
      .replaceAll('\\text{otherwise}', '\\text{其他}')
      .replaceAll('>otherwise<', '>其他<'),
  comma: '，',
  names: '、',
  sentences: '',
  formula: (english) =>
    english.includes(' if ')
      ? english
          .replace(/ if ([^,]+)/g, '（$1 时）')
          .replace(/, else /g, '，否则 ')
          .replaceAll('）, ', '），')
      : english,
  inOneLine: '一行写出',
  longer: (targets) => `一行写不下：${targets}（见各步）`,
  example: '样本',
  forward: '前向传播',
  backward: '反向传播',
  forwardAgain: '再次前向传播',
  numbers: {
    none: '无值',
    noValue: (f) => `${f} 在给定点没有值，因此在该处没有导数。`,
    noEntry: (f) => `${f} 的一些元素在给定点没有值（NaN），因此在该处没有导数。`,
    beyond: (f) => `${f} 在给定点超出双精度数的范围。`,
    flat: '此处各斜率均为 0：下降一步不会移动任何参数。',
    unimproved: (f, climbs) => `未显示更新：学习率从 1 到 1e−8 都不能使 ${f} ${climbs ? '变大' : '变小'}。`,
    noStep: (rate) => `未使用学习率 ${rate}：只有求极小或极大的标量的参数才会更新。`,
    kept: (fact, where) => `保持 ${fact}${where ? `（${speechOf('zh')!.say(where)}）` : ''}`,
  },
  ranged: (shape, least, most) =>
    least === most ? `${shape} 数组，各元素均为 ${least}` : `${shape} 数组，各元素在 ${least} 到 ${most} 之间`,
  afterStep: (least, most) => (least === most ? `更新后均为 ${least}` : `更新后在 ${least} 到 ${most} 之间`),
  oneStep: (letter, rate) => `更新一步，${letter} = ${rate}`,
  where: '其中',
  structure: {
    kinds: { zero: '零', diagonal: '对角', 'block-diagonal': '分块对角', banded: '带状' },
    zeros: (kind, entry, condition) => `${kind}：${condition === '' ? '' : `${condition} 时 `}${entry} = 0`,
    or: ' 或 ',
  },
  sharedNote: shared,
  vanishing: '与均值之差的和为零',
  sentence: (remark) => `${remark}。`,
  resting: ({ name, says, each }) => {
    if (says === 'entries') return `${name} 的每个元素是 0 或 1`;
    if (each === 'all') return `${name} 的元素之和为 1`;
    return typeof each === 'object' ? `${name} 沿 ${each.along} 之和为 1` : `${name} 的每一${OVER[each]}之和为 1`;
  },
  working: {
    labels: { forward: '前向传播', paths: '各条路径', matrices: '写成矩阵', shapes: '形状' },
    only: (part, value, objective) => `${part} 只通过 ${value} 影响 ${objective}`,
    every: (part, value, letters) => `对每个 ${letters}，${value} 都含 ${part}：各条路径相加`,
    terms: (part, letters) => `对 ${letters} 求和的每一项都含 ${part}：各条路径相加`,
    term: (part, letters) => `和式中只有下标为 ${letters} 的一项含 ${part}`,
    places: (part, count) => `${part} 在其中出现 ${count} 次：各条路径相加`,
    ways: (through) =>
      `${COUNTS[through.length] ?? ` ${through.length} `}条路径：${[...counted(through)]
        .map(([name, count]) => (name === undefined ? '直接' : `经 ${name}`) + (count > 1 ? `（${count} 次）` : ''))
        .join('、')}`,
    each: '每处出现各得一项',
    arrives: '传来的量 × 局部斜率',
    putIn: '代入传来的量',
    cancelsOut: (what) => `${what} 约去`,
    foundPutIn: '代入',
    cancels: (a, b) => `${a} 与 ${b} 约去`,
    vanishing: (sums) => `${sums} = 0：与均值之差的和为零`,
    symmetric: (name) => `${name} 是对称矩阵`,
    summed: (a, b, [first, second], letter) =>
      first === second
        ? `${a} 和 ${b} 都对第 ${first} 个下标 ${letter} 求和`
        : `对 ${letter} 求和：它是 ${a} 的第 ${first} 个下标、${b} 的第 ${second} 个下标`,
    outer: (a, b) => `没有求和：${a} 的每个元素乘 ${b} 的每个元素`,
    alone: (a, b, shape) => `${a} 与 ${b} 的各种乘积中，只有这一个是 ${shape}`,
  },
  verdict: {
    exact: (bound) => `恒等（精确${bound ? `，误判概率低于 ${bound}` : ''}）`,
    laws: (of) => `恒等（精确${of.length > 0 ? `，依${of.map((law) => LAWS[law]).join('、')}的运算法则` : ''}）`,
    digits: (digits, points) => `在 ${points} 个点上有 ${digits} 位数字相同`,
    branches: '分支的边界除外',
    sizes: (sizes) => `当 ${sizes}`,
    proved: '错误（已证明）',
  },
  plan: {
    whole: (target, precision, operations, bytes) => `${target}，${precision}：每次运行 ${operations}，内存 ${bytes}`,
    from: (results, sources) => `${results} 由 ${sources}`,
    numbers: '中间数',
    each: (times) => `循环 ${times} 次：`,
  },
  verified: {
    exactSteps: '每一步都恒等（精确）',
    mixedSteps: (exact, all, rest) => `每一步都成立：${all} 步中有 ${exact} 步恒等（精确），其余${rest}`,
    wrongSteps: (wrong) => `${wrong} 不成立`,
    steps: (points) => `每一步在 ${points} 个随机点上都成立`,
    gradient: (error) => `梯度与差分之差：${error}`,
    nowhere: (why) => `未做数值检验：${why}`,
  },
  claims: {
    right: (target, claim) => `${target} 就是 ${claim}`,
    wrong: (target, claim) => `${target} 不是 ${claim}`,
    provided: (target, claim, condition, derived) => `若${condition}，${target} 就是 ${claim}；一般情形下是 ${derived}`,
    only: (condition, derived) => `只有${condition}时才对；一般情形下是 ${derived}。`,
    facts: {
      symmetric: (name) => `${name} 对称`,
      positive: (name) => `${name} 为正`,
    },
    noValue: (why) => `${why}。`,
    noPlace: '凡是试过且导数有值之处，所写式子都没有值。',
    choice: (names) => `某组 ${names}`,
    undefinedAt: (place) => `在 ${place} 处导数有值，所写式子没有值`,
    beyond: (place, entry, value) => `在 ${place} 处两者都给出 ${entry}${value}，在更后面的数位上才不同。`,
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
      axis: '求和的轴错了。',
      'missing-factor': '少了一个因子。',
      'extra-factor': '多了一个因子。',
      step: '取错了时间步：应为相邻的一步。',
      'later-steps': '少了由后面的时间步传回的部分。',
    },
    instead: (from, to) => `把 ${from} 改为 ${to} 就对了。`,
    corrected: (right) => `正确的是 ${right}。`,
    unknown: (derived) => `导数是 ${derived}。`,
    belongs: (step, text) => `第 ${step} 步：${text}`,
  },
  domain: {
    needs: (what, condition) => `${what} 要求 ${condition}`,
    slopeNeeds: (what, condition) => `${what} 的斜率要求 ${condition}`,
    needsWithBorders: (what, own, slope) => `${what} 要求 ${own}，其斜率要求 ${slope}`,
    entries: (what, array) => `${what} 要求 ${array} 没有为 0 的元素`,
    where: (array, value) => `${array} 的某个元素为 ${value}`,
    kink: (what, condition, slope) => `${what} 在 ${condition} 处有角点：其自身在该处的斜率（尚未用链式法则）取 ${slope}`,
    kinkWhere: (what, where, slope) => `${what} 在 ${where} 处有角点：其自身在该处的斜率（尚未用链式法则）取 ${slope}`,
    jump: (what, condition, slope) => `${what} 在 ${condition} 处跳变：${slope ? `该处的斜率取 ${slope}` : '该处没有斜率'}`,
    never: (what) => `${what} 没有值`,
    within: (line, conditions) => `当 ${conditions} 时，${line}`,
    branch: (what, condition) => `${what}：在 ${condition} 的边界上，斜率取所选分支的斜率，未必是函数本身的斜率`,
    more: (count) => `另有 ${count} 条`,
    title: '成立的范围',
  },
  absent: (name, objective, near) => `${objective} 中没有 ${name}，对它的导数为 0${near ? `；是否想写 ${near}？` : ''}`,
  page: {
    lang: 'zh-Hans',
    derivationOf: (name) => `${name}：推导`,
    trainingOf: (name) => `${name}：推导与训练`,
    source: '原文',
    inputs: '输入',
    columns: {
      name: '名称',
      role: '角色',
      shape: '形状',
      start: '初始值',
      before: '训练前',
      after: '训练后',
      value: '值',
      gradient: '梯度',
    },
    roles: { data: '数据', param: '参数', const: '常数', free: '变量' },
    formulas: '公式',
    derivation: '推导',
    numbers: '数值',
    lemmas: '引理',
    openTextbook: '由外层法则开始；展开每一行，可见其理由与内层导数。',
    openStep: '展开每一步，可见其理由、下标证明与形状检查。',
    byRule: '按法则',
    byEntries: '逐元素',
    byShapes: '形状',
    contains: '含有',
    conventions: '约定',
    gradientLayout: (objective, name) => `标量的梯度与自变量形状相同：${objective} 对 ${name} 的梯度具有 ${name} 的形状。`,
    jacobianLayout: '雅可比矩阵先排函数的轴，再排自变量的轴：对向量而言，第 $(i, j)$ 个元素是 $\\partial f_i / \\partial x_j$。',
    hessianLayout:
      '标量对长度为 $n$ 的向量的黑塞矩阵是 $n \\times n$；对 $m \\times n$ 矩阵则是 $m \\times n \\times m \\times n$。',
    productSigns:
      '$A B$ 是矩阵乘积；$A \\odot B$ 与 $A^{\\circ 2}$ 逐元素进行；向量是列向量；没有下标的 $\\sum$ 对全部元素求和。',
    adjointNames: '$\\mathrm{d}Z$ 是目标对 $Z$ 的导数，形状与 $Z$ 相同。',
    slope: {
      title: '函数与导数',
      note: (f, derivative) => `${derivative} 大于 0 处 ${f} 上升，小于 0 处下降。`,
      marked: (values) => `圆点为 ${values}。`,
    },
    graph: {
      title: '计算图',
      describe: (boxes, arrows) => `${boxes} 个方框，${arrows} 个箭头；箭头从被使用的量指向使用它的量。`,
      caption: '数值沿箭头流动，导数逆箭头流动；箭头上是局部斜率。',
      back: '虚线箭头从一步指向下一步。',
      withNumbers: '每个方框中是起点处的值，其下是目标对它的导数。',
      trained: '训练之后的同一张图',
    },
    check: {
      title: '梯度检验',
      method: { bignumber: '64 位十进制数的差分', richardson: '双精度数的外推差分' },
      summary: (good, method, points) => `在 ${points} 个随机点与${method}比较：${good ? '全部一致' : '并非全部一致'}。`,
      columns: { derivative: '导数', error: '相对误差', compiled: '编译后（双精度）', verdict: '结论' },
      good: '一致',
      bad: '不一致',
      tolerance: (tolerance) => `误差不超过 ${tolerance} 视为一致。`,
      worst: '误差最大的点',
      impossible: (why) => `导数未经检验：${why}。`,
    },
    training: {
      title: '训练',
      outcome: (name, from, to, epochs) => `经过 ${epochs} 轮，${name} 从 ${from} 变为 ${to}。`,
      stopped: {
        epochs: '全部轮次已完成。',
        converged: '已到达极小值。',
        early: '训练提前结束：不再有改进。',
        diverged: '训练发散；这里给出其间得到的最好的值。',
        aborted: '训练在最后一轮之前中止。',
      },
      back: (epoch) => (epoch === 0 ? '参数取开始时的值，那里最好。' : `参数取第 ${epoch} 轮之后的值，那里最好。`),
      learnedFrom: '训练集',
      validation: '验证集',
      test: '测试集',
      best: '最好处',
      classes: (name, classes) => `${name} 的类别为 ${classes.join('、')}。`,
      settings: (optimizer, rate) => `优化器 ${optimizer}${rate === undefined ? '' : `，学习率 ${rate}`}。`,
      curve: '代价随轮次的变化',
      curveNote: (name, logarithmic, validated = false) =>
        `每一轮开始前的 ${name}${validated ? '，验证集上为每一轮之后' : ''}${logarithmic ? '，对数刻度' : ''}。`,
      rates: '学习率',
      chosenRate: (rate) => `${rate}（所选）`,
      ratesNote: (small, right, percent, large) =>
        `普通梯度下降：${small} 太小，只走了 ${right} 所走路程的 ${percent}%。${large}`,
      tooLarge: {
        diverges: (rate) => `${rate} 太大：代价最后比开始时差得多。`,
        rises: (rate) => `${rate} 太大：代价最后比开始时更差。`,
      },
      noneTooLarge: '试过的学习率都不算太大。',
      epoch: '轮次',
      parameters: '参数',
      boundary: '决策边界',
      boundaryNote: (output, level, target) => `线上 ${output} = ${level}；离线越远，底色越深。标记为样本，按 ${target} 区分。`,
      target: (value) => `目标 ${value}`,
      fit: '拟合',
      fitNote: (distances, band) =>
        `样本，以及训练前后模型的输出${distances ? '；细线为样本与训练后模型输出之差' : ''}${band ? '；阴影带为上下各两倍标准误' : ''}。`,
      residuals: '残差',
      residualsNote: '各样本的残差与模型输出：模型正确时看不出规律。虚线为正负两倍标准差。',
      residual: '残差',
      said: '模型输出',
      estimates: '标准误',
      standardError: '标准误',
      fittedTo: (observations, degrees) => `${observations} 个观测值，自由度 ${degrees}`,
      deviation: (number) => `残差标准差 ${number}`,
      data: '样本',
      before: '训练前',
      after: '训练后',
      surface: '代价曲面与下降路径',
      surfaceNote: (name, first, second, slice) =>
        `${name} 随 ${first} 与 ${second} 的变化，越蓝越低${slice ? '；其余参数固定在路径终点处的值，路径为其投影' : ''}。`,
      path: '下降路径',
    },
  },
};
