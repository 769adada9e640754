// When the page turns dark or light.

const NAMES = [
  "class",
  "data-theme",
  "theme",
  "data-jp-theme-light",
  "data-vscode-theme-kind",
];

/** Call `act` whenever the colours of the page may have changed. @param {() => void} act @param {AbortSignal} signal */
export function watchTheme(act, signal) {
  const observer = new MutationObserver(act);
  for (const element of [document.documentElement, document.body])
    observer.observe(element, { attributeFilter: NAMES });
  signal.addEventListener("abort", () => observer.disconnect());
  window
    .matchMedia("(prefers-color-scheme: dark)")
    .addEventListener("change", act, { signal });
}
