import { hotCold } from './hot-cold.ts';
import { lbfgs } from './lbfgs.ts';
import { levenbergMarquardt } from './levenberg-marquardt.ts';
import { newton } from './newton.ts';
import { newtonCg } from './newton-cg.ts';

export type { Iteration, Solver, Standing } from './solver.ts';

/** The only list of solvers. */
export const solvers = [lbfgs, newton, newtonCg, levenbergMarquardt, hotCold] as const;
