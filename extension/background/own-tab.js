// Our own page in a tab, which is never opened twice.

/** @param {string} route the part of its address after the file's name @returns {Promise<void>} */
export async function showTab(route) {
  const url = chrome.runtime.getURL(`page.html${route}`);
  const windows = await chrome.windows.getAll({ populate: true, windowTypes: ['normal'] });
  const there = windows.flatMap(({ tabs }) => tabs ?? []).find((tab) => tab.url === url);
  if (there?.id === undefined) {
    await chrome.tabs.create({ url });
  } else {
    await chrome.tabs.update(there.id, { active: true });
    await chrome.windows.update(there.windowId, { focused: true });
  }
}
