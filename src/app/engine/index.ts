import type { Engine } from '../../descend/index.ts';
import type { EngineArguments } from './asked.ts';
import { Crew } from './crew.ts';
import { programsOf } from './folder.ts';
import type { EngineName } from './names.ts';
import { type Place, placeOf } from './place.ts';
import { pythonOf } from './python.ts';
import { RemoteRunner } from './runner.ts';

/** The steps of a run in processes of Python. */
export class PythonEngine implements Engine {
  readonly name: EngineName;
  readonly place: Place;
  private readonly python: string;
  private readonly checkpoint: string | undefined;
  private crew: Crew | undefined;

  /**
   * @param checkpoint the file that a run can go on from
   * @throws GradusError `usage` for options that do not go together, `engine` where there is no Python
   */
  constructor(name: EngineName, { python, ...place }: EngineArguments, checkpoint: string | undefined, env: NodeJS.ProcessEnv) {
    this.name = name;
    this.place = placeOf(place, env);
    this.python = pythonOf(python, env);
    this.checkpoint = checkpoint;
  }

  runner: Engine['runner'] = (problem, axis) => {
    const programs = programsOf(problem, axis);
    this.crew = new Crew(this.python, this.place, programs, this.checkpoint);
    return new RemoteRunner(problem, programs, this.crew, axis !== undefined);
  };

  /** Whether another process leads the run. */
  get follows(): boolean {
    return this.place.number > 0;
  }

  /** Before the first step: all processes are there, or the signal has come. @throws GradusError `engine` */
  async start(signal: AbortSignal | undefined): Promise<void> {
    await this.unless(signal, this.crew!.start());
  }

  /** The part of a process that another one leads. @throws GradusError `engine` */
  async serve(signal: AbortSignal | undefined): Promise<void> {
    await this.unless(signal, this.crew!.served(), GRACE);
  }

  async stop(): Promise<void> {
    await this.crew?.stop();
  }

  /** What is done unless the signal comes, and some milliseconds pass. */
  private async unless(signal: AbortSignal | undefined, done: Promise<void>, grace = 0): Promise<void> {
    const stopped = new Promise<void>((resolve) => {
      const stop = () => setTimeout(resolve, grace);
      if (signal?.aborted) stop();
      else signal?.addEventListener('abort', stop, { once: true });
    });
    await Promise.race([done, stopped.then(() => this.crew!.kill())]);
    // What comes of it later nobody waits for.
    done.catch(() => {});
  }
}

/** Milliseconds in which the process that leads can end the run when all are interrupted. */
const GRACE = 600;
