// Before anything is shown: the first example stands in the document, and is not for who comes with another model or another
// language, for whom the engine is begun at once; what was chosen is there from the beginning.
(() => {
  const { worker, engine, fonts } = document.currentScript.dataset;
  const root = document.documentElement;
  const chosen = (name) => {
    try {
      return localStorage.getItem(`gradus.${name}`);
    } catch {
      return null;
    }
  };
  const theme = chosen('theme');
  if (theme) root.dataset.theme = theme;
  const lang = chosen('lang') ?? (navigator.language.startsWith('zh') ? 'zh' : 'en');
  const notation = chosen('notation') ?? 'auto';
  const isOther = location.hash.length > 1 || lang !== 'en' || notation !== 'auto' || (theme && theme !== 'system');
  if (!isOther) {
    for (const href of fonts.split(' '))
      document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'font', crossOrigin: '', href }));
    return;
  }
  root.dataset.other = '';
  globalThis.gradusWorker = new Worker(worker, { type: 'module', name: 'derivations' });
  // What it will import one after the other comes all at once.
  for (const file of engine.split(' ')) fetch(file, { priority: 'low' }).catch(() => {});
})();
