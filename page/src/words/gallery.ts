import { spoken } from './spoken.ts';

/** What a model of the gallery is called, and a sentence on it. */
export type Told = readonly [title: string, sentence: string];

interface GalleryWords {
  readonly title: string;
  readonly close: string;
  readonly open: string;
  readonly unread: (name: string) => string;
  readonly groups: Readonly<Record<'tutorial' | 'classics' | 'deep' | 'formulas', string>>;
  readonly told: Readonly<Record<string, Told>>;
}

const en: GalleryWords = {
  title: 'Examples',
  close: 'Close',
  open: 'Open a file …',
  unread: (name) => `${name} is no model: a file of text, at most 1 MB`,
  groups: { tutorial: 'Step by step', classics: 'The classics', deep: 'Further on', formulas: 'A formula' },
  told: {
    'or-first': [
      'One example of the OR gate',
      'The smallest derivation of all: one input, one sigmoid, and only the bias learns.',
    ],
    'or-gate': ['The OR gate', 'Four examples in columns; why the gradient has a transpose, and that of the bias a sum.'],
    'xor-neuron': ['XOR with one neuron', 'No line separates it: watch the best that a single neuron can do.'],
    'xor-cross': ['XOR with a feature cross', 'A third input x₁·x₂, and one neuron is enough.'],
    'xor-equal': ['XOR from equal weights', 'All hidden neurons get the same gradient, and stay one neuron for ever.'],
    'xor-hidden': ['XOR with a hidden layer', 'Three hidden neurons bend the boundary: backpropagation through two layers.'],
    'one-example': ['One example, three unknowns', 'Move σ(z) towards 1; a weight whose input is 0 does not learn.'],
    'hot-cold': ['Hot and cold', 'A step up, a step down, the better is kept: learning without a derivative.'],
    'delta-rule': ['The delta rule', 'The step is error times input: it scales, turns and stops with the input.'],
    'relu-rows': ['ReLU, examples in rows', 'Two layers, an example a row: the transposes change sides.'],
    line: ['A line through points', 'Twenty noisy points, a slope and an intercept.'],
    'tanh-neuron': ['A tanh neuron', 'It shall say 1 and never can: aim at what tanh makes 0.9999 of.'],
    'least-squares': ['Least squares, solved outright', 'The derivative of a solution A \\ b by what is in A.'],
    ridge: ['Ridge regression', 'Least squares, with large weights penalised.'],
    logistic: ['Logistic regression', 'Two classes, a sigmoid, and the cross entropy.'],
    'softmax-regression': ['Softmax regression', 'Three classes: why the slope is P − Y.'],
    autoencoder: ['A variational autoencoder', 'A code with noise, the fit, and the divergence from a normal.'],
    rnn: ['A recurrent network', 'Whether the ones so far are odd: backpropagation through time.'],
    attention: ['Attention', 'Two heads over a batch of sequences: softmax of QKᵀ/√d.'],
    lstm: ['LSTM', 'Gates that forget, write and read, over twelve steps.'],
    'layer-norm': ['Layer normalisation', 'Mean 0, variance 1, then scaled and shifted.'],
    'conv-net': ['A convolutional layer', 'Channels, ReLU and pooling, written by their entries.'],
    'k-means': ['k-means', 'Each point counts by its nearest centre.'],
    physics: ['A differential equation', 'A network learns u′ = −u from the equation alone.'],
    'gradient-penalty': ['A gradient penalty', 'A loss that holds a derivative, derived once more.'],
    'x^2*sin(x)': ['A product', 'The product rule, and the chain rule within.'],
    'log(1 + exp(-x))': ['Softplus', 'Its slope is the sigmoid.'],
    'exp(-(x - μ)^2/(2v))': ['The bell curve', 'By x, by its mean μ and by its variance v.'],
    quadratic: ['A quadratic form', 'xᵀAx by x: both places count.'],
    logdet: ['A log determinant', 'Its gradient is the inverse, transposed.'],
  },
};

const zh: GalleryWords = {
  title: '示例',
  close: '关闭',
  open: '打开文件……',
  unread: (name) => `${name} 不是模型：应为文本文件，最大 1 MB`,
  groups: { tutorial: '循序渐进', classics: '经典模型', deep: '更进一步', formulas: '一个公式' },
  told: {
    'or-first': ['OR 门的一个样本', '最小的推导：一个输入、一个 sigmoid，只有偏置在学习。'],
    'or-gate': ['OR 门', '四个样本按列排列；为什么梯度里有转置，偏置的梯度是一个和。'],
    'xor-neuron': ['单个神经元的 XOR', '没有一条直线能分开：看看单个神经元最多能做到什么。'],
    'xor-cross': ['带交叉特征的 XOR', '加上第三个输入 x₁·x₂，一个神经元就够了。'],
    'xor-equal': ['权重相等的 XOR', '隐藏神经元的梯度都相同，永远只是一个神经元。'],
    'xor-hidden': ['带隐藏层的 XOR', '三个隐藏神经元让边界弯曲：穿过两层的反向传播。'],
    'one-example': ['一个样本，三个未知数', '让 σ(z) 接近 1；输入为 0 的权重学不到东西。'],
    'hot-cold': ['冷热法', '向上一步、向下一步，留下较好的：不用导数的学习。'],
    'delta-rule': ['Delta 规则', '步长是误差乘输入：随输入缩放、反向、停止。'],
    'relu-rows': ['ReLU，样本按行', '两层网络，每行一个样本：转置换到另一边。'],
    line: ['穿过散点的直线', '二十个带噪声的点，一个斜率和一个截距。'],
    'tanh-neuron': ['tanh 神经元', '它应当输出 1 却永远做不到：瞄准 tanh 得 0.9999 的地方。'],
    'least-squares': ['直接求解的最小二乘', '解 A \\ b 对 A 中各项的导数。'],
    ridge: ['岭回归', '最小二乘，并惩罚过大的权重。'],
    logistic: ['逻辑回归', '两类、一个 sigmoid 和交叉熵。'],
    'softmax-regression': ['Softmax 回归', '三个类别：为什么斜率是 P − Y。'],
    autoencoder: ['变分自编码器', '带噪声的编码、拟合项，以及与正态分布的散度。'],
    rnn: ['循环网络', '到目前为止 1 的个数是否为奇数：沿时间的反向传播。'],
    attention: ['注意力', '一批序列上的两个头：QKᵀ/√d 的 softmax。'],
    lstm: ['LSTM', '遗忘、写入、读取的门，共十二步。'],
    'layer-norm': ['层归一化', '均值 0、方差 1，再缩放和平移。'],
    'conv-net': ['卷积层', '通道、ReLU 和池化，按元素写出。'],
    'k-means': ['k 均值', '每个点按最近的中心计算。'],
    physics: ['微分方程', '网络只从方程本身学会 u′ = −u。'],
    'gradient-penalty': ['梯度惩罚', '损失里含有导数，训练时再求一次导。'],
    'x^2*sin(x)': ['一个乘积', '乘积法则，里面还有链式法则。'],
    'log(1 + exp(-x))': ['Softplus', '它的斜率就是 sigmoid。'],
    'exp(-(x - μ)^2/(2v))': ['钟形曲线', '对 x、对均值 μ、对方差 v 求导。'],
    quadratic: ['二次型', 'xᵀAx 对 x 求导：两处都要算。'],
    logdet: ['对数行列式', '它的梯度是逆矩阵的转置。'],
  },
};

export const galleryWords = spoken<GalleryWords>({ en, zh });
