import { type Argument, type Command, Help, type HelpConfiguration, type Option } from 'commander';
import { widthOf } from '../language/visible.ts';
import type { Voice } from '../session/speech.ts';

/** The help of commands, and what is said of wrong arguments, in a language: commander writes both in English. */
export function helpIn({ speech, say }: Voice): HelpConfiguration {
  if (!speech) return {};
  const told = <T extends { description: string }>(item: T, text: string): string =>
    `${say(item.description)}${extra(text.slice(item.description.length))}`;
  const help = new Help();
  return {
    styleTitle: say,
    displayWidth: widthOf,
    commandUsage: (command: Command) => placesTold(help.commandUsage(command)),
    subcommandTerm: (command: Command) => placesTold(help.subcommandTerm(command)),
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
const placesTold = (usage: string): string => usage.replace('[options]', '[选项]').replace('[command]', '[命令]');

/** ` (choices: "a", "b", default: "a")` */
const extra = (text: string): string =>
  text
    .replace(/^ \((.*)\)$/s, '（$1）')
    .replace(/default: none/, '默认无')
    .replace('choices: ', '可选：')
    .replace(', default: ', '；默认 ')
    .replace('default: ', '默认 ');

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
export const toldUsage = (text: string, { say, speech }: Voice): string =>
  text
    .split('\n')
    .map((line) =>
      line
        .split(/(?<= is invalid\.) /)
        .map(say)
        .join(speech ? '' : ' '),
    )
    .join('\n');
