import { preludeText } from '../../../src/language/prelude.ts';
import { functions, operatorNamed } from '../../../src/operators/index.ts';
import { operatorOf } from '../../../src/session/help/text.ts';
import { errorsPart } from './errors.ts';
import { type Example, exampleOf } from './example.ts';
import { type Group, groups } from './functions.ts';
import { languagePart } from './language.ts';
import { code, number, table } from './markdown.ts';
import { optionsPart } from './options.ts';

/** A derivative longer than this is not one that a table can show. */
const LONGEST = 130;

/** Other names, and the sign that it prints as. */
function spellingsOf(name: string): string {
  const sign = operatorNamed.get(name)?.notation?.unicode;
  const known = functions.get(name)?.spellings ?? [];
  return [...new Set([...known, ...(sign ? [sign] : [])])]
    .filter((spelling) => spelling !== name)
    .map(code)
    .join(' ');
}

function derivative({ partials }: Example): string {
  const shown = partials.map(({ name, text }) => `∂/∂${name}: ${text.length > LONGEST ? 'too long for a table' : code(text)}`);
  return partials.length === 1 ? shown[0]!.replace(/^∂\/∂\w+: /, '') : shown.join('<br>');
}

function example({ entry, value, partials }: Example): string {
  const at = Object.entries(entry.at).map(([name, x]) => `${name} = ${number(x)}`);
  const slopes = partials.map(({ name, value: slope }) => `∂/∂${name} = ${number(slope)}`);
  return [...(at.length > 0 ? [`at ${at.join(', ')}:`] : []), number(value), ...slopes].join('<br>');
}

function groupPart({ title, words, entries }: Group): string {
  const rows = Object.entries(entries).map(([name, entry]) => {
    const found = exampleOf(entry);
    return [
      code(entry.call),
      spellingsOf(name),
      meaning(name),
      derivative(found),
      found.domain.map(code).join('<br>'),
      example(found),
    ];
  });
  const head = ['call', 'also', 'meaning', 'derivative', 'where', 'example'];
  return `### ${title}\n\n${words ? `${words}\n\n` : ''}${table(head, rows)}`;
}

/** The record's own rule in the notation of mathematics, or what the function is made of. */
function meaning(name: string): string {
  const loss = preludeText(name);
  if (loss.length > 0) return loss.map(code).join('<br>');
  const operator = operatorOf(name);
  const help = functions.get(name)!.help.replace(/, over everything.*$/, '');
  return operator && help === operator.rule.formula ? `${operator.rule.name}: ${help}` : help;
}

/** The whole page. */
export async function referencePage(): Promise<string> {
  const parts = [await languagePart(), functionsPart(), optionsPart(), await errorsPart()];
  return `# Reference

Made from the engine's own records by \`npm run docs\`; a test holds it against them. The guides are
[coming from elsewhere](coming-from.md) and [what others have open](others-open-issues.md).

${parts.join('\n\n')}
`;
}

const functionsPart = (): string => `## Functions

Functions of numbers act entry by entry on arrays. Every derivative and number in these tables is computed by the engine and
checked in a test against differences in 64-digit arithmetic. Where the value is an array, what stands as its derivative is what
goes back to the argument when \`w\` comes in: the gradient of \`sum(w.*f)\`, with w = 1, 2, 3, … in the example.

${groups.map(groupPart).join('\n\n')}`;
