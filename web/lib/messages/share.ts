/** Texts around scenarios: sharing, opening, and what executing one again said. */
export const shareText = {
  button: 'Share',
  title: 'Share',
  close: 'Close',
  intro:
    'A link carries what the chain is made from, never its state: seed, settings, everything that was done, and the digest that must come out. Whoever opens it executes it all again.',

  nameLabel: 'Title',
  linkLabel: 'Link',
  copy: 'Copy',
  copied: 'Copied',
  copyLink: 'Copy the link',
  selectLink: 'It is selected: press Ctrl C, or ⌘ C on a Mac.',
  copyByHand: 'The text to copy',
  making: 'Packing the link …',
  noLink: 'Too much for a link.',
  tooMuch:
    'So much was done here that no link holds it. Save it as a file: it opens wherever this page does.',
  missing: 'There is no link',
  carries: '{blocks}, {actions}, the moment in block {height}, {selection}, {panels}.',
  blocks: '{count} blocks',
  block: '1 block',
  actions: '{count} recorded changes',
  action: '1 recorded change',
  noActions: 'no recorded changes',
  selected: 'transaction {tx} selected',
  notSelected: 'nothing selected',
  panels: '{count} panels',
  panel: '1 panel',

  length: '{letters} letters',
  lengthMeter: 'Length of the link',
  lengthGood: 'Short enough for every chat and mail.',
  lengthLong:
    'Beyond {letters} letters some chats and mail programs cut links. A file is safer; the link itself still works here.',

  qr: 'QR code',
  qrAlt: 'QR code of the link',
  qrLarge: 'Show it large',
  qrSmall: 'Show it small',
  qrDense: 'Dense: show it large for a room.',
  qrTooLong: 'The link is too long for a QR code that a phone can read. Send the link or the file.',

  file: 'File',
  fileAbout:
    'The same as readable JSON, for a course page or an archive. A saved file opens here, or dropped anywhere on the page.',
  save: 'Save as a file',
  open: 'Open a file',

  embed: 'Embed',
  embedAbout:
    'A small stage for a page of yours: play, step, scrub, captions. It executes in the reader’s browser.',
  embedSize: 'Size',
  embedSizes: { small: '640 × 400', large: '960 × 600', wide: 'full width' },
  embedLabel: 'HTML to paste',
  copyEmbed: 'Copy the HTML',
} as const;

export const openingText = {
  title: 'Opening “{title}”',
  executing: 'Executing every block again, to see whether it gives the same as where it was shared.',
  drawing: 'Everything was executed. Now the block to look at is recorded.',
  cancelling: 'Stopping …',
  progress: 'Blocks executed',
  blocks: '{done} of {total} blocks',
  kept: 'What is on the stage stays until it is done.',
  cancel: 'Cancel',

  dropHere: 'Drop it to open it',
  scenarioKind: 'scenario files (.json)',

  wantedTitle: 'This link needs its file',
  wanted:
    '“{title}” was made from the file {name}, which a link does not carry. Drop that file here, or choose it.',
  wantedHash: 'It is recognised by its content, so its name may have changed. SHA-256 {sha256}…',
  choose: 'Choose the file',
  wantedCancel: 'Go on without it',

  errors: {
    noFile: 'There was no file in what was dropped.',
    manyFiles: 'Drop one file at a time; {count} were dropped.',
    unknownKind: '“{name}” is nothing that can be opened here. What opens: {kinds}.',
    tooLarge: '“{name}” has {size}; a file that opens here has at most {max}.',
    unreadable: '“{name}” could not be read: {why}.',
  },
} as const;

/** What executing a scenario again said of what it expects. */
export const verdictText = {
  verified: 'verified',
  differs: 'differs',
  olderRules: 'older rules',
  newerRules: 'newer rules',
  nothing: 'nothing to compare',
  changed: 'changed since',
  why: '{verdict}: what was executed again, and what came out',

  title: 'Executed again',
  close: 'Close',
  verifiedHead: 'Verified: it gives the same',
  verifiedBody:
    'Every block of “{title}” was executed again in this browser, and the chain digest is the one that was shared: same writes, same receipts, same events.',
  differsHead: 'It differs between block {from} and block {to}',
  differsBody:
    'Up to block {from} “{title}” gave what was shared; at block {to} it no longer did. Either the link was changed on its way, or one of two browsers executed wrongly.',
  differsEarlyHead: 'It differs between genesis and block {to}',
  differsEarlyBody:
    'At block {to} “{title}” no longer gave what was shared; before that, the link has nothing to hold it against. Either the link was changed on its way, or one of two browsers executed wrongly.',
  whatToDo: 'What to do',
  differsSteps: [
    'Open the same link in another browser or on another machine: if it is verified there, something is wrong here.',
    'Look at the first block in question, and hold its balances against those where it was shared.',
    'If no one changed the link, report it: a chain must give one answer everywhere.',
  ],
  goToBlock: 'Go to block {height}',
  compare: 'Compare blocks',
  copyReport: 'Copy a report',
  olderHead: 'Older rules, not comparable',
  olderBody:
    '“{title}” was recorded under older rules ({semantics}; here it is {now}). It was executed under the rules of now, so its digest says nothing about whether it was executed rightly.',
  newerHead: 'Newer rules, not comparable',
  newerBody:
    '“{title}” was recorded under newer rules ({semantics}; here it is {now}). Load the newest version of the page and open it again.',
  nothingHead: 'Nothing to compare with',
  nothingBody: '“{title}” does not say what must come out. It was executed, and its digest is below.',
  changedNote:
    'The block on stage is not among those: you have changed the chain since, or gone on beyond its end.',
  back: 'Back to what was opened',

  executed: 'Executed',
  executedValue: '{blocks} blocks, {transactions} transactions',
  executedOne: '1 block, {transactions} transactions',
  took: 'in',
  expected: 'Expected',
  actual: 'Came out',
  rules: 'Rules',
  announce: '“{title}”: {verdict}.',
  report: {
    head: 'Switchyard scenario differs',
    interval: 'between blocks {from} and {to}',
  },
} as const;
