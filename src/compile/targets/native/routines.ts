import type { Call } from '../../program.ts';
import { FUNCTIONS } from '../c/functions.ts';
import { ROUTINES } from '../c/routines.ts';

/** The routines over whole arrays of one file, those first that others need. */
export class Routines {
  readonly texts: string[] = [];
  private readonly told = new Set<string>();

  tell({ routine }: Call): void {
    const { name, text, calls = [], helper } = ROUTINES[routine.name]!;
    if (this.told.has(name)) return;
    this.told.add(name);
    for (const basic of calls) this.once(basic, FUNCTIONS[basic]!.text!);
    if (helper) this.once(helper.name, helper.text);
    this.texts.push(text);
  }

  private once(name: string, text: string): void {
    if (this.told.has(name)) return;
    this.told.add(name);
    this.texts.push(text);
  }
}
