import { filesHere } from '../../src/app/repl/files-here.ts';
import { misfitText } from '../../src/app/repl/marks.ts';
import type { Answer, Host } from '../../src/session/answer.ts';
import { emptyState, evaluateLine, type ReplState } from '../../src/session/evaluate.ts';

/** A session whose answers are texts. */
export class Dialogue {
  state: ReplState = emptyState;
  host: Host = { width: 80, files: filesHere };

  async answer(line: string): Promise<Answer> {
    const answer = await evaluateLine(this.state, line, this.host);
    this.state = answer.state;
    return answer;
  }

  /** What the last of some lines is answered; none may be refused. */
  async say(...lines: readonly string[]): Promise<string> {
    let output = '';
    for (const line of lines) {
      const { output: told, misfit } = await this.answer(line);
      if (misfit) throw new Error(`“${line}” was refused: ${misfitText(misfit, undefined, false)}`);
      output = told;
    }
    return output;
  }

  /** What a line is refused with, as it stands on a screen below it. The session is what it was. */
  async refused(line: string): Promise<string> {
    const before = this.state;
    const { misfit, state } = await this.answer(line);
    if (!misfit) throw new Error(`“${line}” was accepted`);
    if (state !== before) throw new Error(`“${line}” was refused, but changed the session`);
    return misfitText(misfit, { prompt: 2, columns: 80, adjacent: true }, false);
  }
}

export const OR_GATE = 'examples/or-gate.grad';

export async function orGate(): Promise<Dialogue> {
  const session = new Dialogue();
  await session.say(`:load ${OR_GATE}`);
  return session;
}
