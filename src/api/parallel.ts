import { INSPECT, named } from '../language/console.ts';
import { countArguments, optionsOf } from '../options/check.ts';
import { signatures } from '../options/signatures.ts';
import { type ParallelReport, type ParallelTextOptions, parallelText } from '../parallel/index.ts';

/** What is known beforehand of a model that is split over devices along a dimension: `derive(model).parallel('m')`. */
export class Parallel implements ParallelReport {
  declare readonly objective: string;
  declare readonly dimension: string;
  declare readonly precision: ParallelReport['precision'];
  declare readonly verdict: ParallelReport['verdict'];
  declare readonly sent: ParallelReport['sent'];
  declare readonly memory: ParallelReport['memory'];
  private readonly lang: ParallelTextOptions['lang'];

  static {
    named(Parallel, 'Parallel');
  }

  constructor(report: ParallelReport, lang: ParallelTextOptions['lang']) {
    Object.assign(this, report);
    // Of how it is told, not of what is known.
    Object.defineProperty(this, 'lang', { value: lang, enumerable: false });
  }

  /** The same in sentences. */
  toText(given?: ParallelTextOptions): string {
    const options = optionsOf(signatures.parallelText, given);
    return parallelText(this, { ...(this.lang && { lang: this.lang }), ...options });
  }

  toString(): string {
    return this.toText();
  }

  [INSPECT](): string {
    return this.toText();
  }
}

countArguments(Parallel, { toText: signatures.parallelText });
