/*
 * Starts the surface that page.html was opened as. If the surface cannot start or breaks, a plain sentence and a
 * button to load it again stand in its place, never an empty window.
 */

/** By the first word of the address; anything else is a full tab. As `Surface::parse` of crates/ui has it. */
const SURFACES = new Map([['', 'popup'], ['popup', 'popup'], ['approval', 'window']]);

const html = document.documentElement;
const [word] = location.hash.replace(/^[#/]*/, '').split(/[?/]/);
html.dataset.surface = SURFACES.get(word) ?? 'tab';
let started = false;
/** @type {string | null | undefined} */
let stage;
try {
  // The theme is a setting of the wallet; the surface leaves it here so that the next one opens in its colours.
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') html.dataset.theme = theme;
  stage = localStorage.getItem('stage');
} catch {
  // A browser told to keep no site data: the system's theme until the surface has asked the wallet.
}

/**
 * The unlock screen of page.html, to type into while the application loads; `early` of crates/ui takes it over: what
 * is typed, and whether it was sent off.
 */
function showUnlock() {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById('unlock'));
  const early = document.createElement('div');
  early.id = 'early';
  early.append(template.content.cloneNode(true));
  early.addEventListener('submit', (event) => {
    event.preventDefault();
    early.dataset.sent = '';
  });
  document.body.append(early);
  early.querySelector('input')?.focus();
}

// A popup whose wallet was last seen locked, or was open and has no session any more since: the browser was closed.
// If that is wrong, the application shows what is right as soon as it knows.
if (html.dataset.surface === 'popup') {
  if (stage === 'locked') showUnlock();
  if (stage === 'open') {
    chrome.storage.session.getBytesInUse?.('session').then((bytes) => bytes === 0 && !started && showUnlock(), () => {});
  }
}

/** Saves all that is stored, by itself; the application's recovery screen does it with this, too. */
async function saveWhatIsLeft() {
  const { save } = await import('./leftovers.js');
  await save();
}
Object.assign(globalThis, { saveWhatIsLeft });

/** @param {string} words @param {string} testid @param {() => void} act */
function button(words, testid, act) {
  const made = document.createElement('button');
  made.className = 'btn btn--plain';
  made.dataset.testid = testid;
  made.textContent = words;
  made.addEventListener('click', act);
  return made;
}

/**
 * Says that this page does not work; the wallet itself is in the background and not touched by it. What breaks may be
 * what this one screen shows, so there is a way to the screen that shows only what matters, and one to save all that is
 * stored without the application.
 */
function showFailure() {
  // What was typed must not stay behind in a page that nothing takes it out of.
  for (const field of document.querySelectorAll('input, textarea')) /** @type {HTMLInputElement} */ (field).value = '';
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
  const again = button('Load again', 'reload', () => location.reload());
  again.classList.replace('btn--plain', 'btn--primary');
  box.append(
    words,
    again,
    button('Only what matters', 'essentials', () => {
      location.hash = '#/recovery';
      location.reload();
    }),
    button('Save what is stored', 'recovery-save', () => void saveWhatIsLeft()),
  );
  screen.append(box);
  document.body.replaceChildren(screen);
}

// A trap leaves the module in an unknown state.
addEventListener('error', ({ error }) => error instanceof WebAssembly.RuntimeError && showFailure());
addEventListener('unhandledrejection', ({ reason }) => reason instanceof WebAssembly.RuntimeError && showFailure());

try {
  // Full tabs load all screens, popup and window only what they show.
  const tab = html.dataset.surface === 'tab';
  const code = fetch(new URL(tab ? 'wasm/pages_bg.wasm' : 'wasm/ui_bg.wasm', import.meta.url));
  code.catch(() => {});
  const { createInstance } = tab ? await import('./wasm/pages.js') : await import('./wasm/ui.js');
  const ui = createInstance();
  await ui.init({ module_or_path: code });
  started = true;
  ui.start();
} catch {
  showFailure();
}
