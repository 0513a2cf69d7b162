import type { SettingLimits, TrafficSettings } from '../../../engine/api/index.ts';
import { format } from '../../lib/messages.ts';
import { compareMessages as text } from '../../lib/messages/compare.ts';

export const SETTINGS = [
  'hotPermille',
  'skewPermille',
  'swapPermille',
  'transactionsPerBlock',
  'work',
] as const satisfies readonly (keyof TrafficSettings)[];
export type SettingName = (typeof SETTINGS)[number];

/** Shares are kept in thousandths and shown in per cent. */
function scaleOf(name: SettingName): number {
  return name.endsWith('Permille') ? 10 : 1;
}

const LIMITS: Readonly<Record<SettingName, { readonly min: number; readonly max: number }>> = {
  hotPermille: { min: 0, max: 1000 },
  skewPermille: { min: 0, max: 1000 },
  swapPermille: { min: 0, max: 1000 },
  transactionsPerBlock: { min: 1, max: 10_000 },
  work: { min: 0, max: 1_000_000 },
};

/** What a setting was; skew came later and may be absent, which means none. */
export function settingIn(traffic: TrafficSettings, name: SettingName): number {
  return traffic[name] ?? 0;
}

/** A setting's value as people write it. */
export function shownSetting(name: SettingName, value: number): string {
  return String(value / scaleOf(name));
}

/** Reads what was typed; refuses what is no number or beyond the engine's limits, and says them. */
export function parseSetting(
  name: SettingName,
  typed: string,
  limits: SettingLimits,
): { readonly ok: true; readonly value: number } | { readonly ok: false; readonly message: string } {
  const { min, max } = limits[name] ?? LIMITS[name];
  const scale = scaleOf(name);
  const bare = typed.replace(/[\s%]/g, '').replace(',', '.');
  const value = /^\d{1,9}(\.\d)?$/.test(bare) ? Math.round(Number(bare) * scale) : Number.NaN;
  const whole = scale > 1 || !bare.includes('.');
  if (Number.isInteger(value) && whole && value >= min && value <= max) return { ok: true, value };
  const range = { min: min / scale, max: max / scale };
  return { ok: false, message: format(text.editWrong, { setting: text.editSettings[name], ...range }) };
}
