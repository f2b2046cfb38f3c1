/** Keeps the page for when there is no network, once what is on screen has all that it needs. */
export function keepOffline(): void {
  // Pages that are not served safely, and those in private windows, have none.
  const { serviceWorker } = navigator;
  if (!serviceWorker || !import.meta.env.PROD) return;
  const register = (): void => void serviceWorker.register('./service-worker.js').catch(() => {});
  const later = globalThis.requestIdleCallback ?? ((work: () => void) => setTimeout(work, 1000));
  const begin = (): void => void later(register, { timeout: 5000 });
  if (document.readyState === 'complete') begin();
  else addEventListener('load', begin, { once: true });
}
