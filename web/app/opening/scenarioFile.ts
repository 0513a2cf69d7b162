import { openingText } from '../../lib/messages/share.ts';
import { registerFileKind } from '../../store/fileKinds.ts';
import { session } from '../../store/session.ts';

/** Beyond this nothing is read; the engine's own limit is lower, and it says why. */
const MOST_BYTES = 1024 * 1024;
const BRACE = 0x7b;

/** Scenario files: whatever is JSON and was not claimed by a kind that knows it better. */
registerFileKind({
  id: 'scenario',
  words: [openingText.scenarioKind],
  mostBytes: MOST_BYTES,
  claims: (name, head) => /\.json$/i.test(name) || firstByte(head) === BRACE,
  open: async (file) => {
    await session.openText(await file.text());
  },
});

/** The first byte that is no white space and no mark of an encoding. */
function firstByte(head: Uint8Array): number | undefined {
  return head.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
}
