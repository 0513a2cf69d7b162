import { account, asset, table, u8, u16, u128 } from '../../moduleSdk/index.ts';

/** Bank's own lane, in which people pay each other. */
export const LANE = 1;

/**
 * What everyone holds, in base units. A key is there only while the balance is above zero.
 * `lane` is the partition: 0 for people's own payments and, when bank is partitioned by asset, for
 * everything; partitioned by lane, a module that calls finds what people keep in its own lane.
 */
export const balances = table('bank/balances', {
  key: { lane: u16(), asset: asset(), account: account() },
  account: 'account',
  lane: 'lane',
  value: u128(),
});

/** How much of an asset there is, over all lanes; the key is there once an asset was ever minted. */
export const supply = table('bank/supply', { key: { asset: asset() }, lane: 'asset', value: u128() });

/** Choices made at genesis, by number. */
export const settings = table('bank/settings', { key: { setting: u8() }, value: u8(), fixed: true });

/** The setting that says how balances are partitioned: {@link BY_ASSET} (also when absent) or {@link BY_LANE}. */
export const PARTITION = 0;
export const BY_ASSET = 0;
export const BY_LANE = 1;

/**
 * The lane of what people send each other directly, in both partitions. That it is the same in both
 * keeps the setting out of the read set of every payment: only calls by modules look it up.
 */
export const PEOPLE_LANE = 0;
