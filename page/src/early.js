// Before anything is shown: the first example stands in the document, and is not for who comes with another model or another
// language; what was chosen is there from the beginning.
(() => {
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
  if (location.hash.length > 1 || lang !== 'en' || notation !== 'auto' || (theme && theme !== 'system')) root.dataset.other = '';
})();
