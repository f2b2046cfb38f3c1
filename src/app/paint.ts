import picocolors from 'picocolors';

/** Colours the label, the mark and the hint of an error or a warning as `GradusError.format` and `warningText` write it. */
export function paintError(text: string, colored: boolean): string {
  if (!colored) return text;
  const c = picocolors.createColors(true);
  return text
    .split('\n')
    .map((line, k) => {
      if (k === 0 && /(^|\s)warning: /.test(line)) return line.replace('warning:', c.yellow('warning:'));
      if (k === 0) return line.replace(/((?:\w+ )?error|diverged|not supported|too large)(?=:)/, (label) => c.bold(c.red(label)));
      if (/^ {2}hint:/.test(line)) return line.replace('hint:', c.cyan('hint:'));
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
    .replace(/^warning:/gm, c.yellow('warning:'));
}
