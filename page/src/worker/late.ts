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

type Part = Readonly<Record<string, unknown>>;
type Given = (...given: unknown[]) => unknown;
type Made = new (...given: unknown[]) => object;

/** A part that is loaded when something of it is called. */
export class Late {
  private readonly fetch: () => Promise<Part>;
  private part: Part | undefined;
  private readonly empty: { readonly name: string; readonly record: object }[] = [];

  constructor(fetch: () => Promise<Part>) {
    this.fetch = fetch;
  }

  get isThere(): boolean {
    return this.part !== undefined;
  }

  readonly load = async (): Promise<void> => {
    if (this.part) return;
    const part = await this.fetch();
    this.part = part;
    for (const { name, record } of this.empty) Object.assign(record, part[name]);
  };

  /** A function of it. @throws NotLoaded */
  call(name: string, self: unknown, given: readonly unknown[]): unknown {
    return this.function(name).apply(self, given as unknown[]);
  }

  private function(name: string): Given {
    if (!this.part) throw new NotLoaded(this.load);
    return this.part[name] as Given;
  }

  /** As many of its functions as are asked for, by the numbers that their names end with (`page/build/halves.ts`). */
  *standIns(part: string): Generator<Given> {
    const late = this;
    for (let k = 0; ; k++) {
      const name = `${part}_${k.toString(36)}`;
      let found: Given | undefined;
      yield function (this: unknown, ...given) {
        found ??= late.function(name);
        return found.apply(this, given);
      };
    }
  }

  /** An object of a class of it. @throws NotLoaded */
  made(name: string, given: readonly unknown[]): object {
    if (!this.part) throw new NotLoaded(this.load);
    return new (this.part[name] as Made)(...given);
  }

  /** A record that has nothing in it until the part has come. */
  filled<T extends object>(name: string, record: T): T {
    // The module that has it may come after the part.
    if (this.part) Object.assign(record, this.part[name]);
    else this.empty.push({ name, record });
    return record;
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
