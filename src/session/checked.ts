import { GradusError } from '../language/diagnostics.ts';
import type { Model } from '../model/model.ts';
import { type Entry, entryAt, sourceOf } from './entries.ts';
import { Misfit, moved, typedError } from './misfit.ts';
import { modelOf } from './state.ts';

/**
 * The model of a session with what was typed in its place.
 * @throws Misfit as it concerns who typed a line of it
 */
export function checked(entries: readonly Entry[], line: string): Model {
  const source = sourceOf(entries);
  try {
    const model = modelOf(source);
    // x = x + 1 with a free x on the right.
    const itself = entries.find(
      (e) => e.kind === 'assignment' && e.typed && model.inputs.has(e.name!) && model.definitions.some((d) => d.name === e.name),
    );
    if (itself) throw circular(entries, itself, line)!;
    return model;
  } catch (error) {
    if (!(error instanceof GradusError)) throw error;
    throw misfit(error, source, entries, line);
  }
}

/** An error of the new source, as it concerns who typed a line of it. */
function misfit(error: GradusError, source: string, entries: readonly Entry[], line: string): Misfit {
  if (error.code === 'name') {
    const circle = entries.flatMap((entry) => circular(entries, entry, line) ?? [])[0];
    if (circle) return circle;
  }
  const place = error.span && entryAt(entries, error.span.start);
  if (!error.span || !place) return typedError(line, moved(error, undefined));
  const { entry, start } = place;
  if (!entry.typed) return laterMisfit(error, source, entries, entry, start);
  const shift = entry.typed.at - entry.typed.lead - start;
  return typedError(line, moved(error, { start: error.span.start + shift, end: error.span.end + shift }));
}

/** A statement of before does not fit what is new. */
function laterMisfit(error: GradusError, source: string, entries: readonly Entry[], entry: Entry, start: number): Misfit {
  const { span } = error;
  const changed = entries.flatMap((e) => (e.typed && e.name ? [e.name] : [])).join(', ');
  const kept = changed === '' ? 'nothing is changed' : `${changed} stays as it was`;
  const told = new GradusError(error.code, `${error.message}. ${entry.name ?? 'The objective'} no longer fits, so ${kept}`, {
    span: { start: span!.start - start, end: span!.end - start },
    hint: error.hint,
    note: error.note,
  });
  return new Misfit(told, source.slice(start, start + entry.text.length), false);
}

/** `a = b + 1` where b is defined by a. */
function circular(entries: readonly Entry[], entry: Entry, line: string): Misfit | undefined {
  if (!entry.typed || entry.kind !== 'assignment') return undefined;
  for (const { name, at } of mentioned(entry)) {
    if (name !== entry.name && !comesOf(entries, name, entry.name!)) continue;
    const start = entry.typed.at - entry.typed.lead + at;
    const message =
      name === entry.name
        ? `${name} is defined by itself`
        : `${entry.name} cannot be defined by ${name}, which comes of ${entry.name}`;
    return typedError(line, new GradusError('name', message, { span: { start, end: start + name.length } }));
  }
  return undefined;
}

/** Whether a name is defined by another one, at once or through others. */
function comesOf(entries: readonly Entry[], name: string, other: string, seen: readonly string[] = []): boolean {
  if (seen.includes(name)) return false;
  const parts = entries.filter((e) => e.name === name && e.kind !== 'declaration').flatMap(mentioned);
  return parts.some((part) => part.name === other || comesOf(entries, part.name, other, [...seen, name]));
}

/** The names right of the equality sign, as they are written. */
function mentioned({ text }: Entry): { name: string; at: number }[] {
  const from = text.indexOf('=') + 1;
  return [...text.slice(from).matchAll(/[\p{L}_][\p{L}\p{M}\p{N}_₀-₉]*/gu)].map(({ 0: name, index }) => ({
    name,
    at: from + index,
  }));
}
