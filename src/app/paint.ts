import picocolors from 'picocolors';

/** Labels as they are written, in every language that there is. */
const WARNING = /(?<=^|\s)(?:warning:(?= )|警告：)/;
const ERROR = /(?:(?:\w+ )?error|diverged|not supported|too large)(?=:)|(?:\p{Script=Han}*错误|发散|不支持|过大)(?=：)/u;
const HINT = /(?<=^ {2})(?:hint:|提示：)/;

/** Colours the label, the mark and the hint of an error or a warning as `GradusError.format` and `warningText` write it. */
export function paintError(text: string, colored: boolean): string {
  if (!colored) return text;
  const c = picocolors.createColors(true);
  return text
    .split('\n')
    .map((line, k) => {
      if (k === 0 && WARNING.test(line)) return line.replace(WARNING, (label) => c.yellow(label));
      if (k === 0) return line.replace(ERROR, (label) => c.bold(c.red(label)));
      if (HINT.test(line)) return line.replace(HINT, (label) => c.cyan(label));
      return line.replace(/│ ( *)(~+)/, (_, space: string, mark: string) => `│ ${space}${c.red(mark)}`);
    })
    .join('\n');
}

/** Words that carry a judgement: ✓ green, ✗ red, warnings yellow. */
export function paintMarks(text: string, colored: boolean): string {
  if (!colored) return text;
  const c = picocolors.createColors(true);
  return text
    .replace(/✓/g, c.green('✓'))
    .replace(/✗/g, c.red('✗'))
    .replace(/^(?:warning:|警告：)/gm, (label) => c.yellow(label));
}
