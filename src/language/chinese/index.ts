import type { Catalogue } from '../speech.ts';
import { calculus } from './calculus.ts';
import { language } from './language.ts';
import { operators } from './operators.ts';
import { running } from './running.ts';
import { training } from './training.ts';

/** What gradus says in Chinese, stage by stage: English templates, and what they are there. */
export const chinese: readonly (() => Catalogue)[] = [language, calculus, operators, running, training];
