/** The keys a picture names, each once, numbered in the order in which they were first named. */
export class KeyCatalogue<Info> {
  readonly infos: Info[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly describe: (words: Uint32Array) => Info;

  constructor(describe: (words: Uint32Array) => Info) {
    this.describe = describe;
  }

  indexOf(words: Uint32Array): number {
    const identity = String.fromCharCode(
      ...new Uint16Array(words.buffer, words.byteOffset, words.length * 2),
    );
    let number = this.numbers.get(identity);
    if (number === undefined) {
      number = this.infos.length;
      this.numbers.set(identity, number);
      this.infos.push(this.describe(words));
    }
    return number;
  }

  /** The same for keys that go by numbers of their own: each is looked up once. */
  numbering(keys: readonly Uint32Array[]): (key: number) => number {
    const known = new Int32Array(keys.length).fill(-1);
    return (key) => {
      if (known[key] === -1) known[key] = this.indexOf(keys[key]!);
      return known[key]!;
    };
  }
}
