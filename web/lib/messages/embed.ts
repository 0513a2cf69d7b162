/** Texts of the page inside somebody else's page. */
export const embedText = {
  stage: 'Switchyard',
  open: 'Open in Switchyard',
  openTitle: 'Opens the same scenario with all knobs in a new tab',
  blockOf: 'block {height} of {blocks}',
  block: 'block {height}',

  errors: {
    notARecord: 'A message is a record such as {switchyard: 1, type: "play"}.',
    version: 'This page speaks version 1 of the interface; the message says {version}.',
    type: 'There is no message of that type. Known are load, play, pause, seek and state.',
    unknownField: 'A message of type “{type}” has no field “{field}”.',
    load: 'A load carries a link or a scenario, one of the two.',
    link: 'The link must be a text of at most {max} letters.',
    scenario:
      'The scenario must be a record or a JSON text of at most {max} kB, nested at most {depth} levels.',
    height: 'The height must be a whole number from 1.',
    permille: 'The permille must be a whole number from 0 to 1000.',
    noBlock: 'There is no block {height} on the stage’s branch; it has {blocks}.',
    notReady: 'There is no block on the stage yet; wait for the message “ready”.',
    busy: 'A scenario is being opened; ask again when it is done.',
    flood: 'More than {most} messages a second: some were left unanswered.',
  },
} as const;
