import katex from 'katex';
import { withAbsent } from '../../../src/api/absent.ts';
import { namesToDerive } from '../../../src/api/names.ts';
import { Swept } from '../../../src/api/swept.ts';
import { documentOf } from '../../../src/derivation/compose.ts';
import { wordsOf } from '../../../src/derivation/words/index.ts';
import { elaborate } from '../../../src/elaborate/elaborate.ts';
import { GradusError } from '../../../src/language/diagnostics.ts';
import { parse } from '../../../src/language/parser.ts';
import { type Lang, speechOf } from '../../../src/language/speech.ts';
import { documentHtml } from '../../../src/render/formats/html.ts';
import { escapeHtml, provideKatex } from '../../../src/render/katex.ts';

/**
 * `<gradus-derivation>x^2*sin(x)</gradus-derivation>`: a derivation on a page of somebody's, in one script without anything
 * beside it. Formulas are MathML, which browsers set themselves, so no style sheet and no fonts are needed; colours and
 * fonts are the page's own.
 *
 * Attributes: `lang` (of the nearest element that says one, if left out), `notation` (`matrix` or `index`), `detail` (`brief` or
 * `full`), `wrt` (names, by commas).
 */

provideKatex({ renderToString: (tex, options) => katex.renderToString(tex, { ...options, output: 'mathml' }) });

const STYLE = `<style>
:host { display: block; }
:host([hidden]) { display: none; }
h3 { font-size: 1.05em; margin: 1em 0 .3em; }
p { margin: .4em 0; }
summary:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }
.wrong { border-left: 3px solid currentColor; padding-left: .8em; white-space: pre-wrap; }
pre { margin: 0; overflow-x: auto; font-size: .95em; }
@media print { li { break-inside: avoid; } }
</style>`;

const when = (work: () => void): void => {
  if ('requestIdleCallback' in globalThis) requestIdleCallback(work, { timeout: 500 });
  else setTimeout(work);
};

class GradusDerivation extends HTMLElement {
  static readonly observedAttributes = ['lang', 'notation', 'detail', 'wrt'];

  private readonly root = this.attachShadow({ mode: 'open' });
  private readonly watch = new MutationObserver(() => this.later());
  private isWaiting = false;

  connectedCallback(): void {
    this.watch.observe(this, { childList: true, characterData: true, subtree: true });
    addEventListener('beforeprint', this.openAll);
    addEventListener('afterprint', this.fold);
    // Until it is set, the source is what one sees; who has no scripts sees it too.
    if (this.root.childNodes.length === 0) this.root.innerHTML = `${STYLE}<pre><slot></slot></pre>`;
    this.later();
  }

  disconnectedCallback(): void {
    this.watch.disconnect();
    removeEventListener('beforeprint', this.openAll);
    removeEventListener('afterprint', this.fold);
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.later();
  }

  /** Nothing on the page waits for it. */
  private later(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    when(() => {
      this.isWaiting = false;
      this.set();
    });
  }

  private set(): void {
    const lang: Lang = /^zh\b/.test(this.closest<HTMLElement>('[lang]')?.lang ?? '') ? 'zh' : 'en';
    this.root.innerHTML = STYLE + this.html(lang);
    this.dispatchEvent(new Event('set', { bubbles: true, composed: true }));
  }

  private html(lang: Lang): string {
    try {
      const model = { ...elaborate(parse(dedented(this.textContent ?? ''))), lang };
      const wrt = namesToDerive(model, this.getAttribute('wrt')?.split(/\s*,\s*/));
      const words = wordsOf({ lang });
      const document = documentOf(new Swept(withAbsent(model, wrt), wrt).derived(words), {
        words,
        conventions: false,
        detail: this.getAttribute('detail') === 'brief' ? 'brief' : 'full',
        notation: this.getAttribute('notation') === 'index' ? 'index' : 'matrix',
      });
      return documentHtml(document, { level: 3, style: 'mathml' });
    } catch (error) {
      if (!(error instanceof GradusError)) throw error;
      const { message, hint } = error.told(speechOf(lang));
      const said = [message, hint].flatMap((text) => (text ? [`<p>${escapeHtml(text)}</p>`] : []));
      return `<div class="wrong" role="alert" lang="${lang}"><pre>${escapeHtml(dedented(this.textContent ?? ''))}</pre>${said.join('')}</div>`;
    }
  }

  /** On paper nothing can be opened. */
  private readonly openAll = (): void => {
    for (const details of this.root.querySelectorAll('details:not([open])')) {
      details.setAttribute('open', '');
      details.setAttribute('data-folded', '');
    }
  };

  private readonly fold = (): void => {
    for (const details of this.root.querySelectorAll('details[data-folded]')) {
      details.removeAttribute('open');
      details.removeAttribute('data-folded');
    }
  };
}

/** A source without the indent that it has in its page. */
function dedented(text: string): string {
  const lines = text.replace(/^\s*\n|\s+$/g, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)![0].length));
  return Number.isFinite(indent) ? lines.map((line) => line.slice(indent)).join('\n') : '';
}

// A page may have the script twice.
if (!customElements.get('gradus-derivation')) customElements.define('gradus-derivation', GradusDerivation);
