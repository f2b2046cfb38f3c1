/** A derivation that every course has, and what a book has for it. */
export interface Classic {
  readonly name: string;
  readonly source: string;
  /** The book and the place. */
  readonly book: string;
  /** What it has: the derivative by a name, or what arrives at a quantity (`dZ`), in the notation of the source. */
  readonly says: Readonly<Record<string, string>>;
  /** Derived by these, where that is not what the source declares. */
  readonly wrt?: readonly string[];
  /** Derived that often. */
  readonly order?: number;
}
