import { openModel } from './link.ts';

/** A model from a file. */

/** Nobody writes a longer one; what is larger is another kind of file. */
export const LARGEST_FILE = 1_000_000;

export const isModelFile = ({ name }: File): boolean => /\.grad$/i.test(name);

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

/** What is dragged, if it is one file with a model. */
export function droppedModel(event: DragEvent): File | undefined {
  const files = event.dataTransfer?.files;
  return files?.length === 1 && isModelFile(files[0]!) ? files[0] : undefined;
}
