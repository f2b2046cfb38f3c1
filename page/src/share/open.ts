import { openModel } from './link.ts';

/** A model from a file. */

/** Nobody writes a longer one; what is larger is another kind of file. */
export const LARGEST_FILE = 1_000_000;

/** Files of data, as a chooser of files takes them. */
export const DATA_FILES = '.csv,.tsv,.tab,.txt,.dat,.json,.jsonl,.ndjson,.npy,.npz,.gz';

export const isModelFile = ({ name }: File): boolean => /\.grad$/i.test(name);
const isDataFile = ({ name }: File): boolean => DATA_FILES.split(',').some((ending) => name.toLowerCase().endsWith(ending));

/** Opens a file that holds a model; false if it is too large, or no text. */
export async function openFile(file: File): Promise<boolean> {
  if (file.size > LARGEST_FILE) return false;
  try {
    openModel(new TextDecoder('utf-8', { fatal: true }).decode(await file.arrayBuffer()));
    return true;
  } catch {
    return false;
  }
}

/** What is to be done with what is dropped, if it is one file: a model is opened, data are learned from. */
export function dropped(event: DragEvent): (() => Promise<unknown>) | undefined {
  const files = event.dataTransfer?.files;
  const file = files?.length === 1 ? files[0]! : undefined;
  if (!file) return undefined;
  if (isModelFile(file)) return () => openFile(file);
  return isDataFile(file) ? async () => (await import('../training/data.ts')).take(file.name, file) : undefined;
}
