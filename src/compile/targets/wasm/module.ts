import { Bytes } from './bytes.ts';
import { type Callable, Code, type Global } from './code.ts';
import { TYPES, type Type } from './opcodes.ts';

interface Import extends Callable {
  readonly field: string;
}

/** A module being written: imports from `e`, one memory, functions, globals. */
export class Module {
  private readonly imports: Import[] = [];
  private readonly functions: Code[] = [];
  private readonly names: string[] = [];
  private readonly globals: ('f64' | 'i32')[] = [];
  private readonly exports = new Map<string, Code>();

  import(field: string, parameters: readonly Type[], result?: Type): Callable {
    const made = { field, parameters, result };
    this.imports.push(made);
    return made;
  }

  /** @param name what profilers call it */
  function(name: string, parameters: readonly Type[], result?: Type): Code {
    const made = new Code(parameters, result);
    this.functions.push(made);
    this.names.push(name);
    return made;
  }

  /** A number that begins as 0. */
  global(type: 'f64' | 'i32' = 'f64'): Global {
    this.globals.push(type);
    return { index: this.globals.length - 1 };
  }

  export(name: string, code: Code): void {
    this.exports.set(name, code);
  }

  /**
   * @param pages of the memory that it imports as `memory`
   * @param isShared whether threads share that
   */
  bytes(pages: number, isShared = false): Uint8Array {
    const all: readonly Callable[] = [...this.imports, ...this.functions];
    const number = new Map(all.map((callable, k) => [callable, k]));
    const numberOf = (callable: Callable): number => number.get(callable)!;
    const signatures = new Map<string, number>();
    const signature = ({ parameters, result }: Callable): number => {
      const key = `${parameters.join()}:${result}`;
      if (!signatures.has(key)) signatures.set(key, signatures.size);
      return signatures.get(key)!;
    };
    for (const callable of all) signature(callable);
    const out = new Bytes();
    out.bytes(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
    const section = (id: number, count: number, write: (content: Bytes) => void): void => {
      if (count === 0) return;
      const content = new Bytes();
      content.unsigned(count);
      write(content);
      out.byte(id);
      out.unsigned(content.length);
      out.append(content);
    };
    section(1, signatures.size, (content) => {
      for (const key of signatures.keys()) {
        const [parameters, result] = key.split(':') as [string, string];
        content.byte(0x60);
        for (const list of [parameters, result === 'undefined' ? '' : result]) {
          const types = list === '' ? [] : (list.split(',') as Type[]);
          content.unsigned(types.length);
          for (const type of types) content.byte(TYPES[type]);
        }
      }
    });
    section(2, this.imports.length + 1, (content) => {
      content.text('e');
      content.text('memory');
      content.bytes(2, isShared ? 3 : 1);
      content.unsigned(pages);
      content.unsigned(pages);
      for (const imported of this.imports) {
        content.text('e');
        content.text(imported.field);
        content.byte(0);
        content.unsigned(signature(imported));
      }
    });
    section(3, this.functions.length, (content) => {
      for (const code of this.functions) content.unsigned(signature(code));
    });
    section(6, this.globals.length, (content) => {
      for (const type of this.globals) {
        content.bytes(TYPES[type], 1);
        if (type === 'f64') {
          content.byte(0x44);
          content.double(0);
        } else content.bytes(0x41, 0);
        content.byte(0x0b);
      }
    });
    section(7, this.exports.size, (content) => {
      for (const [name, code] of this.exports) {
        content.text(name);
        content.byte(0);
        content.unsigned(numberOf(code));
      }
    });
    section(10, this.functions.length, (content) => {
      for (const code of this.functions) code.finish(numberOf, content);
    });
    this.name(out);
    return out.written;
  }

  /** The section of names. */
  private name(out: Bytes): void {
    const list = new Bytes();
    list.unsigned(this.names.length);
    this.names.forEach((name, k) => {
      list.unsigned(this.imports.length + k);
      list.text(name);
    });
    const content = new Bytes();
    content.text('name');
    content.byte(1);
    content.unsigned(list.length);
    content.append(list);
    out.byte(0);
    out.unsigned(content.length);
    out.append(content);
  }
}
