import { homedir } from 'node:os';
import type { Files } from '../../session/answer.ts';
import { fileBytes } from '../data-files.ts';
import { writeWhole } from '../files.ts';
import { readText } from '../source.ts';

const atHome = (file: string): string => file.replace(/^~(?=\/)/, homedir());

/** The files of this machine, `~` being the home of who runs it. */
export const filesHere: Files = {
  read: (file) => readText(atHome(file)),
  open: (file) => fileBytes(atHome(file)),
  write: (file, text) => writeWhole(atHome(file), text),
};
