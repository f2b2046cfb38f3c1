import type { Catalogue } from '../../language/speech.ts';
import { data } from './data.ts';
import { functions } from './functions.ts';
import { help } from './help.ts';
import { messages } from './messages.ts';

/** What the command line alone says in Chinese. */
export const chinese: readonly (() => Catalogue)[] = [messages, data, help, functions];
