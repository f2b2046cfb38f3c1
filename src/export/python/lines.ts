/** Lines of Python, as texts. */

/** What a program says that has no numbers to start from, and what helps. */
export const raised = (what: string, dialect: string): string[] => [
  '    raise NotImplementedError(',
  `        ${JSON.stringify(what)}`,
  `        ": pass your own, or export it with them: gradus export MODEL --data FILE --to ${dialect}"`,
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
