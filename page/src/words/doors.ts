import { spoken } from './spoken.ts';

/** What the doors say that are there from the first view on; what is behind them brings its own words. */
interface DoorWords {
  readonly examples: string;
  readonly share: string;
  readonly tooLong: string;
  readonly broken: string;
}

const en: DoorWords = {
  examples: 'Examples',
  share: 'Share',
  tooLong: 'Too long for a link: the address does not hold this model; Share has its file.',
  broken: 'The link could not be read: it may have been cut off on its way.',
};

const zh: DoorWords = {
  examples: '示例',
  share: '分享',
  tooLong: '太长，链接放不下：地址中没有这个模型，可在“分享”中取得文件。',
  broken: '链接无法读取：可能在传递中被截断。',
};

export const doorWords = spoken<DoorWords>({ en, zh });
