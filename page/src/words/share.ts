import { spoken } from './spoken.ts';

interface ShareWords {
  readonly title: string;
  readonly close: string;
  readonly link: string;
  readonly linkNote: string;
  readonly long: string;
  /** Data that a file or a hand gave are not in the source. */
  readonly withoutData: string;
  readonly copy: string;
  readonly copied: string;
  readonly tooLong: (most: number) => string;
  readonly model: string;
  readonly derivation: string;
  readonly program: string;
  readonly pictures: string;
  /** A picture by its file's name: `graph`, `curve-2`. */
  readonly pictureOf: (name: string) => string;
  readonly results: string;
  readonly parameters: string;
  readonly report: string;
  readonly made: (name: string) => string;
  readonly making: string;
}

const en: ShareWords = {
  title: 'Share',
  close: 'Close',
  link: 'Link',
  linkNote: 'The whole model is in the link; no server keeps it.',
  long: 'The link is long, and some messengers cut such links off: the file is safer.',
  withoutData: 'The data that you dropped or drew are not in the link: “Write it into the model” under Data puts them in.',
  copy: 'Copy',
  copied: 'Copied',
  tooLong: (most) => `The model is too long for a link (at most ${most} characters): share its file.`,
  model: 'Model',
  derivation: 'Derivation',
  program: 'Program with its derivatives',
  pictures: 'Pictures',
  pictureOf: (name) => name,
  results: 'Training',
  parameters: 'Parameters (JSON)',
  report: 'HTML report',
  made: (name) => `${name} is made`,
  making: 'Making …',
};

const KINDS: Readonly<Record<string, string>> = {
  graph: '计算图',
  curve: '曲线',
  boundary: '决策边界',
  costs: '损失曲线',
  fitted: '拟合曲线',
  drawing: '图',
};

const zh: ShareWords = {
  title: '分享',
  close: '关闭',
  link: '链接',
  linkNote: '整个模型都在链接里，不经任何服务器保存。',
  long: '链接较长，有些聊天工具会截断：发送文件更稳妥。',
  withoutData: '您放入或画出的数据不在链接里：用“数据”下的“写入模型”把它们写进去。',
  copy: '复制',
  copied: '已复制',
  tooLong: (most) => `模型太长，放不进链接（最多 ${most} 个字符）：请分享文件。`,
  model: '模型',
  derivation: '推导',
  program: '含导数的程序',
  pictures: '图片',
  pictureOf: (name) => name.replace(/^[a-z]+/, (kind) => KINDS[kind] ?? kind),
  results: '训练',
  parameters: '参数（JSON）',
  report: 'HTML 报告',
  made: (name) => `已生成 ${name}`,
  making: '正在生成……',
};

export const shareWords = spoken<ShareWords>({ en, zh });
