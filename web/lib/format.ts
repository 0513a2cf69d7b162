/** Numbers and names as people read them. Tabular, with units, the same on every machine. */

const SCALES: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

/** Three significant digits, never an exponent: 0.84, 1.80, 12.4, 171. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  if (size >= 100 || value === 0) return Math.round(value).toString();
  return value.toFixed(size >= 10 ? 1 : 2);
}

function scaled(value: number): string {
  for (const [scale, letter] of SCALES) {
    if (Math.abs(value) >= scale * 0.9995) return `${formatNumber(value / scale)}${letter}`;
  }
  return formatNumber(value);
}

/** Counts: exact with thin gaps up to 99 999, then 124k, 1.20M. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return '–';
  if (Math.abs(count) < 100_000) return group(Math.round(count).toString());
  return scaled(count);
}

/** Transactions a second: 12.4k tx/s. */
export function formatRate(perSecond: number): string {
  return `${scaled(perSecond)} tx/s`;
}

/** A time in µs: 0.40 µs, 21.4 µs, 3.10 ms, 1.20 s. */
export function formatUs(durationUs: number): string {
  if (!Number.isFinite(durationUs)) return '–';
  const size = Math.abs(durationUs);
  if (size < 999.5) return `${formatNumber(durationUs)} µs`;
  if (size < 999_500) return `${formatNumber(durationUs / 1e3)} ms`;
  return `${formatNumber(durationUs / 1e6)} s`;
}

/** A factor: 1.80×. */
export function formatFactor(factor: number): string {
  return `${formatNumber(factor)}×`;
}

/** A share of one as per cent: 83 %. */
export function formatShare(share: number): string {
  return Number.isFinite(share) ? `${Math.round(share * 100)} %` : '–';
}

/** Sizes: 512 B, 3.2 kB, 1.0 MB, in steps of 1024. */
export function formatBytes(sizeBytes: number): string {
  if (!Number.isFinite(sizeBytes)) return '–';
  if (sizeBytes < 1024) return `${Math.round(sizeBytes)} B`;
  const [size, unit] = sizeBytes < 1024 ** 2 ? [sizeBytes / 1024, 'kB'] : [sizeBytes / 1024 ** 2, 'MB'];
  return `${size >= 10 || Number.isInteger(size) ? Math.round(size) : size.toFixed(1)} ${unit}`;
}

/** A file's name as far as it is worth repeating. */
export function shortName(name: string): string {
  return name.length > 60 ? `${name.slice(0, 40)}…${name.slice(-16)}` : name;
}

function group(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
}

/** An amount of any size, exact up to 12 digits, then to four digits with a power of ten. */
export function formatAmount(amount: bigint | number | string): string {
  let value: bigint;
  try {
    value = BigInt(amount);
  } catch {
    return String(amount);
  }
  const digits = (value < 0n ? -value : value).toString();
  const sign = value < 0n ? '−' : '';
  if (digits.length <= 12) return sign + group(digits);
  const exponent = digits.length - 1;
  return `${sign}${digits[0]}.${digits.slice(1, 4)} × 10${superscript(exponent)}`;
}

function superscript(value: number): string {
  return [...value.toString()].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)] ?? '').join('');
}

const MODULE_OWNED = 0x80000000;
const LANE_SIZE = 0x800000;

const PEOPLE = (
  'Ada Bao Cleo Dev Esra Femi Gita Hugo Ines Jun Kaia Luca Mina Noor Omar Pia Quin Rosa Sami Tove ' +
  'Uma Vito Wen Xena Yara Zeno Anya Beno Chidi Dora Emil Faye Goro Hana Ivo Jana Kofi Lena Milo Nia ' +
  'Otto Paz Rami Suki Theo Ulla Vera Wim Ximo Yuki'
).split(' ');

let moduleOfLane: ReadonlyMap<number, string> = new Map([
  [1, 'bank'],
  [2, 'amm'],
]);

/** Tells the names which module has which lane, as the engine describes them. */
export function nameModules(modules: readonly { readonly id: string; readonly lane: number }[]): void {
  moduleOfLane = new Map(modules.map((module) => [module.lane, module.id]));
}

function moduleOwned(id: number): { module: string; ordinal: number } {
  const lane = Math.floor((id - MODULE_OWNED) / LANE_SIZE);
  return { module: moduleOfLane.get(lane) ?? `module ${lane}`, ordinal: (id - MODULE_OWNED) % LANE_SIZE };
}

let accountsAre: 'people' | 'senders' = 'people';

/** Whether accounts are the playground's people, or the numbered senders of somebody else's block. */
export function nameAccounts(as: typeof accountsAre): void {
  accountsAre = as;
}

/** A stable friendly name: people by first name, a module's accounts by what they are. */
export function accountName(id: number): string {
  if (id >= MODULE_OWNED) {
    const { module, ordinal } = moduleOwned(id);
    return module === 'amm' ? `pool ${ordinal} vault` : `${module} account ${ordinal}`;
  }
  if (accountsAre === 'senders') return `sender ${id}`;
  const name = PEOPLE[id % PEOPLE.length] ?? `account ${id}`;
  const round = Math.floor(id / PEOPLE.length);
  return round === 0 ? name : `${name} ${round + 1}`;
}

const LISTED = ['COIN', 'OAK', 'TIN', 'SALT', 'WOOL', 'RYE', 'JADE', 'FLAX', 'ZINC', 'MINT'];

/** A listed asset by its ticker, a pool's own by what it is a share of. */
export function assetName(id: number): string {
  if (id >= MODULE_OWNED) {
    const { module, ordinal } = moduleOwned(id);
    return module === 'amm' ? `shares of pool ${ordinal}` : `${module} asset ${ordinal}`;
  }
  return LISTED[id] ?? `ASSET ${id}`;
}
