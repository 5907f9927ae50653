const FORK = 'Blocks have that field since Prague (EIP-7685); the description is older.';
const TIME = 'The node adds that field, which later versions of ethereum/execution-apis have for logs.';
const CLOSED =
  'The schema allows a transaction nothing but its place in a block, so none fits; not even the description’s own example.';

/** Why a result is not what its description allows, by method. @type {Record<string, string>} */
export const REASONS = {
  eth_getBlockByHash: FORK,
  eth_getBlockByNumber: FORK,
  eth_getFilterChanges: 'The schema wants exactly one kind of list, and an empty list is of both kinds.',
  eth_getFilterLogs: TIME,
  eth_getLogs: TIME,
  eth_getTransactionByBlockHashAndIndex: CLOSED,
  eth_getTransactionByBlockNumberAndIndex: CLOSED,
  eth_getTransactionByHash: CLOSED,
  eth_getTransactionReceipt: TIME,
};
