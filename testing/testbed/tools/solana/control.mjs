// The methods that only a testbed has: they write by hand, drive the slots and break things on purpose.
import { fromBase58, fromBase64 } from "./bytes.mjs";
import { badParams } from "./errors.mjs";
import { createMint, openTokenAccount, programOf, setFrozen, setTokenBalance } from "./tokens.mjs";
import { tokenAccountOf } from "./addresses.mjs";

const SLOT_SECONDS = 0.4;

export function controlMethods(chain, faults) {
  const nobody = { lamports: 0n, owner: new Uint8Array(32), data: new Uint8Array(), executable: false };
  return {
    testbed_setBalance: (address, lamports) => {
      chain.write(address, { ...(chain.account(address) ?? nobody), lamports: BigInt(lamports) });
    },
    testbed_setAccount: (address, owner, lamports, data) => {
      chain.write(address, { lamports: BigInt(lamports), owner: fromBase58(owner), data: fromBase64(data), executable: false });
    },
    testbed_addNoOpProgram: (address) => chain.addNoOpProgram(address),
    testbed_createMint: (mint) => createMint(chain, mint),
    testbed_tokenAccount: (mint, owner) => tokenAccountOf(owner, mint, programOf(chain, mint)),
    testbed_openTokenAccount: (mint, owner) => openTokenAccount(chain, mint, owner),
    testbed_setTokenBalance: (mint, owner, amount) => setTokenBalance(chain, mint, owner, BigInt(amount)),
    testbed_setFrozen: (mint, owner, frozen) => setFrozen(chain, mint, owner, frozen),

    testbed_drive: (by) => chain.drive(by),
    testbed_advance: (slots) => {
      for (let i = 0; i < slots; i++) {
        chain.advance();
      }
    },
    testbed_advanceTime: (seconds) => {
      chain.ahead += seconds;
      for (let i = 0; i < Math.max(1, Math.floor(seconds / SLOT_SECONDS)); i++) {
        chain.advance();
      }
    },
    testbed_raise: (level) => chain.raise(level, chain.tip),
    testbed_fork: (depth) => {
      if (!chain.fork(depth)) {
        throw badParams(`slot ${chain.tip - depth + 1} is finalized and stays; make slots by hand before what shall vanish`);
      }
    },
    testbed_lag: (slots) => {
      chain.lag = slots;
    },

    testbed_hold: (holding) => {
      chain.holding = holding;
      chain.landDue();
    },
    testbed_waiting: () => [...chain.waiting.keys()],
    testbed_land: (signature) => chain.land(signature),
    testbed_drop: (signature) => chain.waiting.delete(signature),
    testbed_dropAll: () => chain.waiting.clear(),

    testbed_fail: (method, fault, times) => faults.set(method, { fault, times }),
    testbed_mend: () => faults.clear(),
    testbed_snapshot: () => chain.snapshot(),
    testbed_revert: (id) => {
      faults.clear();
      return chain.revert(id);
    },
    testbed_save: () => chain.save(),
    testbed_load: (saved) => chain.load(saved),
  };
}
