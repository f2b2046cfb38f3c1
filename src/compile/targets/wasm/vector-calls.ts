import type { Intrinsic } from '../../intrinsic.ts';
import type { Lanes, Vector } from './lanes.ts';
import { VECTOR_FUNCTIONS } from './math/index.ts';
import type { Shared } from './shared.ts';

/** Relations as masks. */
export const COMPARISONS: Readonly<Record<string, 'lt' | 'le' | 'gt' | 'ge' | 'eq' | 'ne'>> = {
  '<': 'lt',
  '<=': 'le',
  '>': 'gt',
  '>=': 'ge',
  '==': 'eq',
  '!=': 'ne',
};

/** A function of vectors: its own, or the one of numbers for each lane that counts. */
export function vectorCall(v: Lanes, shared: Shared, f: Intrinsic, args: readonly Vector[], lanes: number): Vector {
  if (f.name === 'max' || f.name === 'min') return v.of(f.name, args[0]!, args[1]!);
  const own = VECTOR_FUNCTIONS[f.name];
  if (own) return () => own(v, v.keep(args[0]!))();
  return () => {
    const { code } = v;
    const single = v.precision === 'f32';
    const kept = args.map((arg) => {
      const register = code.local('v128');
      arg();
      code.set(register);
      return register;
    });
    const found = code.local('v128');
    for (let lane = 0; lane < lanes; lane++) {
      if (lane > 0) code.get(found);
      for (const register of kept) {
        code.get(register).lane(single ? 'f32x4.extract_lane' : 'f64x2.extract_lane', lane);
        if (single) code.op('f64.promote_f32');
      }
      code.call(shared.kernel(f));
      if (single) code.op('f32.demote_f64');
      if (lane === 0) code.op(single ? 'f32x4.splat' : 'f64x2.splat');
      else code.lane(single ? 'f32x4.replace_lane' : 'f64x2.replace_lane', lane);
      code.set(found);
    }
    code.get(found);
  };
}
