/** Pieces of a page in Markdown. */

export const code = (text: string): string => `\`${text}\``;

/** A table; cells are Markdown, and a bar within one does not end it. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

export const fenced = (text: string, language = ''): string => `\`\`\`${language}\n${text}\n\`\`\``;

/** Ten digits, arrays in brackets. */
export function number(value: unknown): string {
  if (typeof value !== 'number') return `[${(value as readonly unknown[]).map(number).join(', ')}]`;
  const rounded = Number(value.toPrecision(10));
  return String(rounded === 0 ? 0 : rounded);
}
