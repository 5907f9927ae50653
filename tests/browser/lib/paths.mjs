import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';

/** The repository's root. */
export const ROOT = fileURLToPath(new URL('../../../', import.meta.url)).replace(/\/$/, '');

/** This folder, where `node_modules` is. */
export const HERE = path.join(ROOT, 'tests/browser');

/**
 * Where things are, from `cargo xtask`; without it, where they usually are.
 * @type {{ dist?: string, out?: string, browser?: string, executable?: string }}
 */
const told = JSON.parse(process.env.CANDOR_RUN ?? '{}');

/** What scripts may write to. */
export const OUT = told.out ?? path.join(ROOT, 'target');

/** Whether the conformance run may write what it found into the repository's page. */
export const ACCEPT = process.env.CANDOR_ACCEPT === 'conformance';

/** What a failed journey leaves behind. */
export const FAILURES = path.join(OUT, 'browser');

/** Bundled dApp pages. */
export const BUNDLES = path.join(OUT, 'browser-pages');

/**
 * The program to start for a browser.
 * @param {'chromium' | 'firefox'} browser
 */
export function executableOf(browser) {
  if (told.browser === browser && told.executable) return told.executable;
  const usual = {
    chromium: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'],
    firefox: ['/usr/bin/firefox-esr', '/usr/bin/firefox'],
  };
  const found = usual[browser].find((file) => existsSync(file));
  if (!found) throw new Error(`${browser} is not installed: use \`cargo xtask test browser\`, which installs it`);
  return found;
}

/**
 * The unpacked extension of a browser.
 * @param {'chromium' | 'firefox'} browser
 */
export const distOf = (browser) => path.join(told.dist ?? path.join(ROOT, 'dist'), browser === 'chromium' ? 'chrome' : 'firefox');
