import { documentOf } from '../../../src/derivation/compose.ts';
import { wordsOf } from '../../../src/derivation/words/index.ts';
import { dialects, exported } from '../../../src/export/index.ts';
import { documentLatexFull } from '../../../src/render/formats/latex-full.ts';
import { documentMarkdown } from '../../../src/render/formats/markdown.ts';
import { sourceReport } from '../../../src/report/index.ts';
import { notationOf } from '../../../src/report/notation.ts';
import type { FileKind, Tasks, TextFile } from '../engine/protocol.ts';
import { katexFiles } from './katex-files.ts';
import { modelOf, sweptOf, treeOf } from './model.ts';
import './typeset.ts';

type Ask = Tasks['files']['ask'];

/** A model handed on: a report, its formulas, a program. @throws GradusError as the engine */
export async function files(ask: Ask): Promise<readonly TextFile[]> {
  const { kind } = ask;
  if (kind === 'report') return [await report(ask)];
  if (kind === 'latex') return [formulas(ask, 'brief', 'tex', 'application/x-tex', (document) => latexFile(document, ask.lang))];
  if (kind === 'markdown') return [formulas(ask, 'full', 'md', 'text/markdown', documentMarkdown)];
  return program(ask, kind);
}

async function report(ask: Ask): Promise<TextFile> {
  const { source, lang, title, notation, values = {} } = ask;
  const named = {
    title,
    source,
    words: wordsOf({ lang }),
    data: values,
    notation: notationOf(treeOf(ask), notation),
    katex: katexFiles,
  };
  return { name: `${title}.html`, type: 'text/html', text: await sourceReport(sweptOf(ask).wrt, named) };
}

type Told = ReturnType<typeof documentOf>;

function formulas(
  ask: Ask,
  detail: 'brief' | 'full',
  extension: string,
  type: string,
  print: (document: Told) => string,
): TextFile {
  const words = wordsOf({ lang: ask.lang });
  const document = documentOf(sweptOf(ask).derived(words), {
    detail,
    notation: notationOf(treeOf(ask), ask.notation),
    words,
  });
  return { name: `${ask.title}.${extension}`, type, text: print(document) };
}

/** What is given, forward, and back, in a file that LaTeX sets as it is; long derivations go over pages. */
function latexFile(document: Told, lang: Ask['lang']): string {
  const lines = documentLatexFull(document)
    .replace(/^\\begin\{aligned\}/, '\\begin{align*}')
    .replace(/\\end\{aligned\}$/, '\\end{align*}');
  return `\\documentclass{${lang === 'zh' ? 'ctexart' : 'article'}}\n\\usepackage{amsmath,amssymb}\n\\allowdisplaybreaks\n\\begin{document}\n${lines}\n\\end{document}\n`;
}

async function program(
  { source, lang, values = {} }: Ask,
  kind: Exclude<FileKind, 'report' | 'latex' | 'markdown'>,
): Promise<TextFile[]> {
  const told = await dialects[kind].files(exported(modelOf({ source, lang }), { inputs: values }));
  return Object.entries(told).map(([name, text]) => ({ name, type: 'text/plain', text }));
}
