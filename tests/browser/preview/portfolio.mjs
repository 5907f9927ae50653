// Stories of what an account has over networks.

const AT = 1_772_400_000_000;
const NAMES = new Map([[1, 'Ethereum'], [8453, 'Base'], [137, 'Polygon'], [42161, 'Arbitrum One']]);

/** @param {number} chainId @param {string} text @param {string} [address] @param {string} [listed] */
const part = (chainId, text, address, listed) => ({ chainId, network: NAMES.get(chainId) ?? `Network ${chainId}`, text, address, listed, atMs: AT });

/** @param {string} source @param {string} [text] */
const price = (source, text) => ({ source, text, atMs: AT });

/** @param {string} name @param {string | undefined} text @param {string | undefined} worth @param {object[]} parts @param {object} [price] */
const asset = (name, text, worth, parts, price) => ({ name, text, exact: text, worth, price, parts });

const ETHER = asset('ETH', '0.418\u00a0ETH', '1,045.00\u00a0USD', [part(8453, '0.4\u00a0ETH'), part(1, '0.018\u00a0ETH')], price('Chainlink ETH/USD', '2,500.00\u00a0USD'));
const DOLLARS = asset('USDC', '1,250.5\u00a0USDC', '1,250.50\u00a0USD', [part(8453, '1,000\u00a0USDC', '0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913'), part(1, '250.5\u00a0USDC', '0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48')], price('Chainlink USDC/USD', '1.00\u00a0USD'));
const LISTED = '0xB20F83a1c7594de6302a91fb48Cd75e06138ae94';
const MOTH = asset('MOTH', '1,500\u00a0MOTH', undefined, [part(8453, '1,500\u00a0MOTH', LISTED, LISTED)]);

/** @param {object} [changed] */
const portfolio = (changed) => ({
  Portfolio: {
    ok: {
      total: '2,295.50\u00a0USD',
      notCounted: [],
      sources: [price('Chainlink ETH/USD'), price('Chainlink USDC/USD')],
      assets: [ETHER, DOLLARS],
      more: 0,
      troubles: [],
      asking: false,
      ...changed,
    },
  },
});

/** The usual story. */
export const PORTFOLIO = portfolio();

/** One without a price, and a network that says nothing. */
export const PRICELESS = portfolio({ notCounted: ['MOTH', 'what is on Polygon'], assets: [ETHER, DOLLARS, MOTH], troubles: ['Polygon'] });

/** Nothing anywhere, and no price. */
export const NOTHING = portfolio({ total: undefined, sources: [], assets: [asset('ETH', '0\u00a0ETH', undefined, [part(8453, '0\u00a0ETH')])] });

/** More than is drawn at once. */
export const MANY = portfolio({
  assets: [ETHER, DOLLARS, ...Array.from({ length: 28 }, (_, n) => ({ ...MOTH, name: `MOTH${n}` }))],
  more: 270,
});

/** A network that never answered, its coin unknown. */
export const UNKNOWN = portfolio({ total: undefined, sources: [], troubles: ['Base'], assets: [asset('ETH', undefined, undefined, [{ ...part(8453, ''), text: undefined, atMs: undefined }])] });
