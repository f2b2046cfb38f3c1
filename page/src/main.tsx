import { hydrate, render } from 'preact';
import 'katex/dist/katex.min.css';
import 'virtual:derivation.css';
import './style/index.css';
import { takeFirstView } from './first-view.ts';
import { begin, derivations } from './model.ts';
import { keepOffline } from './offline/register.ts';
import { openAddress } from './share/link.ts';
import { Page } from './views/page.tsx';
import { showOnce } from './views/transport.tsx';

const place = document.getElementById('page')!;
if (takeFirstView()) {
  hydrate(<Page />, place);
  // What is there is painted first.
  requestAnimationFrame(() => setTimeout(begin));
} else {
  // It loads while the address is read.
  derivations.start();
  await openAddress();
  begin();
  render(<Page />, place);
}
showOnce();
keepOffline();
