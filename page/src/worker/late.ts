/**
 * What a first derivation does not need comes later (`page/build/late.ts` makes it so). A function of it that is called before
 * throws what loads it, and the task is begun again: the engine's functions change nothing that would be there twice.
 */

/** Thrown by what is not there yet. */
export class NotLoaded extends Error {
  readonly load: () => Promise<unknown>;

  constructor(load: () => Promise<unknown>) {
    super('a part of the engine is not loaded yet');
    this.load = load;
  }
}

type Parts = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A part that is loaded when something of it is called. */
export class Late {
  private readonly fetch: () => Promise<{ readonly parts: Parts }>;
  private parts: Parts | undefined;
  private readonly empty: { readonly file: string; readonly name: string; readonly record: object }[] = [];

  constructor(fetch: () => Promise<{ readonly parts: Parts }>) {
    this.fetch = fetch;
  }

  readonly load = async (): Promise<void> => {
    if (this.parts) return;
    const { parts } = await this.fetch();
    this.parts = parts;
    for (const { file, name, record } of this.empty) Object.assign(record, parts[file]![name]);
  };

  /** A record that has nothing in it until the part has come. */
  filled<T extends object>(file: string, name: string, record: T): T {
    this.empty.push({ file, name, record });
    return record;
  }

  /** @throws NotLoaded */
  get(file: string): Parts[string] {
    if (!this.parts) throw new NotLoaded(this.load);
    return this.parts[file]!;
  }
}

/** The work, begun again after what it lacked has come. */
export async function loading<T>(work: () => T | Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof NotLoaded)) throw error;
      await error.load();
    }
  }
}
