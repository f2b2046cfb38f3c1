import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { GradusError } from '../../language/diagnostics.ts';

/** What Python is called where nobody says. */
const NAMES = ['python3', 'python'];

/**
 * The Python that runs an engine: the one that is asked for, by an option or by GRADUS_PYTHON, or the first on the path.
 * @throws GradusError `engine` where there is none
 */
export function pythonOf(asked: string | undefined, env: NodeJS.ProcessEnv): string {
  const given = asked ?? (env.GRADUS_PYTHON || undefined);
  if (given !== undefined) {
    const found = located(given, env);
    if (found !== undefined) return found;
    throw new GradusError('engine', `there is no Python at ${given}`, {
      hint: asked === undefined ? 'GRADUS_PYTHON says so; set it to a Python that has JAX' : 'say where it is: --python PATH',
    });
  }
  for (const name of NAMES) {
    const found = located(name, env);
    if (found !== undefined) return found;
  }
  throw new GradusError('engine', 'there is no Python here: neither python3 nor python is found', {
    hint: 'install Python 3, then python3 -m pip install jax; or say where it is: --python PATH',
  });
}

/** A program by its path, or found as a shell finds it. */
function located(name: string, env: NodeJS.ProcessEnv): string | undefined {
  const places = name.includes('/') ? [name] : (env.PATH ?? '').split(delimiter).map((folder) => join(folder, name));
  return places.find(isProgram);
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
