import { render } from 'preact';
import 'katex/dist/katex.min.css';
import 'virtual:derivation.css';
import './style/index.css';
import { begin } from './model.ts';
import { keepOffline } from './offline/register.ts';
import { openAddress } from './share/link.ts';
import { Page } from './views/page.tsx';
import { showOnce } from './views/transport.tsx';

await openAddress();
begin();
render(<Page />, document.getElementById('page')!);
showOnce();
keepOffline();
