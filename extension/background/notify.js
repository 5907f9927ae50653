// Notifications of the system, by the permission that any web page can ask for: the extension's own would be asked for at
// installation, of people who never want to be told anything.
import { showTab } from './own-tab.js';

/**
 * Tells the person, unless the browser was not allowed to.
 * @param {Host.Notify} effect
 */
export async function notify({ tag, title, text, route }) {
  if (Notification.permission !== 'granted') return;
  const options = { body: text, tag, icon: chrome.runtime.getURL('icons/128.png'), data: { route } };
  const { registration } = /** @type {any} */ (globalThis);
  // Firefox's background is a page, Chrome's a service worker.
  if (registration) return registration.showNotification(title, options);
  const shown = new Notification(title, options);
  shown.onclick = () => void lead(shown);
}

/** Leads to what a notification is about. @param {Notification} notification */
export function lead(notification) {
  notification.close();
  const { route } = notification.data ?? {};
  return typeof route === 'string' ? showTab(route).catch(() => {}) : undefined;
}
