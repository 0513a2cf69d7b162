/** Texts of the gallery of scenarios. */
export const galleryText = {
  title: 'Scenarios',
  close: 'Close',
  intro:
    'Each card is executed here while you read, on eight virtual cores: drawing and figures are of that run.',
  loading: 'Reading the scenarios',
  failedTitle: 'The scenarios could not be read',
  failedHint:
    'They are executed in an engine of their own, and that did not start. When you are offline, connect again; the chain on the stage is not touched.',
  retry: 'Try again',

  open: 'Open {title}',
  openShort: 'Open',
  tell: 'Tell {title}',
  tellShort: 'Tell it',
  waiting: 'waits its turn',
  running: 'executing',
  failed: 'not executed: {message}',
  verified: 'verified',
  verifiedLong: 'Executed just now; the chain digest is the one that the scenario expects.',
  differs: 'differs',
  differsLong: 'Executed just now, it gives another chain digest than the scenario expects.',
  notComparable: 'other rules',
  notComparableLong: 'It was recorded under other rules, so its digest cannot be compared.',

  figures: 'Figures of the run',
  size: '{blocks} · {transactions}',
  block: '1 block',
  blocks: '{count} blocks',
  transactions: '{count} transactions',
  path: 'Critical path',
  pathHint: 'The longest chain of transactions that must run one after another, block by block',
  ideal: 'Ideal speed-up',
  idealHint: 'Speed-up with any number of cores, block by block',
  next: '{from} → {to}',
  nextSpoken: '{from}, then {to}',

  drawing:
    'Block {height} of “{title}”: {cores} virtual cores in time above, its conflict graph below with the longest chain of {path} marked; {aborts}.',
  noAborts: 'no aborts',
  oneAbort: 'one abort',
  aborts: '{count} aborts',
  drawn: 'block {height}, virtual time',
  drawnTitle:
    'Drawn: block {height}, whose longest chain takes the largest part of it. Time is virtual: gas stands for it.',

  otherTitle: 'One of your own',
  otherAbout:
    'Open a scenario file that was saved by “Share”, or paste a link. It is executed again and held against what it expects.',
  paste: 'Link or scenario text',
  pastePlaceholder: '…#s=…',
  pasteGo: 'Open',
  file: 'Open a file',
  pasteEmpty: 'Paste a link first: an address with “#s=” in it.',
} as const;
