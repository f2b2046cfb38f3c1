import { type Lexeme, scan } from '../language/lexer.ts';
import { ROLES, SENSES } from '../language/words.ts';
import { escapeHtml } from '../render/katex.ts';

/** A source as HTML: comments, numbers, names and the words of the language told apart. */
export function highlighted(source: string): string {
  const parts: string[] = [];
  let end = 0;
  scan(source, ({ type, text, offset }) => {
    parts.push(escapeHtml(source.slice(end, offset)));
    const kind = kindOf({ type, text });
    parts.push(kind ? `<span class="${kind}">${escapeHtml(text)}</span>` : escapeHtml(text));
    end = offset + text.length;
    return true;
  });
  return `<pre class="source"><code>${parts.join('')}${escapeHtml(source.slice(end))}</code></pre>`;
}

function kindOf({ type, text }: Pick<Lexeme, 'type' | 'text'>): string | undefined {
  if (type === 'comment') return 'comment';
  if (type === 'number' || type === 'fraction' || type === 'superscript') return 'number';
  if (type === 'name') return ROLES.has(text) || SENSES.has(text) ? 'keyword' : 'name';
  return undefined;
}
