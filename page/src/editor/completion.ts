import { type Completion, type CompletionContext, type CompletionResult, snippetCompletion } from '@codemirror/autocomplete';
import { EngineError, Stopped } from '../engine/client.ts';
import type { Card, Vocabulary, Word } from '../engine/protocol.ts';
import { shapes, trials } from '../model.ts';
import { lang } from '../settings.ts';
import { editorWords } from '../words/editor.ts';
import { SYMBOLS } from './symbols.ts';

/** How a line may go on: signs, names of the source, functions with all there is to know of them, words of the language. */

const NAME = /[\p{L}_][\p{L}\p{M}\p{N}_]*$/u;
const GOES_ON = /^[\p{L}\p{M}\p{N}_]*$/u;

const LEAST = 2;

let known: { readonly lang: string; readonly vocabulary: Promise<Vocabulary> } | undefined;

function vocabulary(): Promise<Vocabulary> {
  const wanted = lang.peek();
  if (known?.lang !== wanted) {
    const asked = trials.ask('vocabulary', { lang: wanted });
    known = { lang: wanted, vocabulary: asked };
    // A worker that was stopped is asked again.
    asked.catch(() => (known = undefined));
  }
  return known!.vocabulary;
}

export async function completions(context: CompletionContext): Promise<CompletionResult | null> {
  const sign = context.matchBefore(/\\[A-Za-z]*/);
  if (sign) return { from: sign.from, options: SIGNS, validFor: /^\\[A-Za-z]*$/ };
  const piece = context.matchBefore(NAME);
  // A letter is a name as often as not.
  if (!context.explicit && (!piece || piece.to - piece.from < LEAST)) return null;
  const from = piece?.from ?? context.pos;
  const line = context.state.doc.lineAt(from);
  const before = line.text.slice(0, from - line.from);
  if (before.includes('#')) return null;
  try {
    const words = await vocabulary();
    return context.aborted ? null : { from, options: optionsAt(before, words), validFor: GOES_ON };
  } catch (error) {
    if (error instanceof EngineError || error instanceof Stopped) return null;
    throw error;
  }
}

const SIGNS: readonly Completion[] = Object.entries(SYMBOLS).map(([name, text]) => ({
  label: `\\${name}`,
  detail: text,
  apply: text,
  type: 'text',
}));

function optionsAt(before: string, { functions, statements, facts, initializers }: Vocabulary): Completion[] {
  const { told } = editorWords.peek();
  const word =
    (boost: number) =>
    (w: Word): Completion => ({
      label: w.name,
      detail: told[w.name] ?? w.text,
      type: 'keyword',
      boost,
    });
  if (/~\s*$/.test(before)) return initializers.map(word(2));
  const declared = /^\s*(?:data|param|const)\s/.test(before);
  return [
    ...(/(?:^|;)\s*$/.test(before) ? statements.map((w) => ({ ...word(1)(w), apply: `${w.name} ` })) : []),
    ...(declared && !before.includes('=') ? facts.map(word(1)) : []),
    ...[...new Map(shapes.peek().map(({ name, shape }) => [name, shape]))].map(
      ([label, shape]): Completion => ({ label, detail: shape, type: 'variable', boost: 3 }),
    ),
    ...functions.map(call),
  ];
}

const call = ({ name, text, sign }: Word): Completion => ({
  ...snippetCompletion(`${name}(\${})`, { label: name, detail: sign ?? '', type: 'function' }),
  info: () => cardOf(name, text),
});

/** What there is to know of a function, beside the list. */
async function cardOf(name: string, text: string): Promise<HTMLElement> {
  const place = document.createElement('div');
  place.className = 'card';
  let card: Card | undefined;
  try {
    card = await trials.ask('card', { name, lang: lang.peek() });
  } catch (error) {
    if (!(error instanceof EngineError || error instanceof Stopped)) throw error;
  }
  const title = document.createElement('p');
  title.className = 'title';
  title.textContent = card?.title.join(' ') ?? text;
  const list = document.createElement('dl');
  for (const { about, text: told, html } of card?.rows ?? []) {
    const [term, value] = [document.createElement('dt'), document.createElement('dd')];
    term.textContent = about;
    if (html) value.innerHTML = html;
    else value.textContent = told;
    list.append(term, value);
  }
  place.append(title, list);
  return place;
}
