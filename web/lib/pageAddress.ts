/** The page's own address with nothing behind it, so that what it was opened with is not handed on. */
export function pageAddress(): string {
  return location.origin === 'null' ? location.href.split(/[?#]/)[0]! : location.origin + location.pathname;
}

/** The address that opens a scenario in the whole page. */
export function linkAddress(fragment: string): string {
  return pageAddress() + fragment;
}

/** The address that opens a scenario in the small stage, for an iframe. */
export function embedAddress(fragment: string): string {
  return `${pageAddress()}?embed=1${fragment}`;
}
