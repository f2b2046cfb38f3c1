/** How one library is spelled: what differs between NumPy, JAX and PyTorch. Everything else is common to them. */
export interface PythonLibrary {
  readonly name: string;
  readonly words: string;
  /** The prefix of its functions. */
  readonly prefix: string;
  readonly imports: readonly string[];
  /** Lines behind the imports. */
  readonly settings: readonly string[];
  readonly precision: Readonly<Record<'f64' | 'f32', string>>;
  /** Entrywise functions by the names of our operators: a function, or a pattern with {0}, {1}. */
  readonly functions: Readonly<Record<string, string>>;
  /** Functions of whole arrays, by the names of our operators; {axis} stands for the axes of a cell. */
  readonly arrays: Readonly<Record<string, string>>;
  /** Functions of ours that the patterns call, written out in the program that needs them. */
  readonly helpers: Readonly<Record<string, Helper>>;
  /** What cannot be told, by operator. */
  readonly missing: ReadonlySet<string>;
  /** Numbers of Python's own are no arguments of its functions. */
  readonly strict: boolean;
  readonly array: (text: string) => string;
  readonly number: (condition: string) => string;
  readonly sum: (array: string, axes: string) => string;
  readonly transpose: (array: string, axes: string) => string;
  readonly broadcast: (array: string, shape: string) => string;
  readonly einsum: (spec: string, operands: string) => string;
  readonly scan: 'loop' | 'scan';
  /** Whether it has convolutions of any number of axes, with any strides. */
  readonly convolves: boolean;
  /** Of a function in which something is chosen: what keeps the library from warning of what is not. */
  readonly silent?: string;
  /** A function made fast, by its name. */
  readonly compiled: (name: string) => string;
  /** Of `--check`: the gradients by the library's own differentiation, if it has one. */
  readonly autodiff?: readonly string[];
}

export interface Helper {
  readonly text: string;
  readonly needs?: readonly string[];
}
