/**
 * Bytes that a JavaScript world of Chromium holds after its garbage was collected: its objects, and the memory of its
 * buffers and WebAssembly.
 * @param {import('puppeteer-core').CDPSession} session of a page or a worker
 */
export async function heapOf(session) {
  // What only finalizers let go of is there once more.
  for (let round = 0; round < 2; round += 1) await session.send('HeapProfiler.collectGarbage');
  const { usedSize, embedderHeapUsedSize, backingStorageSize } = await session.send('Runtime.getHeapUsage');
  return { objects: usedSize + embedderHeapUsedSize, buffers: backingStorageSize };
}

/** The background's, which has to run. @param {import('./browser.mjs').Driver} driver */
export async function workerHeap(driver) {
  const target = await driver.inner.waitForTarget(
    (one) => one.type() === 'service_worker' && one.url().startsWith(driver.extensionUrl('')),
  );
  const worker = await target.worker();
  if (!worker) throw new Error('the background does not run');
  return heapOf(worker.client);
}

/** @param {import('./page.mjs').Page} page */
export async function pageHeap(page) {
  const session = await page.inner.createCDPSession();
  try {
    return await heapOf(session);
  } finally {
    await session.detach();
  }
}
