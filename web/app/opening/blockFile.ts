import { realBlockText } from '../../lib/messages/realBlock.ts';
import { registerFileKind } from '../../store/fileKinds.ts';
import { MOST_BLOCK_BYTES, useImported } from '../../store/importedBlock.ts';
import { usePlayback } from '../../store/playback.ts';
import { usePreferences } from '../../store/preferences.ts';
import { session } from '../../store/session.ts';
import { preloadView } from '../viewParts.tsx';

/** The first byte of every list in RLP, or one above. */
const RLP_LIST = 0xc0;
/** The mark of an encoding, before JSON: the one text that begins like a list in RLP. */
const ENCODING_MARK = 0xef;
/** Fields that a node's answer or its block begins with, and no scenario has. */
const BLOCK_FIELDS =
  /"(jsonrpc|parentHash|sha3Uncles|logsBloom|transactionsRoot|stateRoot|receiptsRoot|miner|extraData|baseFeePerGas|blobGasUsed|blockHash|transactionIndex|mixHash)"/;
/** The mark that is set when a file is given to the page. */
const DROPPED = 'switchyard:file';
/** What is looked at after a block was dropped: what it is, who waits for whom, and who did what. */
const PANELS = ['realBlock', 'conflictGraph', 'workerTimeline'];

/** Real blocks, told by their content. */
registerFileKind({
  id: 'realBlock',
  words: realBlockText.fileKinds,
  mostBytes: MOST_BLOCK_BYTES,
  claims: (name, head) => {
    const first = head[0];
    if (/\.rlp$/i.test(name)) return true;
    if (first !== undefined && first >= RLP_LIST && first !== ENCODING_MARK) return true;
    return BLOCK_FIELDS.test(new TextDecoder().decode(head));
  },
  open: async (file) => {
    const read = await session.importFile(file);
    if (read.ok && !matchMedia('(prefers-reduced-motion: reduce)').matches) usePlayback.getState().play();
  },
});

useImported.subscribe(({ imported, reading }, before) => {
  // The views arrive while the block is executed.
  if (reading !== null && before.reading === null) for (const panel of PANELS) preloadView(panel);
  if (imported === null || imported === before.imported) return;
  usePreferences.getState().lendPanels(PANELS);
  if (performance.getEntriesByName(DROPPED).length > 0) markWhenDrawn();
});

/** The frame after the one in which the page was laid out anew is on the screen. */
function markWhenDrawn(): void {
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      performance.mark('switchyard:block-drawn');
      performance.measure('switchyard:drop-to-drawn', DROPPED, 'switchyard:block-drawn');
    }),
  );
}
