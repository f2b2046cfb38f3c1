import type { Lang } from '../../../src/language/speech.ts';

/**
 * Hints that speak of the command or of the API, as the page means them: where its own fields are, or what else helps. What stands in
 * brackets of `when` goes to `{0}`.
 */
interface Here extends Readonly<Record<Lang, string>> {
  readonly when: RegExp;
}

export const HERE: readonly Here[] = [
  {
    when: /--fix some\b/,
    en: 'they need more observations than numbers: give more data, or hold some fixed, under “More options” at “Hold fixed”',
    zh: '观测数须多于待学的数：请给出更多数据，或在“更多选项”的“固定参数”处固定一些',
  },
  {
    when: /--fix ([^\s,，]+)/,
    en: 'hold {0} fixed, under “More options” at “Hold fixed”, or leave it out of the model',
    zh: '请在“更多选项”的“固定参数”处固定 {0}，或从模型中去掉它',
  },
  {
    when: /--batch-axis\b/,
    en: 'say which under “More options”, at “Axis of the examples”',
    zh: '请在“更多选项”的“样本所在的轴”处指明',
  },
  {
    when: /--parallel\b/,
    en: 'with all examples in a step the cost is as it is written',
    zh: '每步用全部样本时，损失与所写的相同',
  },
  {
    when: /--missing\b/,
    en: 'fill it in, or tick the box that leaves out such rows',
    zh: '请补上，或勾选略去这些行',
  },
  {
    when: /--map\b/,
    en: 'choose at “Data”, under Train, which columns fill the names of the model',
    zh: '请在“训练”下的“数据”处选择哪些列填入模型的名称',
  },
  {
    when: /--delimiter semicolon --decimal comma/,
    en: 'a decimal comma? write a point instead',
    zh: '是小数逗号吗？请改用小数点',
  },
  {
    when: /--delimiter\b/,
    en: 'its cells are separated by another sign: put commas between them',
    zh: '单元格由其他符号分隔：请改用逗号',
  },
  {
    when: /--decimal point/,
    en: 'a decimal point? write more digits behind it, 1.0000; a thousands separator? leave it out',
    zh: '是小数点吗？请在其后多写几位，如 1.0000；是千位分隔符吗？请去掉',
  },
  {
    when: /--set (\S+?)=/,
    en: 'its loops are made for one size each: choose data under Train, or write a number for {0} into the shapes',
    zh: '它的循环各为一个大小而作：请在“训练”下选择数据，或在形状中把 {0} 写成数',
  },
  {
    when: /--max-entries\b/,
    en: 'take smaller sizes, or fewer examples',
    zh: '请取更小的大小，或更少的样本',
  },
  {
    when: /--wrt (\S+)/,
    en: 'what to derive by are the parameters: declare param {0}',
    zh: '对参数求导：请声明 param {0}',
  },
  {
    when: /--data FILE/,
    en: 'a file is given at “Data”, under Train; its columns fill data X : [n, 2] from x1, x2',
    zh: '文件在“训练”下的“数据”处给出；它的列填入 data X : [n, 2] from x1, x2',
  },
  {
    when: /^give it with the inputs, or in the source: (.+)$/,
    en: 'give it at “Data”, under Train, or in the source: {0}',
    zh: '请在“训练”下的“数据”处给出，或写在源中：{0}',
  },
  {
    when: /^give values( with which it is defined)?, as data or with the option inputs$/,
    en: 'write values into the source{0}',
    zh: '请在源中写出使它有定义的值',
  },
];

/** Another option means nothing here. */
const OPTION = /(?<![\p{L}\p{N}-])--\p{L}/u;

/**
 * A hint as the page gives it; undefined for one that means nothing here.
 * @param say tells what is not of the page
 */
export function hintHere(hint: string, lang: Lang, say: (text: string) => string): string | undefined {
  for (const { when, [lang]: told } of HERE) {
    const found = when.exec(hint);
    if (found) return told.replaceAll('{0}', found[1] ?? '');
  }
  return OPTION.test(hint) ? undefined : say(hint);
}
