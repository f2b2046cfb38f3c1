import { wrapped } from './comments.ts';
import { WIDTH } from './layout.ts';

/** Lines of Python, as texts. */

/** An error with a text that may be long. */
export const raised = (text: string): string[] => [
  '    raise NotImplementedError(',
  ...wrapped(text, WIDTH - 12).map((line, k, all) => `        ${JSON.stringify(k < all.length - 1 ? `${line} ` : line)}`),
  '    )',
];

/** Lines without the sizes that nothing reads any more. */
export const usedOnly = (lines: readonly string[], after: readonly string[]): string[] =>
  lines.filter((line, k) => {
    const size = /^ {4}(\S+) = .*\.shape\[/.exec(line)?.[1];
    return size === undefined || mentions([...lines.slice(k + 1), ...after].join('\n'), size);
  });

/** Whether a text of Python has a name, outside of comments and texts. */
export const mentions = (text: string, name: string): boolean =>
  new RegExp(`(?<![\\p{L}\\p{N}_.])${name}(?![\\p{L}\\p{N}_])`, 'u').test(
    text.replace(/^ *#.*$/gm, '').replace(/"[^"\n]*"/g, ''),
  );
