import { account, transaction, u8 } from '../../moduleSdk/index.ts';
import { MODULE_OWNED } from '../../types/ids.ts';
import { invalidFeeRecipient, notAdministrator } from './errors.ts';
import { protocolFeeSet } from './events.ts';
import { administrator, LOCKED_ACCOUNT, ONLY, protocolFee } from './state.ts';

export const administration = {
  configure: transaction(
    { administrator: account() },
    'Say who may switch the protocol fee.',
    (context, { administrator: account }) => {
      context.set(administrator, account, ONLY);
    },
    { genesisOnly: true },
  ),

  setProtocolFee: transaction(
    { on: u8(), feeTo: account() },
    'Switch the protocol fee on (1) or off (0): a sixth of the trading fees, paid in shares of the pools.',
    (context, { on, feeTo }) => {
      // Nobody can sign for the locked account: without an administrator the switch stays as it is.
      const allowed = context.get(administrator, ONLY) ?? LOCKED_ACCOUNT;
      if (context.sender !== allowed) context.revert(notAdministrator, { administrator: allowed });
      if (feeTo >= MODULE_OWNED) context.revert(invalidFeeRecipient, { feeTo });
      context.work();
      const value = { on: on === 0 ? 0 : 1, feeTo };
      context.set(protocolFee, value, ONLY);
      context.emit(protocolFeeSet, value);
    },
  ),
};
