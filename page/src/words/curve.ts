import { spoken } from './spoken.ts';

interface CurveWords {
  readonly title: string;
  readonly order: string;
  readonly at: (name: string) => string;
  readonly describe: (names: string) => string;
}

export const curveWords = spoken<CurveWords>({
  en: {
    title: 'The function and its derivatives',
    order: 'Derivatives',
    at: (name) => `Value of ${name}`,
    describe: (names) => `Curves of ${names}`,
  },
  zh: {
    title: '函数及其导数',
    order: '导数阶数',
    at: (name) => `${name} 的值`,
    describe: (names) => `${names} 的曲线`,
  },
});
