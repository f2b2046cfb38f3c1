import { spoken } from './spoken.ts';

/** What the editor says, and what its completions tell of the language's words. */
interface EditorWords {
  readonly help: string;
  readonly told: Readonly<Record<string, string>>;
  /** What CodeMirror says itself. */
  readonly phrases: Readonly<Record<string, string>>;
}

const en: EditorWords = {
  help: 'Tab leaves the editor; while names are offered it takes one, and Escape puts the offer away',
  told: {
    data: 'what is given: data X : [2, m] = …',
    param: 'what is learned: param W : [1, 2] = …',
    const: 'a number or an array that stays: const λ = 0.1',
    function: 'a function of which nothing is known: function f(x)',
    minimize: 'the objective: minimize Cost = …',
    maximize: 'the objective, as large as it can be',
    metric: 'a number that training only looks at',
    positive: 'entries above 0',
    int: 'whole numbers',
    symmetric: 'alike across the diagonal',
    distribution: 'shares that sum to 1',
    onehot: 'a single 1, zeros beside it',
    zeros: 'starts from zeros',
    ones: 'starts from ones',
    normal: 'drawn: normal(mean, spread)',
    uniform: 'drawn: uniform(least, most)',
    xavier: 'drawn for tanh and σ: Glorot’s spread',
    he: 'drawn for ReLU: He’s spread',
  },
  phrases: {},
};

const zh: EditorWords = {
  help: '按 Tab 离开编辑器；有补全时 Tab 采用补全，Escape 收起补全',
  told: {
    data: '给定的数据：data X : [2, m] = …',
    param: '要学习的参数：param W : [1, 2] = …',
    const: '不变的数或数组：const λ = 0.1',
    function: '未知的函数：function f(x)',
    minimize: '目标：minimize Cost = …',
    maximize: '目标，越大越好',
    metric: '训练时只观察的数',
    positive: '元素都大于 0',
    int: '整数',
    symmetric: '关于对角线对称',
    distribution: '份额，和为 1',
    onehot: '只有一个 1，其余为 0',
    zeros: '从 0 开始',
    ones: '从 1 开始',
    normal: '随机：normal(均值, 标准差)',
    uniform: '随机：uniform(下界, 上界)',
    xavier: '随机，适合 tanh 和 σ（Glorot）',
    he: '随机，适合 ReLU（He）',
  },
  phrases: {
    Completions: '补全',
    'current match': '当前匹配',
    Diagnostics: '问题',
    'No diagnostics': '没有问题',
    close: '关闭',
    'Control character': '控制字符',
    'Selection deleted': '已删除所选内容',
  },
};

export const editorWords = spoken<EditorWords>({ en, zh });
