import { spoken } from './spoken.ts';

interface ClaimWords {
  readonly answer: string;
  readonly stop: string;
}

const en: ClaimWords = { answer: 'What would be right', stop: 'Stop' };
const zh: ClaimWords = { answer: '正确的写法', stop: '停止' };

export const claimWords = spoken<ClaimWords>({ en, zh });
