import { type Argument, type Command, Help, type HelpConfiguration, type Option } from 'commander';
import { widthOf } from '../language/visible.ts';
import type { Voice } from '../session/speech.ts';

/** The help of commands, and what is said of wrong arguments, in a language: commander writes both in English. */
export function helpIn(voice: Voice): HelpConfiguration {
  const { speech, say } = voice;
  if (!speech) return {};
  const told = <T extends { description: string }>(item: T, text: string): string =>
    `${say(item.description)}${extra(text.slice(item.description.length), voice)}`;
  const help = new Help();
  return {
    styleTitle: say,
    displayWidth: widthOf,
    commandUsage: (command: Command) => placesTold(help.commandUsage(command), voice),
    subcommandTerm: (command: Command) => placesTold(help.subcommandTerm(command), voice),
    // No space follows a sign that is as wide as one.
    formatHelp: (command: Command, helper: Help) => help.formatHelp(command, helper).replace(/^(\S+：) /gm, '$1'),
    commandDescription: (command: Command) => say(help.commandDescription(command)),
    subcommandDescription: (command: Command) => say(help.subcommandDescription(command)),
    argumentDescription: (argument: Argument) => told(argument, help.argumentDescription(argument)),
    optionDescription: (option: Option) => told(option, help.optionDescription(option)),
    boxWrap: wrapped,
  };
}

/** What commander itself puts into a line of usage. */
const placesTold = (usage: string, { say }: Voice): string =>
  usage.replace('[options]', `[${say('options')}]`).replace('[command]', `[${say('command')}]`);

/** ` (choices: "a", "b", default: "a")` */
function extra(text: string, { say, marks }: Voice): string {
  const [, inside] = /^ \((.*)\)$/s.exec(text) ?? [];
  if (inside === undefined) return text;
  const [open, close] = marks.brackets;
  return `${open}${inside
    .split(/, (?=default: )/)
    .map(say)
    .join(marks.semicolon)}${close}`;
}

/** Lines of a width; between Chinese characters a line may end. */
function wrapped(text: string, width: number): string {
  const pieces =
    text.match(/\n|[\p{Script=Han}\u3000-\u303f\uff01-\uff60]|[^\s\p{Script=Han}\u3000-\u303f\uff01-\uff60]+|[^\S\n]+/gu) ?? [];
  const lines = [''];
  for (const piece of pieces) {
    const line = lines[lines.length - 1]!;
    // A closing sign does not begin a line.
    const closing = /^[，。；：、！？）”]$/.test(piece);
    if (piece === '\n') lines.push('');
    else if (!closing && widthOf(line + piece) > width && line !== '') lines.push(piece.trimStart());
    else lines[lines.length - 1] = line + piece;
  }
  return lines.map((line) => line.trimEnd()).join('\n');
}

/** What commander says of wrong arguments, and what is expected behind it: a sentence each. */
export const toldUsage = (text: string, { say, marks }: Voice): string =>
  text
    .split('\n')
    .map((line) =>
      line
        .split(/(?<= is invalid\.) /)
        .map(say)
        .join(marks.sentences),
    )
    .join('\n');
