import { double, signed, text, unsigned } from './bytes.ts';
import { type Callable, Code, type Global } from './code.ts';
import { TYPES, type Type } from './opcodes.ts';

interface Import extends Callable {
  readonly field: string;
}

/** A module being written: imports from `e`, one memory, functions, globals. */
export class Module {
  private readonly imports: Import[] = [];
  private readonly functions: Code[] = [];
  private readonly globals: Type[] = [];
  private readonly exports = new Map<string, Code>();

  import(field: string, parameters: readonly Type[], result?: Type): Callable {
    const made = { field, parameters, result };
    this.imports.push(made);
    return made;
  }

  function(parameters: readonly Type[], result?: Type): Code {
    const made = new Code(parameters, result);
    this.functions.push(made);
    return made;
  }

  /** A number that begins as 0. */
  global(type: Type): Global {
    this.globals.push(type);
    return { index: this.globals.length - 1, type };
  }

  export(name: string, code: Code): void {
    this.exports.set(name, code);
  }

  /** @param pages of the memory that it imports as `memory` */
  bytes(pages: number): Uint8Array {
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
    const out: number[] = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
    const section = (id: number, count: number, write: (content: number[]) => void): void => {
      if (count === 0) return;
      const content: number[] = [];
      unsigned(count, content);
      write(content);
      out.push(id);
      unsigned(content.length, out);
      for (const byte of content) out.push(byte);
    };
    section(1, signatures.size, (content) => {
      for (const key of signatures.keys()) {
        const [parameters, result] = key.split(':') as [string, string];
        content.push(0x60);
        for (const list of [parameters, result === 'undefined' ? '' : result]) {
          const types = list === '' ? [] : (list.split(',') as Type[]);
          unsigned(types.length, content);
          for (const type of types) content.push(TYPES[type]);
        }
      }
    });
    section(2, this.imports.length + 1, (content) => {
      text('e', content);
      text('memory', content);
      content.push(2, 1);
      unsigned(pages, content);
      unsigned(pages, content);
      for (const imported of this.imports) {
        text('e', content);
        text(imported.field, content);
        content.push(0);
        unsigned(signature(imported), content);
      }
    });
    section(3, this.functions.length, (content) => {
      for (const code of this.functions) unsigned(signature(code), content);
    });
    section(6, this.globals.length, (content) => {
      for (const type of this.globals) {
        content.push(TYPES[type], 1);
        if (type === 'f64') {
          content.push(0x44);
          double(0, content);
        } else {
          content.push(0x41);
          signed(0, content);
        }
        content.push(0x0b);
      }
    });
    section(7, this.exports.size, (content) => {
      for (const [name, code] of this.exports) {
        text(name, content);
        content.push(0);
        unsigned(numberOf(code), content);
      }
    });
    section(10, this.functions.length, (content) => {
      for (const code of this.functions) for (const byte of code.finish(numberOf)) content.push(byte);
    });
    return Uint8Array.from(out);
  }
}
