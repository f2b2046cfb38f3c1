import { spawnSync } from 'node:child_process';
import { everyModel, ownPython } from './python-run.ts';

/** PyTorch is large: it is not in our environment, but Debian has it. */
function python(): string {
  const found = [ownPython(), '/usr/bin/python3', 'python3'].find(
    (one) => spawnSync(one, ['-c', 'import torch'], { stdio: 'ignore' }).status === 0,
  );
  if (found === undefined)
    throw new Error('no Python has torch: apt-get install python3-torch, or set GRADUS_PYTHON to one that has it');
  return found;
}

everyModel('torch', python, [
  ...['Chi', 'Ci', 'Ei', 'Shi', 'Si', 'besseli', 'besselj', 'besselk', 'bessely', 'dawson', 'elliptic_e', 'elliptic_f'],
  ...['elliptic_k', 'erfi', 'fresnelc', 'fresnels', 'lambertw', 'li', 'polylog'],
]);
