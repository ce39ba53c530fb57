// The VM, its slots and their three levels, the transactions that wait and those that landed.
//
// The VM knows the newest state only. Before each write the former account is kept with the slot that replaces it, so
// that the chain can show any earlier slot, fork, and go back to a snapshot.
import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { deserialize, serialize } from "node:v8";
import { base58, base64, fromBase58 } from "./bytes.mjs";
import { COMPUTE_BUDGET, LIGHTHOUSE } from "./addresses.mjs";
import { errorJson } from "./errors.mjs";
import { noOpProgram } from "./noop.mjs";
import { isSigned, isWritable, unsigned } from "./wire.mjs";

const platform = `${process.platform}-${process.arch}`;
const { Account, Clock, LiteSvm } = createRequire(import.meta.url)(
  `litesvm-${platform}${process.platform === "linux" ? "-gnu" : ""}`,
);

export const BLOCKHASH_LIFE = 150;
const FIRST_SLOT = 400_000_000;
const SKIPPED_SLOTS = 20_000_000; // so that nobody takes a slot for a height
const SLOTS_PER_EPOCH = 432_000;
const CONFIRMED_AFTER = 1;
const FINALIZED_AFTER = 31;
const EVERYWHERE = 0; // the slot of what is written by hand: every slot shows it
const LEVELS = ["processed", "confirmed", "finalized"];

export class Chain {
  constructor(genesisHash) {
    this.genesisHash = genesisHash;
    this.vm = new LiteSvm();
    this.vm.setSigverify(false);
    this.vm.setBlockhashCheck(false);
    this.vm.setTransactionHistory(0n);
    this.slots = []; // { blockhash, time }, from FIRST_SLOT on
    this.confirmed = FIRST_SLOT;
    this.finalized = FIRST_SLOT;
    this.before = new Map(); // address -> [{ slot, account }], the account as it was before that slot
    this.written = []; // { address, tip } in order, one for each of those
    this.landed = new Map(); // signature -> what came of it
    this.order = []; // those signatures
    this.messages = new Map(); // message -> slot
    this.waiting = new Map(); // signature -> transaction
    this.snapshots = new Map();
    this.snapshotCount = 0;
    this.forks = 0;
    this.ahead = 0; // seconds that the chain's clock is before the machine's
    this.lag = 0;
    this.holding = false;
    this.driving = "transaction";
    this.programs = new Set();
    this.openSlot();
    this.addNoOpProgram(LIGHTHOUSE);
  }

  /** Puts a program at an address that just succeeds; it stays through everything. */
  addNoOpProgram(address) {
    this.vm.addProgram(fromBase58(address), noOpProgram());
    this.programs.add(address);
  }

  // Slots

  get tip() {
    return FIRST_SLOT + this.slots.length - 1;
  }

  height(slot) {
    return slot - SKIPPED_SLOTS;
  }

  epoch(slot) {
    return { epoch: Math.floor(slot / SLOTS_PER_EPOCH), slotIndex: slot % SLOTS_PER_EPOCH, slotsInEpoch: SLOTS_PER_EPOCH };
  }

  slotData(slot) {
    return this.slots[slot - FIRST_SLOT];
  }

  /** Returns the newest slot of a level, as this node sees it. */
  view(level) {
    const newest = { processed: this.tip, confirmed: this.confirmed, finalized: this.finalized }[level];
    return Math.max(FIRST_SLOT, newest - this.lag);
  }

  levelOf(slot) {
    return LEVELS.findLast((level) => slot <= this.view(level));
  }

  openSlot() {
    const time = Math.max(Math.floor(Date.now() / 1000) + this.ahead, this.slots.at(-1)?.time ?? 0);
    const parent = this.slots.at(-1)?.blockhash ?? this.genesisHash;
    const blockhash = createHash("sha256").update(`${parent} ${this.slots.length} ${this.forks}`).digest();
    this.slots.push({ blockhash: base58(blockhash), time });
    this.setClock(this.tip);
  }

  setClock(slot) {
    const { epoch } = this.epoch(slot);
    const time = BigInt(this.slotData(slot).time);
    this.vm.setClock(new Clock(BigInt(slot), time, BigInt(epoch), BigInt(epoch + 1), time));
  }

  /** Opens the next slot with everything that waits, unless transactions are held. */
  advance() {
    this.openSlot();
    if (!this.holding) {
      const due = [...this.waiting.values()];
      this.waiting.clear();
      due.forEach((transaction) => this.process(transaction));
    }
    this.settleLevels();
  }

  settleLevels() {
    const instantly = this.driving === "transaction";
    this.raise("confirmed", this.tip - (instantly ? 0 : CONFIRMED_AFTER));
    this.raise("finalized", this.tip - (instantly ? 0 : FINALIZED_AFTER));
  }

  raise(level, slot) {
    this[level] = Math.max(this[level], slot);
    this.confirmed = Math.max(this.confirmed, this.finalized);
  }

  /** Chooses what makes slots: "transaction", "hand" or a number of milliseconds. */
  drive(by) {
    clearInterval(this.timer);
    this.driving = by;
    if (typeof by === "number") {
      this.timer = setInterval(() => this.advance(), by);
    }
    this.settleLevels();
    this.landDue();
  }

  // Accounts

  /** Returns an account as the VM has it now, or null. */
  account(address) {
    const found = this.vm.getAccount(fromBase58(address));
    if (found === null || found.lamports() === 0n) {
      return null;
    }
    return { lamports: found.lamports(), owner: found.owner(), data: found.data(), executable: found.executable() };
  }

  /** Returns an account as it was at the end of a slot, or null. */
  accountAt(address, slot) {
    const history = this.before.get(address) ?? [];
    let earliest = null;
    for (let i = history.length - 1; i >= 0 && history[i].slot > slot; i--) {
      earliest = history[i];
    }
    return earliest === null ? this.account(address) : earliest.account;
  }

  put(address, account) {
    const { lamports, data, owner, executable } = account ?? {
      lamports: 0n,
      data: new Uint8Array(),
      owner: new Uint8Array(32),
      executable: false,
    };
    this.vm.setAccount(fromBase58(address), new Account(lamports, data, owner, executable, 0n));
  }

  remember(address, slot) {
    if (!this.before.has(address)) {
      this.before.set(address, []);
    }
    const account = this.account(address);
    this.before.get(address).push({ slot, account });
    this.written.push({ address, tip: this.tip });
    return account;
  }

  /** Writes an account by hand; every level and every slot shows it. */
  write(address, account) {
    this.remember(address, EVERYWHERE);
    this.put(address, account);
  }

  forget(count) {
    while (this.written.length > count) {
      const { address } = this.written.pop();
      this.put(address, this.before.get(address).pop().account);
    }
  }

  // Transactions

  keysOf(transaction, slot = this.tip) {
    const keys = transaction.keys.map((address, index) => ({ address, writable: isWritable(transaction, index) }));
    const looked = { writable: [], readonly: [] };
    for (const { table, writable, readonly } of transaction.lookups) {
      const data = this.accountAt(table, slot)?.data ?? [];
      const at = (index) => base58(data.slice(56 + 32 * index, 88 + 32 * index));
      const known = (index) => 88 + 32 * index <= data.length;
      looked.writable.push(...writable.filter(known).map((index) => ({ address: at(index), writable: true })));
      looked.readonly.push(...readonly.filter(known).map((index) => ({ address: at(index), writable: false })));
    }
    return [...keys, ...looked.writable, ...looked.readonly];
  }

  /** Tells whether a blockhash is among the last ones before the end of a slot. */
  knowsBlockhash(blockhash, slot) {
    for (let known = slot; known >= Math.max(FIRST_SLOT, slot - BLOCKHASH_LIFE); known--) {
      if (this.slotData(known).blockhash === blockhash) {
        return true;
      }
    }
    return false;
  }

  /** Returns why a transaction cannot run on top of a slot at all, or null. */
  refusal(transaction, slot, blockhashes = slot) {
    const landed = this.messages.get(transaction.message.toString("latin1"));
    if (landed !== undefined && landed <= slot) {
      return "AlreadyProcessed";
    }
    return this.knowsBlockhash(transaction.blockhash, blockhashes) ? null : "BlockhashNotFound";
  }

  /** Takes a transaction that was sent. */
  accept(transaction) {
    this.waiting.set(transaction.signature, transaction);
    this.landDue();
  }

  landDue() {
    if (this.driving === "transaction" && !this.holding) {
      for (const signature of [...this.waiting.keys()]) {
        this.land(signature);
      }
    }
  }

  /** Puts one waiting transaction into a slot of its own; tells whether it waited. */
  land(signature) {
    const transaction = this.waiting.get(signature);
    if (transaction === undefined) {
      return false;
    }
    this.waiting.delete(signature);
    this.openSlot();
    this.process(transaction);
    this.settleLevels();
    return true;
  }

  /** Runs a transaction in the newest slot, or drops it as a leader does. */
  process(transaction) {
    if (this.refusal(transaction, this.tip, this.tip - 1) !== null || !isSigned(transaction, fromBase58)) {
      return;
    }
    const count = this.written.length;
    const keys = this.keysOf(transaction);
    const changes = keys
      .filter(({ writable }) => writable)
      .map(({ address }) => ({ address, former: this.remember(address, this.tip) }));
    const result = this.vm.sendVersionedTransaction(transaction.wire);
    changes.forEach((change) => (change.latter = this.account(change.address)));
    const failed = result.err !== undefined;
    if (failed && changes[0].former?.lamports === changes[0].latter?.lamports) {
      this.forget(count); // not even the fee could be taken
      return;
    }
    const meta = describe(failed ? result.meta() : result);
    const err = failed ? errorJson(result.err()) : null;
    const addresses = keys.map(({ address }) => address);
    const fee = feeOf(transaction);
    this.landed.set(transaction.signature, { ...meta, slot: this.tip, transaction, addresses, changes, err, fee });
    this.order.push(transaction.signature);
    this.messages.set(transaction.message.toString("latin1"), this.tip);
  }

  /** Returns what would come of a transaction on top of a slot. */
  simulate(transaction, slot) {
    const addresses = this.keysOf(transaction, slot).map(({ address }) => address);
    const isNewer = ({ slot: changed }) => changed > slot;
    const newer = new Set(addresses.filter((address) => this.before.get(address)?.some(isNewer)));
    const present = [...newer].map((address) => ({ address, account: this.account(address) }));
    newer.forEach((address) => this.put(address, this.accountAt(address, slot)));
    this.setClock(slot);
    try {
      const result = this.vm.simulateVersionedTransaction(transaction.wire);
      if (result.err !== undefined) {
        return { ...describe(result.meta()), err: errorJson(result.err()), accounts: new Map(), addresses };
      }
      const accounts = new Map(
        result.postAccounts().map((entry) => {
          const account = entry.account();
          const [lamports, owner] = [account.lamports(), account.owner()];
          return [base58(entry.address), { lamports, owner, data: account.data(), executable: account.executable() }];
        }),
      );
      return { ...describe(result.meta()), err: null, accounts, addresses };
    } finally {
      present.forEach(({ address, account }) => this.put(address, account));
      this.setClock(this.tip);
    }
  }

  /** Runs instructions for which nobody signed; what they write, every slot shows. Returns the error or null. */
  runUnsigned(feePayer, instructions) {
    const wire = unsigned(feePayer, this.slotData(this.tip).blockhash, instructions, fromBase58);
    const count = this.written.length;
    const writable = instructions.flatMap(({ accounts }) => accounts.filter((account) => account.writable));
    new Set([feePayer, ...writable.map(({ address }) => address)]).forEach((address) => {
      this.remember(address, EVERYWHERE);
    });
    const result = this.vm.sendVersionedTransaction(wire);
    if (result.err === undefined) {
      return null;
    }
    this.forget(count);
    return { err: errorJson(result.err()), logs: result.meta().logs() };
  }

  // Going back

  /** Replaces the newest slots by as many empty ones. */
  fork(depth) {
    const kept = this.tip - depth;
    if (kept < this.finalized) {
      return false;
    }
    this.forks++;
    this.goBack(kept, this.written.filter(({ tip }) => tip <= kept).length);
    this.confirmed = Math.min(this.confirmed, kept);
    for (const [id, { slots }] of this.snapshots) {
      if (slots > this.slots.length) {
        this.snapshots.delete(id);
      }
    }
    for (let i = 0; i < depth; i++) {
      this.openSlot();
    }
    this.settleLevels();
    return true;
  }

  goBack(slot, written) {
    this.forget(written);
    this.slots.length = slot - FIRST_SLOT + 1;
    while (this.order.length > 0 && this.landed.get(this.order.at(-1)).slot > slot) {
      const signature = this.order.pop();
      this.messages.delete(this.landed.get(signature).transaction.message.toString("latin1"));
      this.landed.delete(signature);
    }
    this.setClock(this.tip);
  }

  snapshot() {
    const id = `${process.pid}-${++this.snapshotCount}`;
    const { confirmed, finalized, ahead, lag, holding, driving } = this;
    this.snapshots.set(id, {
      slots: this.slots.length,
      written: this.written.length,
      waiting: [...this.waiting],
      settings: { confirmed, finalized, ahead, lag, holding },
      driving,
    });
    return id;
  }

  /** Goes back to a snapshot, which stays; later ones are lost. Tells whether there was one. */
  revert(id) {
    const snapshot = this.snapshots.get(id);
    if (snapshot === undefined) {
      return false;
    }
    clearInterval(this.timer);
    this.forks++;
    this.goBack(FIRST_SLOT + snapshot.slots - 1, snapshot.written);
    this.waiting = new Map(snapshot.waiting);
    Object.assign(this, snapshot.settings);
    const taken = [...this.snapshots.keys()];
    taken.slice(taken.indexOf(id) + 1).forEach((later) => this.snapshots.delete(later));
    this.drive(snapshot.driving);
    return true;
  }

  /** Returns the whole chain as text, without what waits. */
  save() {
    const { slots, confirmed, finalized, before, written, landed, order, messages, forks, ahead, programs, driving } = this;
    const accounts = new Map([...before.keys()].map((address) => [address, this.account(address)]));
    const fields = { slots, confirmed, finalized, before, written, landed, order, messages, forks, ahead, programs };
    return base64(serialize({ fields, accounts, driving }));
  }

  /** Becomes a chain that was saved. */
  load(saved) {
    const { fields, accounts, driving } = deserialize(Buffer.from(saved, "base64"));
    Object.assign(this, fields);
    this.programs.forEach((address) => this.addNoOpProgram(address));
    accounts.forEach((account, address) => this.put(address, account));
    this.setClock(this.tip);
    this.drive(driving);
  }
}

function describe(meta) {
  const returned = meta.returnData();
  return {
    logs: meta.logs(),
    units: Number(meta.computeUnitsConsumed()),
    returned: returned.data().length > 0 ? { program: base58(returned.programId()), data: returned.data() } : null,
    inner: meta.innerInstructions().map((instructions) =>
      instructions.map((inner) => ({
        program: inner.instruction().programIdIndex(),
        accounts: [...inner.instruction().accounts()],
        data: inner.instruction().data(),
        stackHeight: inner.stackHeight(),
      })),
    ),
  };
}

/** Returns the lamports that a transaction costs: its signatures, and the price of its compute units. */
export function feeOf({ header, keys, instructions }) {
  const budget = instructions.filter(({ program }) => keys[program] === COMPUTE_BUDGET);
  const limit = budget.find(({ data }) => data[0] === 2 && data.length === 5);
  const price = budget.find(({ data }) => data[0] === 3 && data.length === 9);
  const units = BigInt(limit ? limit.data.readUInt32LE(1) : Math.min(1_400_000, 200_000 * instructions.length));
  const priority = price ? (price.data.readBigUInt64LE(1) * units + 999_999n) / 1_000_000n : 0n;
  return 5000n * BigInt(header.signers) + priority;
}
