import type { DataKind } from '../training/data.ts';
import { spoken } from './spoken.ts';

/** What is said of data. */
interface DataWords {
  readonly title: string;
  readonly kinds: Readonly<Record<DataKind, string>>;
  readonly count: string;
  readonly noise: string;
  readonly seed: string;
  readonly drop: string;
  readonly choose: string;
  readonly paste: string;
  readonly take: string;
  readonly pastedName: string;
  readonly rows: (name: string, rows: string) => string;
  readonly columnsOf: (input: string) => string;
  readonly words: string;
  readonly lacks: (count: string) => string;
  readonly leaveOut: string;
  readonly ownInstead: string;
  /** Of data that a model cannot learn from, with why. */
  readonly notFitting: (why: string) => string;
  readonly ownAgain: string;
  readonly noInputs: string;
  readonly plane: string;
  readonly draw: string;
  readonly classOf: (kind: number) => string;
  readonly pointsOf: (counts: readonly number[]) => string;
  readonly undo: string;
  readonly clear: string;
  readonly write: string;
}

const en: DataWords = {
  title: 'Data',
  kinds: {
    own: 'the model’s own',
    file: 'a table (CSV)',
    drawn: 'drawn by hand',
    circles: 'circles',
    moons: 'moons',
    spiral: 'spiral',
    xor: 'XOR',
    line: 'noisy line',
  },
  count: 'Examples',
  noise: 'Noise',
  seed: 'Seed',
  drop: 'Drop a CSV file here, or',
  choose: 'choose a file',
  paste: 'Or paste a table',
  take: 'Take it',
  pastedName: 'pasted.csv',
  rows: (name, rows) => `${name}: ${rows} rows`,
  columnsOf: (input) => `Columns for ${input}`,
  words: 'words',
  lacks: (count) => `${count} missing`,
  leaveOut: 'Leave out rows that lack a value',
  ownInstead: 'it learns from its own data',
  notFitting: (why) => `These data do not fit the model: ${why}`,
  ownAgain: 'Use the model’s own data',
  noInputs: 'The model declares no data: write data x : [n], y : [n]',
  plane: 'Plane to draw points on',
  draw: 'Click, or move the cross with the arrow keys and press Enter; the keys 1, 2, … choose the class.',
  classOf: (kind) => `class ${kind}`,
  pointsOf: (counts) => counts.map((count, k) => `${count} ${k === 0 ? 'points ' : ''}of class ${k}`).join(', '),
  undo: 'Undo',
  clear: 'Clear',
  write: 'Write it into the model',
};

const zh: DataWords = {
  title: '数据',
  kinds: {
    own: '模型自带',
    file: '表格（CSV）',
    drawn: '手绘',
    circles: '同心圆',
    moons: '双月',
    spiral: '螺旋',
    xor: '异或',
    line: '带噪直线',
  },
  count: '样本数',
  noise: '噪声',
  seed: '随机种子',
  drop: '把 CSV 文件拖到这里，或',
  choose: '选择文件',
  paste: '或粘贴表格',
  take: '采用',
  pastedName: '粘贴.csv',
  rows: (name, rows) => `${name}：${rows} 行`,
  columnsOf: (input) => `${input} 的列`,
  words: '文字',
  lacks: (count) => `缺 ${count} 个值`,
  leaveOut: '略去缺值的行',
  ownInstead: '改用模型自己的数据',
  notFitting: (why) => `这些数据不适合该模型：${why}`,
  ownAgain: '使用模型自己的数据',
  noInputs: '模型没有声明数据：请写 data x : [n], y : [n]',
  plane: '画点的平面',
  draw: '点击，或用方向键移动十字并按回车；按数字键 1、2 …… 选择类别。',
  classOf: (kind) => `类别 ${kind}`,
  pointsOf: (counts) => counts.map((count, k) => `类别 ${k} 有 ${count} 个点`).join('，'),
  undo: '撤销',
  clear: '清除',
  write: '写入模型',
};

export const dataWords = spoken<DataWords>({ en, zh });
