// The window in which a person answers a site's request.

const WIDTH = 400;
const HEIGHT = 640;

/**
 * Opens it over the window of the tab that asked, if that is still there.
 * @param {number | null} tab
 * @returns {Promise<number | null>} its id, or nothing when the browser opened none
 */
export async function openApproval(tab) {
  const window = { url: chrome.runtime.getURL('page.html#/approval'), width: WIDTH, height: HEIGHT, focused: true };
  const place = tab === null ? null : await placeOver(tab).catch(() => null);
  // A browser refuses a place that is mostly off the screen.
  const opened = (place && (await open({ ...window, ...place }))) ?? (await open(window));
  return opened?.id ?? null;
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
