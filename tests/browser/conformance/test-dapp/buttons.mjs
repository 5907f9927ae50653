/**
 * @typedef {object} Button
 * @property {string} [method] of the request that the button ends with; absent: it asks the wallet nothing
 * @property {number} [times] how many of these requests; default 1
 * @property {Record<string, 'me' | 'you' | 'token' | string>} [fill] fields beforehand, by id; `me` and `you` are
 *   accounts, `token` is the first token that the page made
 * @property {string} [needs] another button that has to work first: it gives this one something to work with
 * @property {string} [shows] the element in which it says our account's address when all is right
 * @property {string} [why] why it is not as it should be
 * @property {string} [left] why it is not pressed
 */

/** @param {string} method @param {Partial<Button>} [rest] @returns {Button} */
const asks = (method, rest) => ({ method, ...rest });
/** @param {string} why @returns {Button} */
const left = (why) => ({ left: why });
/** @type {Button} */
const PAGE = {};
const transaction = asks('eth_sendTransaction');
const typed = asks('eth_signTypedData_v4');
const sign = asks('personal_sign');
const asset = asks('wallet_watchAsset');
const calls = asks('wallet_sendCalls');
const MAINNET = left('works on Ethereum’s main network only');
const DEEPLINK = left('a link to another wallet’s app');

/**
 * Every button of the test dApp in the order in which it is pressed, by its id, or by what it says where it has none.
 * @type {Record<string, Button>}
 */
export const BUTTONS = {
  'Use Candor': left('pressed to begin with'),
  useWindowProviderButton: left('the same provider by its older name, which the sections above use'),
  connectButton: asks('eth_requestAccounts'),
  walletConnect: left('another way to connect, over a relay'),
  sdkConnect: left('another way to connect, over a relay'),
  getAccounts: asks('eth_accounts'),
  requestPermissions: asks('wallet_requestPermissions'),
  getPermissions: asks('wallet_getPermissions'),
  openNetworkPicker: PAGE,
  '×': PAGE,
  sendButton: transaction,
  sendEIP1559Button: transaction,
  sendEIP1559WithoutGasButton: transaction,
  '(Mobile) Send with Deeplink': DEEPLINK,
  deployButton: transaction,
  depositButton: transaction,
  withdrawButton: transaction,
  deployFailingButton: transaction,
  sendFailingButton: transaction,
  deployMultisigButton: transaction,
  sendMultisigButton: transaction,
  sendHeavyHexDataButton: transaction,
  createToken: transaction,
  watchAssets: asset,
  transferTokens: transaction,
  '(Mobile) Transfer Tokens with Deeplink': DEEPLINK,
  approveTokens: asks('eth_sendTransaction', { fill: { approveTo: 'me' } }),
  '(Mobile) Approve Tokens with Deeplink': DEEPLINK,
  increaseTokenAllowance: transaction,
  getAllowance: asks('eth_call', { fill: { allowanceOwner: 'me', allowanceSpender: 'me' } }),
  transferFromTokens: asks('eth_sendTransaction', {
    fill: { transferFromSenderInput: 'me', transferFromRecipientInput: 'you' },
  }),
  transferTokensWithoutGas: transaction,
  approveTokensWithoutGas: transaction,
  deployNFTsButton: transaction,
  mintButton: transaction,
  watchNFTButton: asset,
  watchNFTsButton: asset,
  approveButton: transaction,
  setApprovalForAllButton: transaction,
  revokeButton: transaction,
  transferFromButton: transaction,
  sign721Permit: typed,
  sign721PermitVerify: {
    needs: 'sign721Permit',
    shows: 'sign721PermitVerifyResult',
    why: 'The page leaves out the type `EIP712Domain`, which EIP-712 wants. Its library then takes the domain for empty; Candor, as viem and ethers do, takes the members that the domain has.',
  },
  deployERC1155Button: transaction,
  batchMintButton: transaction,
  batchTransferFromButton: transaction,
  setApprovalForAllERC1155Button: transaction,
  revokeERC1155Button: transaction,
  watchAssetButton: asset,
  eip747WatchButton: asks('wallet_watchAsset', {
    fill: { eip747ContractAddress: 'token', eip747Symbol: 'TST', eip747Decimals: '4' },
  }),
  eip5792SendCallsEdit: PAGE,
  eip5792AddCall: PAGE,
  eip5792SendCallsButton: calls,
  eip5792SendCallsApprovalButton: calls,
  eip5792SendCallsRequiredAssetsButton: left('enabled only where the wallet offers required assets (ERC-7682)'),
  eip5792GetCallsStatusButton: asks('wallet_getCallsStatus'),
  eip5792GetCapabilitiesButton: asks('wallet_getCapabilities'),
  resetConfigButton: PAGE,
  swapComparisonSwapButton: MAINNET,
  batchUsdcSwapResetButton: PAGE,
  batchUsdcSwapExecuteButton: MAINNET,
  batchUsdcSwapCheckStatusButton: MAINNET,
  maliciousRawEthButton: transaction,
  mintSepoliaERC20: transaction,
  maliciousERC20TransferButton: transaction,
  maliciousApprovalButton: transaction,
  maliciousSetApprovalForAll: transaction,
  maliciousContractInteractionButton: transaction,
  maliciousPermit: typed,
  maliciousTradeOrder: typed,
  maliciousSeaport: typed,
  ppomSendMaliciousEthButton: calls,
  ppomSendMaliciousERC20TransferButton: calls,
  ppomSendMaliciousERC20ApprovalButton: calls,
  ppomSendMaliciousSetApprovalForAllButton: calls,
  ppomSendMaliciousContractInteractionButton: calls,
  ppomSendThreeMaliciousTxsButton: calls,
  ppomGetCallsStatusButton: asks('wallet_getCallsStatus', { needs: 'ppomSendThreeMaliciousTxsButton' }),
  sendEIP1559Batch: asks('eth_sendTransaction', { times: 10 }),
  sendEIP1559Queue: asks('eth_sendTransaction', { times: 10 }),
  signTypedDataV4Batch: asks('eth_signTypedData_v4', { times: 10 }),
  signTypedDataV4Queue: asks('eth_signTypedData_v4', { times: 10 }),
  '(Mobile) Malicious Eth Transfer With Deeplink': DEEPLINK,
  '(Mobile) Malicious ERC20 Transfer With Deeplink': DEEPLINK,
  '(Mobile) Malicious ERC20 Approval With Deeplink': DEEPLINK,
  maliciousSendWithOddHexData: transaction,
  maliciousApproveERC20WithOddHexData: transaction,
  maliciousSendWithoutHexPrefixValue: transaction,
  maliciousPermitHexPaddedChain: typed,
  maliciousPermitIntAddress: typed,
  getEncryptionKeyButton: asks('eth_getEncryptionPublicKey'),
  encryptButton: { needs: 'getEncryptionKeyButton', fill: { encryptMessageInput: 'Hello' } },
  decryptButton: asks('eth_decrypt', { needs: 'encryptButton' }),
  ethSign: asks('eth_sign'),
  personalSign: sign,
  personalSignVerify: asks('personal_ecRecover', { needs: 'personalSign', shows: 'personalSignVerifyECRecoverResult' }),
  signTypedData: asks('eth_signTypedData'),
  signTypedDataVerify: { needs: 'signTypedData', shows: 'signTypedDataVerifyResult' },
  signTypedDataV3: asks('eth_signTypedData_v3'),
  signTypedDataV3Verify: { needs: 'signTypedDataV3', shows: 'signTypedDataV3VerifyResult' },
  signTypedDataV4: typed,
  signTypedDataV4Verify: { needs: 'signTypedDataV4', shows: 'signTypedDataV4VerifyResult' },
  signPermit: typed,
  signPermitVerify: { needs: 'signPermit', shows: 'signPermitVerifyResult' },
  signBlurOrder: typed,
  signPermitSingle: typed,
  signPermitBatch: typed,
  signSeaportBulkOrder: typed,
  siwe: sign,
  siweResources: sign,
  siweBadDomain: sign,
  siweBadAccount: sign,
  siweMalformed: sign,
  signInvalidType: typed,
  signEmptyDomain: typed,
  signExtraDataNotTyped: typed,
  signInvalidPrimaryType: typed,
  signNoPrimaryTypeDefined: typed,
  signInvalidVerifyingContractType: typed,
  sendWithInvalidValue: transaction,
  sendWithInvalidTxType: transaction,
  sendWithInvalidRecipient: transaction,
  sendWithInvalidGasLimit: transaction,
  sendWithInvalidMaxFeePerGas: transaction,
  sendTempoBatchTx: transaction,
  addEthereumChain: asks('wallet_addEthereumChain'),
  switchEthereumChain: asks('wallet_switchEthereumChain'),
  submitForm: transaction,
  ensSubmit: left('looks a name up on Ethereum’s main network'),
  revokeAccountsPermission: asks('wallet_revokePermissions'),
};
