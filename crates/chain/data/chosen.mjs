// Which networks Candor knows from the start, in the order in which they are offered, and what is said of them
// differently from the packages that refresh.mjs reads.

/**
 * @typedef {object} Chosen
 * @property {string} key its name in `viem/chains`
 * @property {'none' | 'op-stack' | 'arbitrum' | 'zk' | 'other'} [layer2] how fees work there; otherwise as
 *   Hyperlane's registry names its software, and `other` (nothing is assumed) where that says nothing
 * @property {string[]} [endpoints] servers to prefer over those of the packages, each published by its operator as
 *   open to anyone without a key
 * @property {string} [local] it runs on this computer, here
 * @property {string} [name] what people call it
 * @property {{ name: string, symbol: string, decimals: number }} [coin]
 * @property {boolean} [testnet]
 * @property {string} [explorer]
 */

const ETHER = { name: 'Ether', symbol: 'ETH', decimals: 18 };

/** @param {string} slug */
const drpc = (slug) => `https://${slug}.drpc.org`;
/** @param {string} slug */
const publicnode = (slug) => `https://${slug}-rpc.publicnode.com`;

/** @type {Chosen[]} */
export const chosen = [
  { key: 'mainnet', layer2: 'none', endpoints: [publicnode('ethereum'), drpc('eth'), 'https://1rpc.io/eth', 'https://ethereum.reth.rs/rpc', 'https://rpc.mevblocker.io'] },
  { key: 'base', layer2: 'op-stack', endpoints: ['https://mainnet.base.org', publicnode('base'), drpc('base'), 'https://1rpc.io/base'] },
  { key: 'arbitrum', layer2: 'arbitrum', endpoints: ['https://arb1.arbitrum.io/rpc', publicnode('arbitrum-one'), drpc('arbitrum'), 'https://1rpc.io/arb'] },
  { key: 'optimism', name: 'OP Mainnet', layer2: 'op-stack', endpoints: ['https://mainnet.optimism.io', publicnode('optimism'), drpc('optimism'), 'https://1rpc.io/op'] },
  { key: 'polygon', layer2: 'none', endpoints: [publicnode('polygon-bor'), drpc('polygon'), 'https://1rpc.io/matic', 'https://polygon.gateway.tenderly.co'] },
  { key: 'bsc', layer2: 'none', endpoints: ['https://bsc-dataseed.bnbchain.org', publicnode('bsc'), drpc('bsc'), 'https://1rpc.io/bnb'] },
  { key: 'avalanche', layer2: 'none', endpoints: ['https://api.avax.network/ext/bc/C/rpc', publicnode('avalanche-c-chain'), drpc('avalanche'), 'https://1rpc.io/avax/c'] },
  { key: 'gnosis', layer2: 'none', endpoints: ['https://rpc.gnosischain.com', publicnode('gnosis'), drpc('gnosis'), 'https://1rpc.io/gnosis'], coin: { name: 'xDAI', symbol: 'xDAI', decimals: 18 } },
  { key: 'linea', layer2: 'zk', endpoints: ['https://rpc.linea.build', publicnode('linea'), drpc('linea'), 'https://1rpc.io/linea'], coin: ETHER },
  { key: 'scroll', layer2: 'zk', endpoints: ['https://rpc.scroll.io', publicnode('scroll'), drpc('scroll'), 'https://1rpc.io/scroll'] },
  { key: 'zksync', layer2: 'zk', endpoints: ['https://mainnet.era.zksync.io', drpc('zksync'), 'https://1rpc.io/zksync2-era'] },
  { key: 'unichain', layer2: 'op-stack', endpoints: ['https://mainnet.unichain.org', publicnode('unichain'), drpc('unichain')] },
  { key: 'celo', layer2: 'op-stack', endpoints: ['https://forno.celo.org', drpc('celo'), 'https://celo-json-rpc.stakely.io'] },
  { key: 'blast', layer2: 'op-stack', endpoints: ['https://rpc.blast.io', publicnode('blast'), drpc('blast')] },
  { key: 'mantle', layer2: 'other', endpoints: ['https://rpc.mantle.xyz', publicnode('mantle'), drpc('mantle'), 'https://1rpc.io/mantle'] },
  { key: 'sonic', endpoints: ['https://rpc.soniclabs.com', publicnode('sonic'), drpc('sonic')] },
  { key: 'berachain', endpoints: ['https://rpc.berachain.com', publicnode('berachain'), drpc('berachain')] },
  { key: 'worldchain', endpoints: [drpc('worldchain')] },
  { key: 'ink', endpoints: ['https://rpc-gel.inkonchain.com', drpc('ink')] },
  { key: 'soneium', endpoints: ['https://rpc.soneium.org', publicnode('soneium'), drpc('soneium')] },
  { key: 'hyperEvm', endpoints: ['https://rpc.hyperliquid.xyz/evm', drpc('hyperliquid')] },
  { key: 'monad', endpoints: [drpc('monad-mainnet')] },
  { key: 'plasma', endpoints: ['https://rpc.plasma.to', drpc('plasma')] },
  { key: 'sei', name: 'Sei', endpoints: [publicnode('sei-evm'), drpc('sei')] },
  { key: 'abstract', layer2: 'zk', endpoints: ['https://api.mainnet.abs.xyz', drpc('abstract')] },
  { key: 'apeChain', layer2: 'arbitrum', endpoints: ['https://rpc.apechain.com/http', drpc('apechain')] },
  { key: 'katana', layer2: 'op-stack', endpoints: ['https://rpc.katana.network', drpc('katana')] },
  { key: 'ronin', endpoints: ['https://api.roninchain.com/rpc', drpc('ronin')] },
  { key: 'opBNB', endpoints: ['https://opbnb-mainnet-rpc.bnbchain.org', publicnode('opbnb'), drpc('opbnb')] },
  { key: 'taiko', layer2: 'other', endpoints: ['https://rpc.mainnet.taiko.xyz', publicnode('taiko'), drpc('taiko')] },
  { key: 'zora', endpoints: ['https://rpc.zora.energy', drpc('zora')] },
  { key: 'mode', endpoints: ['https://mainnet.mode.network', drpc('mode'), 'https://1rpc.io/mode'] },
  { key: 'fraxtal', endpoints: ['https://rpc.frax.com', publicnode('fraxtal'), drpc('fraxtal')] },
  { key: 'lisk', endpoints: ['https://rpc.api.lisk.com', drpc('lisk')] },
  { key: 'metis', layer2: 'other', endpoints: ['https://andromeda.metis.io/?owner=1088', publicnode('metis'), drpc('metis')] },
  { key: 'manta', endpoints: ['https://pacific-rpc.manta.network/http', drpc('manta-pacific')] },
  { key: 'bob', endpoints: ['https://rpc.gobob.xyz', drpc('bob')] },
  { key: 'arbitrumNova', layer2: 'arbitrum', endpoints: ['https://nova.arbitrum.io/rpc', publicnode('arbitrum-nova'), drpc('arbitrum-nova')] },
  { key: 'superseed', endpoints: ['https://mainnet.superseed.xyz', drpc('superseed')] },
  { key: 'swellchain', endpoints: [drpc('swell')] },
  { key: 'zircuit', endpoints: ['https://mainnet.zircuit.com', drpc('zircuit-mainnet')] },
  { key: 'hemi', endpoints: ['https://rpc.hemi.network/rpc', drpc('hemi')] },
  { key: 'plumeMainnet', endpoints: ['https://rpc.plume.org', drpc('plume')] },
  { key: 'megaeth', layer2: 'other' },
  { key: 'robinhood' },
  { key: 'cronos', endpoints: ['https://evm.cronos.org', publicnode('cronos-evm'), drpc('cronos')] },
  { key: 'kaia', endpoints: ['https://public-en.node.kaia.io', drpc('klaytn')] },
  { key: 'coreDao', endpoints: ['https://rpc.coredao.org', drpc('core')] },
  { key: 'flare' },
  { key: 'songbird', name: 'Songbird' },
  { key: 'moonbeam', endpoints: ['https://rpc.api.moonbeam.network', publicnode('moonbeam'), drpc('moonbeam')] },
  { key: 'moonriver', endpoints: ['https://rpc.api.moonriver.moonbeam.network', publicnode('moonriver'), drpc('moonriver')] },
  { key: 'aurora', endpoints: ['https://mainnet.aurora.dev', drpc('aurora')] },
  { key: 'xLayer', layer2: 'other', endpoints: ['https://rpc.xlayer.tech', drpc('xlayer')] },
  { key: 'immutableZkEvm', layer2: 'other', endpoints: ['https://rpc.immutable.com', drpc('immutable-zkevm')] },
  { key: 'pulsechain' },
  { key: 'classic' },
  { key: 'filecoin', explorer: 'https://filecoin.blockscout.com', endpoints: ['https://api.node.glif.io/rpc/v1'] },
  { key: 'rootstock', endpoints: ['https://public-node.rsk.co', drpc('rootstock')] },
  { key: 'zetachain' },
  { key: 'viction' },
  { key: 'xdc' },
  { key: 'chiliz' },
  { key: 'fuse' },
  { key: 'telos' },
  { key: 'lukso' },
  { key: 'harmonyOne' },
  { key: 'astar', explorer: 'https://astar.blockscout.com' },
  { key: 'kava' },
  { key: 'confluxESpace' },
  { key: 'sapphire', endpoints: ['https://sapphire.oasis.io', 'https://1rpc.io/oasis/sapphire'] },
  { key: 'neonMainnet' },
  { key: 'syscoin' },
  { key: 'merlin', layer2: 'zk' },
  { key: 'bitlayer' },
  { key: 'bsquared' },
  { key: 'boba', name: 'Boba' },
  { key: 'cyber' },
  { key: 'redstone' },
  { key: 'mint' },
  { key: 'metalL2' },
  { key: 'morph', layer2: 'other' },
  { key: 'gravity', name: 'Gravity', layer2: 'arbitrum' },
  { key: 'degen', layer2: 'arbitrum' },
  { key: 'xai', layer2: 'arbitrum' },
  { key: 'sophon', layer2: 'zk' },
  { key: 'zeroNetwork', layer2: 'zk' },
  { key: 'treasure', layer2: 'zk' },
  { key: 'lens', layer2: 'zk' },
  { key: 'flowMainnet' },
  { key: 'vana' },
  { key: 'eduChain' },
  { key: 'botanix' },
  { key: 'peaq' },
  { key: 'fantom' },
  { key: 'haqqMainnet' },
  { key: 'bitTorrent' },

  { key: 'sepolia', layer2: 'none', endpoints: [publicnode('ethereum-sepolia'), drpc('sepolia'), 'https://1rpc.io/sepolia'] },
  { key: 'baseSepolia', layer2: 'op-stack', endpoints: ['https://sepolia.base.org', publicnode('base-sepolia'), drpc('base-sepolia')] },
  { key: 'hoodi', layer2: 'none', endpoints: ['https://rpc.hoodi.ethpandaops.io', publicnode('ethereum-hoodi'), drpc('hoodi')] },
  { key: 'arbitrumSepolia', layer2: 'arbitrum', endpoints: ['https://sepolia-rollup.arbitrum.io/rpc', publicnode('arbitrum-sepolia'), drpc('arbitrum-sepolia')] },
  { key: 'optimismSepolia', layer2: 'op-stack', endpoints: ['https://sepolia.optimism.io', publicnode('optimism-sepolia'), drpc('optimism-sepolia')] },
  { key: 'polygonAmoy', layer2: 'none', endpoints: ['https://rpc-amoy.polygon.technology', publicnode('polygon-amoy-bor'), drpc('polygon-amoy')] },
  { key: 'bscTestnet', layer2: 'none', endpoints: ['https://bsc-testnet-dataseed.bnbchain.org', publicnode('bsc-testnet'), drpc('bsc-testnet')] },
  { key: 'avalancheFuji', layer2: 'none', endpoints: ['https://api.avax-test.network/ext/bc/C/rpc', publicnode('avalanche-fuji-c-chain'), drpc('avalanche-fuji')] },
  { key: 'gnosisChiado', layer2: 'none', endpoints: ['https://rpc.chiadochain.net', publicnode('gnosis-chiado')] },
  { key: 'lineaSepolia', name: 'Linea Sepolia', layer2: 'zk', endpoints: ['https://rpc.sepolia.linea.build', publicnode('linea-sepolia'), drpc('linea-sepolia')], coin: ETHER },
  { key: 'scrollSepolia', layer2: 'zk', endpoints: ['https://sepolia-rpc.scroll.io', publicnode('scroll-sepolia'), drpc('scroll-sepolia')] },
  { key: 'zksyncSepoliaTestnet', name: 'ZKsync Sepolia', layer2: 'zk', endpoints: ['https://sepolia.era.zksync.dev', drpc('zksync-sepolia')] },
  { key: 'unichainSepolia', layer2: 'op-stack', endpoints: ['https://sepolia.unichain.org', publicnode('unichain-sepolia'), drpc('unichain-sepolia')] },
  { key: 'celoSepolia', name: 'Celo Sepolia', layer2: 'op-stack', endpoints: ['https://forno.celo-sepolia.celo-testnet.org', drpc('celo-sepolia')] },
  { key: 'blastSepolia', layer2: 'op-stack', endpoints: ['https://sepolia.blast.io', drpc('blast-sepolia')] },
  { key: 'opBNBTestnet', layer2: 'op-stack', endpoints: ['https://opbnb-testnet-rpc.bnbchain.org', publicnode('opbnb-testnet')] },
  { key: 'moonbaseAlpha' },
  { key: 'berachainBepolia', endpoints: ['https://bepolia.rpc.berachain.com', drpc('berachain-bepolia')] },
  { key: 'monadTestnet', endpoints: ['https://testnet-rpc.monad.xyz', drpc('monad-testnet')] },
  { key: 'flareTestnet' },
  { key: 'filecoinCalibration', explorer: 'https://filecoin-testnet.blockscout.com' },

  { key: 'foundry', layer2: 'none', local: 'http://127.0.0.1:8545', name: 'Local chain' },
  { key: 'localhost', layer2: 'none', local: 'http://127.0.0.1:8545', name: 'Local chain 1337' },
];
