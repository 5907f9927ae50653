//! Where the rows come from: README.md beside this file.

use candor_primitives::{Address, address};

const ETHEREUM: u64 = 1;
const OP_MAINNET: u64 = 10;
const POLYGON: u64 = 137;
const BASE: u64 = 8453;
const ARBITRUM: u64 = 42161;

/// A token on one network.
pub(super) struct Row {
    pub(super) chain_id: u64,
    /// The name that people know, then others that it goes by.
    pub(super) names: &'static [&'static str],
    pub(super) decimals: u8,
    pub(super) address: Address,
}

const fn row(chain_id: u64, names: &'static [&'static str], decimals: u8, address: Address) -> Row {
    Row { chain_id, names, decimals, address }
}

/// By network, then by name.
#[rustfmt::skip]
pub(super) const TOKENS: &[Row] = &[
    row(ETHEREUM, &["DAI"], 18, address!("0x6B175474E89094C44Da98b954EedeAC495271d0F")),
    row(ETHEREUM, &["USDC"], 6, address!("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")),
    row(ETHEREUM, &["USDT"], 6, address!("0xdAC17F958D2ee523a2206206994597C13D831ec7")),
    row(ETHEREUM, &["WBTC"], 8, address!("0x2260FAC5E5542a773Aa44fBCfeDf7C193bc2C599")),
    row(ETHEREUM, &["WETH"], 18, address!("0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2")),
    row(ETHEREUM, &["stETH"], 18, address!("0xae7ab96520DE3A18E5e111B5EaAb095312D7fE84")),
    row(ETHEREUM, &["wstETH"], 18, address!("0x7f39C581F595B53c5cb19bD0b3f8dA6c935E2Ca0")),

    row(OP_MAINNET, &["DAI"], 18, address!("0xDA10009cBd5D07dd0CeCc66161FC93D7c9000da1")),
    row(OP_MAINNET, &["USDC"], 6, address!("0x0b2C639c533813f4Aa9D7837CAf62653d097Ff85")),
    row(OP_MAINNET, &["USDC.e"], 6, address!("0x7F5c764cBc14f9669B88837ca1490cCa17c31607")),
    row(OP_MAINNET, &["USDT"], 6, address!("0x94b008aA00579c1307B0EF2c499aD98a8ce58e58")),
    row(OP_MAINNET, &["USDT0"], 6, address!("0x01bFF41798a0BcF287b996046Ca68b395DbC1071")),
    row(OP_MAINNET, &["WBTC"], 8, address!("0x68f180fcCe6836688e9084f035309E29Bf0A2095")),
    row(OP_MAINNET, &["WETH"], 18, address!("0x4200000000000000000000000000000000000006")),
    row(OP_MAINNET, &["wstETH"], 18, address!("0x1F32b1c2345538c0c6f582fCB022739c4A194Ebb")),

    row(POLYGON, &["DAI"], 18, address!("0x8f3Cf7ad23Cd3CaDbD9735AFf958023239c6A063")),
    row(POLYGON, &["USDC"], 6, address!("0x3c499c542cEF5E3811e1192ce70d8cC03d5c3359")),
    row(POLYGON, &["USDC.e"], 6, address!("0x2791Bca1f2de4661ED88A30C99A7a9449Aa84174")),
    row(POLYGON, &["USDT", "USDT0"], 6, address!("0xc2132D05D31c914a87C6611C10748AEb04B58e8F")),
    row(POLYGON, &["WBTC"], 8, address!("0x1BFD67037B42Cf73acF2047067bd4F2C47D9BfD6")),
    row(POLYGON, &["WETH"], 18, address!("0x7ceB23fD6bC0adD59E62ac25578270cFf1b9f619")),
    row(POLYGON, &["wstETH"], 18, address!("0x03b54A6e9a984069379fae1a4fC4dBAE93B3bCCD")),

    row(BASE, &["DAI"], 18, address!("0x50c5725949A6F0c72E6C4a641F24049A917DB0Cb")),
    row(BASE, &["USDC"], 6, address!("0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913")),
    row(BASE, &["USDT"], 6, address!("0xfde4C96c8593536E31F229EA8f37b2ADa2699bb2")),
    row(BASE, &["USDbC"], 6, address!("0xd9aAEc86B65D86f6A7B5B1b0c42FFA531710b6CA")),
    row(BASE, &["WETH"], 18, address!("0x4200000000000000000000000000000000000006")),
    row(BASE, &["wstETH"], 18, address!("0xc1CBa3fCea344f92D9239c08C0568f6F2F0ee452")),

    row(ARBITRUM, &["DAI"], 18, address!("0xDA10009cBd5D07dd0CeCc66161FC93D7c9000da1")),
    row(ARBITRUM, &["USDC"], 6, address!("0xaf88d065e77c8cC2239327C5EDb3A432268e5831")),
    row(ARBITRUM, &["USDC.e"], 6, address!("0xFF970A61A04b1cA14834A43f5dE4533eBDDB5CC8")),
    row(ARBITRUM, &["USDT", "USDT0"], 6, address!("0xFd086bC7CD5C481DCC9C85ebE478A1C0b69FCbb9")),
    row(ARBITRUM, &["WBTC"], 8, address!("0x2f2a2543B76A4166549F7aaB2e75Bef0aefC5B0f")),
    row(ARBITRUM, &["WETH"], 18, address!("0x82aF49447D8a07e3bd95BD0d56f35241523fBab1")),
    row(ARBITRUM, &["wstETH"], 18, address!("0x5979D7b546E38E414F7E9822514be443A4800529")),
];
