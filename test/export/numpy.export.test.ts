import { everyModel, ownPython } from './python-run.ts';

everyModel('numpy', ownPython, ['polylog']);
