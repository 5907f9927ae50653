import { accountTimes } from './bench/accounts.mjs';
import { libraryTimes } from './bench/libraries.mjs';
import { pageTimes } from './bench/pages.mjs';
import { conclude } from './bench/report.mjs';
import { sizes } from './bench/sizes.mjs';
import { surfaceTimes } from './bench/surfaces.mjs';
import { Context, startShared } from './lib/context.mjs';
import { buildPages } from './lib/dapp.mjs';

await sizes();
await pageTimes();
const shared = await startShared(await buildPages());
const context = await Context.open('chromium', shared);
try {
  await context.wallet.restore();
  await context.wallet.lock();
  await surfaceTimes(context);
  await accountTimes(context, shared);
  await libraryTimes(context.driver);
} finally {
  await context.close();
  await shared.stop();
}
await conclude();
process.exit(0);
