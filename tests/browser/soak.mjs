import { parseArgs } from 'node:util';

import { conclude } from './bench/report.mjs';
import { soak } from './bench/soak.mjs';
import { Context, startShared } from './lib/context.mjs';
import { buildPages } from './lib/dapp.mjs';

const { values } = parseArgs({ options: { minutes: { type: 'string', default: '30' } } });
const shared = await startShared(await buildPages());
const context = await Context.open('chromium', shared);
try {
  await context.wallet.restore();
  await soak(context, Number(values.minutes));
} finally {
  await context.close();
  await shared.stop();
}
await conclude('soak');
process.exit(0);
