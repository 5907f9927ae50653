// The window in which a person answers a site's request.

const WIDTH = 400;
const HEIGHT = 640;

const PAGE = 'page.html#/approval';

/**
 * Opens it over the window of the tab that asked, if that is still there; or finds the one that is open already, when
 * the background was stopped before it could note it.
 * @param {number | null} tab
 * @returns {Promise<number | null>} its id, or nothing when the browser opened none
 */
export async function openApproval(tab) {
  const there = await find().catch(() => undefined);
  if (there !== undefined) {
    showApproval(there).catch(() => {});
    return there;
  }
  const window = { url: chrome.runtime.getURL(PAGE), width: WIDTH, height: HEIGHT, focused: true };
  const place = tab === null ? null : await placeOver(tab).catch(() => null);
  // A browser refuses a place that is mostly off the screen.
  const opened = (place && (await open({ ...window, ...place }))) ?? (await open(window));
  return opened?.id ?? null;
}

/**
 * Brings it to the front, from wherever a person put it away.
 * @param {number} window
 * @returns {Promise<unknown>} fails when it is gone
 */
export async function showApproval(window) {
  const { state } = await chrome.windows.get(window);
  const restored = state === 'minimized' ? { state: /** @type {const} */ ('normal') } : {};
  return chrome.windows.update(window, { ...restored, focused: true, drawAttention: true });
}

/** @returns {Promise<number | undefined>} the window that shows it, if there is one */
async function find() {
  const popups = await chrome.windows.getAll({ populate: true, windowTypes: ['popup'] });
  return popups.find(({ tabs }) => tabs?.some(({ url }) => url === chrome.runtime.getURL(PAGE)))?.id;
}

/** @param {chrome.windows.CreateData} data */
async function open(data) {
  try {
    return await chrome.windows.create({ ...data, type: 'popup' });
  } catch {
    return null;
  }
}

/** @param {number} tab */
async function placeOver(tab) {
  const { windowId } = await chrome.tabs.get(tab);
  const { left, top, width, height } = await chrome.windows.get(windowId);
  if (left === undefined || top === undefined || width === undefined || height === undefined) return null;
  return {
    left: Math.round(left + (width - WIDTH) / 2),
    top: Math.round(top + Math.max(0, height - HEIGHT) / 2),
  };
}
