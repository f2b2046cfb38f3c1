import { GradusError } from '../../language/diagnostics.ts';
import type { EngineArguments } from './asked.ts';

/**
 * Where a process of a run stands: all are here and ours to start; it is one of many that something else starts; or a
 * scheduler has started it, and JAX knows where the others are.
 */
export type Place = { readonly wait: number } & (
  | { readonly kind: 'here'; readonly processes: number; readonly number: 0 }
  | { readonly kind: 'member'; readonly processes: number; readonly number: number; readonly coordinator: string }
  | { readonly kind: 'scheduled'; readonly processes: number; readonly number: number; readonly scheduler: string }
);

/**
 * Seconds in which all processes have to come, unless told: those that are here we watch ourselves, and a scheduler's address
 * is right; one that somebody typed may not be.
 */
const WAIT = { here: 300, member: 8, scheduled: 60 } as const;

/** What starts many processes, and how each learns from it how many they are, and which it is. JAX finds their addresses. */
const SCHEDULERS = [
  { name: 'SLURM', processes: 'SLURM_NTASKS', number: 'SLURM_PROCID', also: 'SLURM_STEP_NODELIST' },
  { name: 'Open MPI', processes: 'OMPI_COMM_WORLD_SIZE', number: 'OMPI_COMM_WORLD_RANK', also: 'OMPI_MCA_orte_hnp_uri' },
] as const;

/** @throws GradusError `usage` for options that do not go together */
export function placeOf({ processes, coordinator, processId, wait }: EngineArguments, env: NodeJS.ProcessEnv): Place {
  if (coordinator === undefined && processId === undefined) {
    if (processes !== undefined) return here(processes, wait);
    return scheduled(env, wait) ?? here(1, wait);
  }
  const lacking = coordinator === undefined ? '--coordinator' : processId === undefined ? '--process-id' : undefined;
  if (lacking ?? processes === undefined)
    throw new GradusError('usage', `a process of many needs ${lacking ?? '--processes'} too`, {
      hint: 'each is started with --coordinator HOST:PORT --processes 4 --process-id 0, up to 3',
    });
  if (!/^.+:\d+$/.test(coordinator!))
    throw new GradusError('usage', `--coordinator ${coordinator} is no address`, {
      hint: `it is that of process 0, with a port that is free there: --coordinator ${coordinator!.replace(/:.*$/, '')}:1234`,
    });
  if (processId! >= processes!)
    throw new GradusError('usage', `there is no process ${processId} among ${processes}`, {
      hint: `they count from 0 to ${processes! - 1}`,
    });
  return { kind: 'member', processes: processes!, number: processId!, coordinator: coordinator!, wait: wait ?? WAIT.member };
}

const here = (processes: number, wait: number = WAIT.here): Place => ({ kind: 'here', processes, number: 0, wait });

function scheduled(env: NodeJS.ProcessEnv, wait: number = WAIT.scheduled): Place | undefined {
  for (const scheduler of SCHEDULERS) {
    const [processes, number] = [Number(env[scheduler.processes]), Number(env[scheduler.number])];
    if (env[scheduler.also] === undefined || !(processes > 1) || !Number.isSafeInteger(number)) continue;
    return { kind: 'scheduled', processes, number, scheduler: scheduler.name, wait };
  }
  return undefined;
}
