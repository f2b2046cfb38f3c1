import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { GradusError } from '../language/diagnostics.ts';
import { type Session, type SourceText, STANDARD_INPUT } from './io.ts';

/**
 * The source that an argument means: a `.grad` file, or another that is there, `-` for standard input, or the source itself. The session's
 * errors point into it from now on.
 * @throws GradusError `data` for a file that cannot be read
 */
export async function readSource(argument: string, session: Session): Promise<SourceText> {
  session.source = await sourceOf(argument, session);
  return session.source;
}

async function sourceOf(argument: string, session: Session): Promise<SourceText> {
  if (argument === '-') return { text: clean(await session.io.input()), file: STANDARD_INPUT };
  if (/^[^\n]*\.grad$/.test(argument) || isFile(argument)) return { text: clean(await readText(argument)), file: argument };
  return { text: argument, file: undefined };
}

/** Whether a path, or a name with an extension, is that of a file: a model may lie in `net.txt`. */
const isFile = (argument: string): boolean =>
  /^(?:\.{0,2}\/.*|.*\.[a-z]\w*)$/.test(argument) && (statSync(argument, { throwIfNoEntry: false })?.isFile() ?? false);

/** The text of a file. @throws GradusError `data` that names the file and says what is the matter with it */
export async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new GradusError('data', `cannot read ${file}: ${reasonOf(error)}`);
  }
}

const REASON: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  EROFS: 'it cannot be written there',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EFBIG: 'it is larger than files may be here',
  EIO: 'the disk fails',
  ENAMETOOLONG: 'the name is too long',
  ELOOP: 'its links go in a circle',
  NOFOLDER: 'something there is no folder',
  NOFOLDERS: 'no folder can be made there',
};

/** Why the system refused, in a few words. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  return REASON[code] ?? (code || error.message);
}

/** Without the byte order mark that some editors write. */
const clean = (text: string): string => text.replace(/^\uFEFF/, '');
