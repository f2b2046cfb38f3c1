import { isRecord } from '../language/came.ts';
import { GradusError } from '../language/diagnostics.ts';
import { type Speech, speechOf } from '../language/speech.ts';

/** Where errors leave the API they are told in the language that the call, or what it gave, was asked for in. */

/**
 * @param given what a call was given: the language stands among its options
 * @throws GradusError of the work, in that language
 */
export function speaking<T>(given: readonly unknown[], work: () => T): T {
  const options = given.find((value) => isRecord(value) && typeof value.lang === 'string') as { lang: string } | undefined;
  const speech = speechOf(options?.lang);
  return speech ? telling(speech, work) : work();
}

function telling<T>(speech: Speech, work: () => T): T {
  const told = (error: unknown): never => {
    throw error instanceof GradusError ? error.told(speech) : error;
  };
  try {
    const result = work();
    return result instanceof Promise ? (result.catch(told) as T) : result;
  } catch (error) {
    return told(error);
  }
}

/** A function that tells its errors in a language, with the properties that it has; as it is in English. */
export function tellingErrors<F extends (...args: never[]) => unknown>(run: F, lang: string | undefined): F {
  const speech = speechOf(lang);
  return speech ? Object.assign(((...args: Parameters<F>) => telling(speech, () => run(...args))) as F, run) : run;
}

/** Lets an object's methods tell their errors in a language. In English nothing is done, so that nothing is slower. */
export function speaksIn(object: object, lang: string | undefined): void {
  const speech = speechOf(lang);
  if (!speech) return;
  const prototype: object = Object.getPrototypeOf(object);
  for (const key of Reflect.ownKeys(prototype)) {
    const { value, get } = Object.getOwnPropertyDescriptor(prototype, key)!;
    if (key === 'constructor') continue;
    if (typeof value === 'function') {
      const told = (...args: unknown[]) => telling(speech, () => value.apply(object, args));
      Object.defineProperty(object, key, { value: told, configurable: true, writable: true });
    } else if (get) {
      Object.defineProperty(object, key, { get: () => telling(speech, () => get.call(object)), configurable: true });
    }
  }
}
