import { expect, type Locator, type Page, test as base } from '@playwright/test';

/** What went wrong on the page while a journey ran: errors, warnings of the policy, failed responses. */
export class Complaints {
  readonly found: string[] = [];
  private readonly allowed: RegExp[] = [];

  /** A journey that breaks something on purpose says what the browser will say about it. */
  allow(...patterns: readonly RegExp[]): void {
    this.allowed.push(...patterns);
  }

  get unexpected(): readonly string[] {
    return this.found.filter((text) => !this.allowed.some((pattern) => pattern.test(text)));
  }
}

/** Listens to everything a page can complain of, its workers included. */
export async function listen(page: Page, complaints: Complaints): Promise<void> {
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.found.push(`console: ${message.text()}`);
  });
  page.on('pageerror', (error) => complaints.found.push(`error: ${error.message}`));
  page.on('crash', () => complaints.found.push('the page crashed'));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.found.push(`${response.status()} ${response.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
  });
}

/** The page as somebody in front of it finds it. */
export class Stage {
  readonly page: Page;
  readonly verdict: Locator;
  readonly caption: Locator;
  readonly clock: Locator;
  readonly moment: Locator;
  readonly blocks: Locator;
  readonly timeline: Locator;
  readonly graph: Locator;
  readonly inspector: Locator;
  readonly toasts: Locator;

  constructor(page: Page) {
    this.page = page;
    this.verdict = page.getByTestId('verdict');
    this.caption = page.getByTestId('caption');
    this.clock = page.getByTestId('clock');
    this.moment = page.getByRole('slider', { name: /^Moment inside block/ });
    this.blocks = page.getByRole('listbox', { name: /^Blocks/ });
    this.timeline = page.getByRole('application', { name: /^Worker timeline:/ });
    this.graph = page.locator('[data-panel="conflictGraph"]');
    this.inspector = page.getByRole('complementary', { name: 'Inspector' });
    this.toasts = page.getByRole('region', { name: 'Messages' });
  }

  /** Opens the page with no story, unless the address asks for one, and waits for the first block. */
  async open(address = './?story=off'): Promise<void> {
    await this.page.goto(address);
    await this.verified();
  }

  /** The block on stage equals the oracle's. */
  async verified(): Promise<void> {
    await expect(this.verdict).toHaveText('equals the oracle', { timeout: 20_000 });
  }

  /** The engine has answered everything that was asked of it. */
  async idle(): Promise<void> {
    await expect(this.page.getByText('working', { exact: true })).toHaveCount(0, { timeout: 30_000 });
  }

  /** The whole chain digest, which the page abbreviates. */
  async digest(): Promise<string> {
    const title = await this.page.locator('[title^="Chain digest"]').getAttribute('title');
    const digest = /[0-9a-f]{64}/.exec(title ?? '')?.[0];
    if (digest === undefined) throw new Error(`no digest in “${title}”`);
    return digest;
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** The entry beside a numeric knob. */
  entry(label: string): Locator {
    return this.page.getByRole('textbox', { name: `${label}, as a number`, exact: true });
  }

  /** Types a value into a numeric knob and waits until the page has run with it. */
  async turn(label: string, value: string): Promise<void> {
    const entry = this.entry(label);
    await entry.fill(value);
    await entry.press('Enter');
    await this.idle();
    await expect(entry).toHaveValue(value);
  }

  /** Microseconds on the one clock. */
  async momentUs(): Promise<number> {
    return Number(await this.moment.getAttribute('aria-valuenow'));
  }

  async durationUs(): Promise<number> {
    return Number(await this.moment.getAttribute('aria-valuemax'));
  }

  /** Height of the block on stage. */
  async height(): Promise<number> {
    const name = await this.moment.getAttribute('aria-label');
    return Number(/\d+$/.exec(name ?? '')?.[0]);
  }

  /** Rows of the history: the branches that can be seen, by the labels of their blocks. */
  async branches(): Promise<readonly string[]> {
    const labels = await this.blocks
      .getByRole('option')
      .evaluateAll((cells) => cells.map((cell) => cell.getAttribute('aria-label') ?? ''));
    return [...new Set(labels.map((label) => /branch ([^,]+),/.exec(label)?.[1] ?? ''))];
  }

  /** What the run behind is, as the conflict graph says it; null without one. */
  async ghost(): Promise<string | null> {
    const label = this.graph.getByRole('img', { name: /^Critical path:/ });
    const name = (await label.getAttribute('aria-label')) ?? '';
    return /before, (.+)$/.exec(name)?.[1] ?? null;
  }
}

/** Addresses of the engine's worker, and of its executor threads, which run the same script. */
export const ENGINE = /engine\.worker[^#]*$/;
export const EXECUTOR = /engine\.worker.*#executor$/;

/** Every journey fails on anything the page complains of. */
export const test = base.extend<{ complaints: Complaints; stage: Stage }>({
  complaints: [
    async ({ page }, use) => {
      const complaints = new Complaints();
      await listen(page, complaints);
      await use(complaints);
      expect(complaints.unexpected).toEqual([]);
    },
    { auto: true },
  ],
  stage: async ({ page }, use) => use(new Stage(page)),
});

export { expect };
