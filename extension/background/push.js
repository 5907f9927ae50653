// What a document is told without having asked.

/** @param {{ tab: number, frame: number, body: string }} message to one frame; nobody listening is no failure */
export async function push({ tab, frame, body }) {
  try {
    await chrome.tabs.sendMessage(tab, body, { frameId: frame });
  } catch {
    // The document is gone, or never had our script.
  }
}
