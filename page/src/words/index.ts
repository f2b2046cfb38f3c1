import { en, type PageWords } from './en.ts';
import { spoken } from './spoken.ts';
import { zh } from './zh.ts';

/** What languages call themselves. */
export const languages = { en: 'English', zh: '中文' } as const;

/** What the frame, the steps and the graph say; other parts have files of their own here. */
export const words = spoken<PageWords>({ en, zh });
