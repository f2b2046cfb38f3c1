import type { JSX } from 'preact';

interface HtmlProps {
  /** From the engine: typeset formulas, and text that it has escaped. */
  readonly html: string;
  readonly as?: 'span' | 'div' | 'p';
  readonly class?: string;
}

/** What the engine has set: it escapes what a source says. */
export function Html({ html, as: Tag = 'span', class: name }: HtmlProps): JSX.Element {
  return <Tag class={name} dangerouslySetInnerHTML={{ __html: html }} />;
}
