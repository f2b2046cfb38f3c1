import type { FileKind, TextFile } from '../engine/protocol.ts';
import { reading, sheet, source, trials } from '../model.ts';
import { begun, frame, given, training } from '../training/run.ts';

/** A file that the page hands out. */
export interface Download {
  readonly name: string;
  readonly data: Blob;
}

/** What files are called after: the objective. */
export const titleOf = (): string => (sheet.peek()?.objective ?? 'model').replace(/[^\p{L}\p{N}_-]+/gu, '-') || 'model';

/** The model as it is written. */
export const sourceFile = (): Download => ({
  name: `${titleOf()}.grad`,
  data: new Blob([source.peek()], { type: 'text/plain' }),
});

/** What was learned, if a run has come to something; and the data that a file or a hand gave. */
async function settled() {
  const isMoved = begun.peek() !== undefined && (hasLearned() || given.peek().kind !== 'own');
  return isMoved ? await training.ask('learned', reading.peek()) : undefined;
}

export const hasLearned = (): boolean => (frame.peek()?.epoch ?? 0) > 0;

/** The parameters as `gradus train --save` writes them. */
export async function parametersFile(): Promise<Download> {
  const params = (await settled())?.parameters ?? {};
  return {
    name: `${titleOf()}.json`,
    data: new Blob([`${JSON.stringify({ params }, null, 2)}\n`], { type: 'application/json' }),
  };
}

const DOCUMENTS: ReadonlySet<FileKind> = new Set(['report', 'latex', 'markdown']);

/** What the engine makes of the model: one file, or several in an archive. @throws EngineError, Stopped */
export async function modelFile(kind: FileKind): Promise<Download> {
  const values = (await settled())?.inputs;
  const files = await trials.ask('files', { ...reading.peek(), kind, title: titleOf(), ...(values && { values }) });
  const [first, ...others] = files as [TextFile, ...TextFile[]];
  // Three programs of Python are three files.
  const isProgram = !DOCUMENTS.has(kind);
  const name = isProgram ? `${titleOf()}-${kind}.${first.name.split('.').at(-1)}` : first.name;
  if (others.length === 0) return { name, data: new Blob([first.text], { type: first.type }) };
  const { strToU8, zipSync } = await import('fflate');
  const zip = zipSync(Object.fromEntries(files.map(({ name, text }) => [name, strToU8(text)])));
  return { name: `${titleOf()}-${kind}.zip`, data: new Blob([zip as Uint8Array<ArrayBuffer>], { type: 'application/zip' }) };
}

/** Hands a file to whoever reads the page. */
export function save({ name, data }: Download): void {
  const address = URL.createObjectURL(data);
  const anchor = document.createElement('a');
  [anchor.href, anchor.download] = [address, name];
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
