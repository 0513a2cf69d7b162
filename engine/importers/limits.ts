/** Bytes of a file, at most. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024;
/** Transactions of a block, at most: as many as a block of this chain may have. */
export const MAX_TRANSACTIONS = 10_000;
/** Keys that one transaction writes, at most: `MAX_CHANGES` of the module, below what the kernel allows. */
export const MAX_WRITES = 1000;
/** Writes of a whole block, at most: several times what the gas of a real one allows. */
export const MAX_BLOCK_WRITES = 60_000;
/** Letters of a file's name, at most: as many as a scenario that names the file may say. */
export const MAX_NAME_LETTERS = 255;
