import type { PythonLibrary } from './language.ts';
import { mentions } from './lines.ts';

/** The functions of ours that a program calls, each after those that it calls itself. */
export class Needs {
  private readonly library: PythonLibrary;
  private readonly needed = new Set<string>();

  constructor(library: PythonLibrary) {
    this.library = library;
  }

  readonly need = (helper: string): void => {
    const { helpers } = this.library;
    if (!Object.hasOwn(helpers, helper) || this.needed.has(helper)) return;
    for (const other of helpers[helper]!.needs ?? []) this.need(other);
    this.needed.add(helper);
  };

  /** Those that a text calls, and that these call: what was needed on the way to a shorter text may not be in it. */
  texts(used: string): string[] {
    const { helpers } = this.library;
    const kept = new Set<string>();
    for (let before = -1, reading = used; before < kept.size; ) {
      before = kept.size;
      for (const name of this.needed) if (mentions(reading, name)) kept.add(name);
      reading = [used, ...[...kept].map((name) => helpers[name]!.text)].join('\n');
    }
    return [...this.needed].filter((name) => kept.has(name)).map((name) => helpers[name]!.text);
  }
}
