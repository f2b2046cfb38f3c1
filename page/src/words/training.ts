import { spoken } from './spoken.ts';

interface Range {
  readonly least: number;
  readonly most?: number | undefined;
  readonly below?: number | undefined;
  readonly whole?: boolean | undefined;
}

/** What the training pane says. */
interface TrainingWords {
  readonly title: string;
  readonly run: string;
  readonly pause: string;
  readonly step: string;
  readonly oneStep: string;
  readonly again: string;
  readonly optimizer: string;
  readonly auto: string;
  readonly autoHelp: string;
  readonly rate: string;
  readonly suggested: (rate: string) => string;
  readonly usual: (rate: string) => string;
  readonly epochs: string;
  readonly epoch: string;
  readonly cost: string;
  readonly seed: string;
  readonly batch: string;
  readonly all: string;
  readonly settings: string;
  /** What options are called, by their names. */
  readonly options: Readonly<Record<string, string>>;
  /** What would be right, on the page, where the engine speaks of other means. */
  readonly optionHints: Readonly<Record<string, string>>;
  /** What is wrong is said at a field. */
  readonly see: (option: string) => string;
  readonly validation: string;
  readonly rates: string;
  readonly noRates: string;
  readonly curveOf: (name: string, logarithmic: boolean) => string;
  readonly thisRun: string;
  readonly boundary: string;
  readonly boundaryOf: (output: string, value: string) => string;
  readonly regionsOf: (output: string) => string;
  readonly fit: string;
  readonly fitOf: (name: string) => string;
  readonly before: string;
  readonly neurons: string;
  readonly neuron: (layer: string, number: number) => string;
  readonly parameters: string;
  readonly surface: string;
  readonly noSurface: string;
  readonly axes: readonly [string, string];
  readonly keep: string;
  readonly kept: string;
  readonly keptName: string;
  readonly remove: (name: string) => string;
  readonly nothing: string;
  readonly best: (epoch: string) => string;
  readonly stopped: Readonly<Record<'epochs' | 'converged' | 'early' | 'diverged' | 'aborted', string>>;
  readonly chosen: (name: string, reason: string) => string;
  readonly preparing: string;
  /** Of a number that may not stand in a field. */
  readonly refused: (number: string, range: Range) => string;
}

const en: TrainingWords = {
  title: 'Train',
  run: 'Run',
  pause: 'Pause',
  step: 'Step',
  oneStep: 'One step',
  again: 'Start again',
  optimizer: 'Optimizer',
  auto: 'auto',
  autoHelp: 'what the symbols tell decides',
  rate: 'Learning rate α',
  suggested: (rate) => `suggested: ${rate}`,
  usual: (rate) => `usual: ${rate}`,
  epochs: 'Epochs',
  epoch: 'epoch',
  cost: 'Cost',
  seed: 'Seed',
  batch: 'Examples in a step',
  all: 'all',
  settings: 'More options',
  options: {
    batchAxis: 'Axis of the examples',
    schedule: 'Rate schedule',
    gamma: 'Schedule’s factor',
    every: 'Schedule’s interval',
    warmup: 'Warm-up epochs',
    clip: 'Clip gradients at',
    weightDecay: 'Weight decay',
    validation: 'Validation share',
    patience: 'Patience',
    fix: 'Hold fixed',
    shuffle: 'Shuffle',
    scale: 'Scale features',
  },
  optionHints: {
    batchAxis: 'say which under “More options”, at “Axis of the examples”',
    patience: 'set a validation share, for example 0.2',
    validation: 'take a smaller share',
  },
  see: (option) => `There is no run: see “${option}”.`,
  validation: 'validation',
  rates: 'What the rate does',
  noRates: 'For this run there is no such picture: it shows plain descent, where some rate is too large.',
  curveOf: (name, logarithmic) => `${name} over the epochs${logarithmic ? ', on a logarithmic scale' : ''}`,
  thisRun: 'this run',
  boundary: 'Decision boundary',
  boundaryOf: (output, value) => `Where ${output || 'the prediction'} is ${value}, with the examples`,
  regionsOf: (output) => `The class that ${output} is greatest for, with the examples`,
  fit: 'Fitted curve',
  fitOf: (name) => `What the model says of ${name}, with the examples`,
  before: 'before',
  neurons: 'Hidden neurons',
  neuron: (layer, number) => `${layer}, neuron ${number}, over the two inputs`,
  parameters: 'Parameters',
  surface: 'Cost surface',
  noSurface: 'This model has no two parameters that the cost could be drawn over.',
  axes: ['across', 'up'],
  keep: 'Keep to compare',
  kept: 'Runs kept',
  keptName: 'Name of the run',
  remove: (name) => `Remove ${name}`,
  nothing: 'This model has nothing to train: declare a parameter, and end it with minimize Cost = …',
  best: (epoch) => `Shown are the best parameters, after ${epoch} epochs.`,
  stopped: {
    epochs: 'All epochs are done.',
    converged: 'It has converged: the slope is almost 0 here.',
    early: 'It ended early: nothing gets better.',
    diverged: 'It diverged.',
    aborted: 'Paused.',
  },
  chosen: (name, reason) => `${name}: ${reason}`,
  preparing: 'Preparing …',
  refused: (number, { least, most, below, whole }) =>
    `${number === '' ? '' : `not ${number}: `}a ${whole ? 'whole ' : ''}number from ${least} ${most === undefined ? 'on' : `to ${most.toLocaleString('en')}`}${below === undefined ? '' : `, below ${below}`}`,
};

const zh: TrainingWords = {
  title: '训练',
  run: '运行',
  pause: '暂停',
  step: '一步',
  oneStep: '走一步',
  again: '重新开始',
  optimizer: '优化器',
  auto: '自动',
  autoHelp: '由符号推导的结果决定',
  rate: '学习率 α',
  suggested: (rate) => `建议：${rate}`,
  usual: (rate) => `常用：${rate}`,
  epochs: '轮数',
  epoch: '轮',
  cost: '损失',
  seed: '随机种子',
  batch: '每步样本数',
  all: '全部',
  settings: '更多选项',
  options: {
    batchAxis: '样本所在的轴',
    schedule: '学习率的变化',
    gamma: '变化的倍数',
    every: '变化的间隔',
    warmup: '预热轮数',
    clip: '梯度裁剪上限',
    weightDecay: '权重衰减',
    validation: '验证集比例',
    patience: '容忍轮数',
    fix: '固定参数',
    shuffle: '打乱样本',
    scale: '特征标准化',
  },
  optionHints: {
    batchAxis: '请在“更多选项”的“样本所在的轴”处指明',
    patience: '请设置验证集比例，例如 0.2',
    validation: '请取更小的比例',
  },
  see: (option) => `没有运行：请看“${option}”。`,
  validation: '验证集',
  rates: '学习率的作用',
  noRates: '这次训练没有这样的图：它只画普通梯度下降，而且要有过大的学习率。',
  curveOf: (name, logarithmic) => `${name} 随轮数的变化${logarithmic ? '（对数坐标）' : ''}`,
  thisRun: '本次训练',
  boundary: '决策边界',
  boundaryOf: (output, value) => `${output || '预测'} 等于 ${value} 的地方，以及样本`,
  regionsOf: (output) => `${output} 最大的类别，以及样本`,
  fit: '拟合曲线',
  fitOf: (name) => `模型给出的 ${name}，以及样本`,
  before: '训练前',
  neurons: '隐藏神经元',
  neuron: (layer, number) => `${layer} 的第 ${number} 个神经元在两个输入上的取值`,
  parameters: '参数',
  surface: '损失曲面',
  noSurface: '这个模型没有两个参数可供画出损失。',
  axes: ['横轴', '纵轴'],
  keep: '保留以便比较',
  kept: '保留的训练',
  keptName: '名称',
  remove: (name) => `移除 ${name}`,
  nothing: '这个模型没有可训练的内容：请声明参数，并以 minimize Cost = … 结尾',
  best: (epoch) => `显示的是 ${epoch} 轮之后的最佳参数。`,
  stopped: {
    epochs: '所有轮次已完成。',
    converged: '已收敛：此处的斜率几乎为 0。',
    early: '提前结束：不再有改进。',
    diverged: '训练发散了。',
    aborted: '已暂停。',
  },
  chosen: (name, reason) => `${name}：${reason}`,
  preparing: '正在准备……',
  refused: (number, { least, most, below, whole }) =>
    `${number === '' ? '' : `不能是 ${number}：`}应为不小于 ${least}${most === undefined ? '' : `、不大于 ${most.toLocaleString('zh')}`}${below === undefined ? '' : `、小于 ${below}`} 的${whole ? '整数' : '数'}`,
};

export const trainingWords = spoken<TrainingWords>({ en, zh });
