import type { Catalogue } from '../../language/speech.ts';
import { functions } from './functions.ts';
import { help } from './help.ts';
import { messages } from './messages.ts';

/** What the command line alone says in Chinese. */
export const chinese: readonly (() => Catalogue)[] = [messages, help, functions];
