/*
 * Starts the surface that page.html was opened as. If the surface cannot start or breaks, a plain sentence and a
 * button to load it again stand in its place, never an empty window.
 */

/** By the first word of the address; anything else is a full tab. As `Surface::parse` of crates/ui has it. */
const SURFACES = new Map([['', 'popup'], ['popup', 'popup'], ['approval', 'window']]);

const html = document.documentElement;
const [word] = location.hash.replace(/^[#/]*/, '').split(/[?/]/);
html.dataset.surface = SURFACES.get(word) ?? 'tab';
try {
  // The theme is a setting of the wallet; the surface leaves it here so that the next one opens in its colours.
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') html.dataset.theme = theme;
} catch {
  // A browser told to keep no site data: the system's theme until the surface has asked the wallet.
}

/** Says that this page does not work; the wallet itself is in the background and not touched by it. */
function showFailure() {
  const screen = document.createElement('main');
  screen.className = 'win';
  screen.dataset.testid = 'screen';
  screen.dataset.screen = 'error';
  const box = document.createElement('section');
  box.className = 'errbox';
  box.role = 'alert';
  const words = document.createElement('p');
  words.dataset.testid = 'error';
  words.textContent = 'This page stopped working. Your accounts are not affected.';
  const again = document.createElement('button');
  again.className = 'btn btn--primary';
  again.textContent = 'Load again';
  again.addEventListener('click', () => location.reload());
  box.append(words, again);
  screen.append(box);
  document.body.replaceChildren(screen);
}

// A trap leaves the module in an unknown state.
addEventListener('error', ({ error }) => error instanceof WebAssembly.RuntimeError && showFailure());
addEventListener('unhandledrejection', ({ reason }) => reason instanceof WebAssembly.RuntimeError && showFailure());

try {
  const code = fetch(new URL('wasm/ui_bg.wasm', import.meta.url));
  code.catch(() => {});
  const { createInstance } = await import('./wasm/ui.js');
  const ui = createInstance();
  await ui.init({ module_or_path: code });
  ui.start();
} catch {
  showFailure();
}
