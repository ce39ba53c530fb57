// Mints and token accounts: made by the token programs themselves, read as the RPC shows them.
import { base58, fromBase58, u64 } from "./bytes.mjs";
import { ASSOCIATED, SYSTEM, TOKEN, TOKEN_2022, tokenAccountOf } from "./addresses.mjs";
import { RpcError, badParams, errorText } from "./errors.mjs";

const FAUCET = "Faucet1111111111111111111111111111111111111";
const TOKEN_ACCOUNT = 165;

export const isTokenProgram = (owner) => owner === TOKEN || owner === TOKEN_2022;

function run(chain, instructions) {
  chain.write(FAUCET, { lamports: 10n ** 15n, owner: new Uint8Array(32), data: new Uint8Array(), executable: false });
  const failure = chain.runUnsigned(FAUCET, instructions);
  if (failure !== null) {
    throw new RpcError(-32000, `${errorText(failure.err)}; logs: ${failure.logs.join(" | ")}`);
  }
}

/** The extensions that a mint of Token-2022 may have: the size of each, and the instruction that starts it. */
const EXTENSIONS = {
  transferFee: {
    size: 108,
    start: (issuer) => [[26, 0], some(issuer), some(issuer), [100, 0], u64(1_000_000)],
  },
  transferHook: { size: 64, start: (issuer, hook) => [[36, 0], fromBase58(issuer), fromBase58(hook)] },
  permanentDelegate: { size: 32, start: (issuer) => [[35], fromBase58(issuer)] },
  defaultFrozen: { size: 1, start: () => [[28, 0, 2]] },
  nonTransferable: { size: 0, start: () => [[32]] },
  mintCloseAuthority: { size: 32, start: (issuer) => [[25], some(issuer)] },
  interestBearing: { size: 52, start: (issuer) => [[33, 0], fromBase58(issuer), [100, 0]] },
  confidentialTransfer: { size: 65, start: (issuer) => [[27, 0], fromBase58(issuer), [1], new Uint8Array(32)] },
  metadataPointer: { size: 64, start: (issuer) => [[39, 0], fromBase58(issuer), fromBase58(issuer)] },
  scaledUiAmount: { size: 56, start: (issuer) => [[43, 0], fromBase58(issuer), double(2)] },
  pausable: { size: 33, start: (issuer) => [[44, 0], fromBase58(issuer)] },
};

const some = (address) => Buffer.concat([Buffer.from([1]), fromBase58(address)]);

function double(value) {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleLE(value);
  return bytes;
}

/** Makes a mint whose authority for everything is the issuer. */
export function createMint(chain, { address, program, decimals, issuer, extensions = [], hook = SYSTEM }) {
  const wanted = extensions.map((name) => {
    if (EXTENSIONS[name] === undefined) {
      throw badParams(`no extension ${name}; there are ${Object.keys(EXTENSIONS).join(", ")}`);
    }
    return EXTENSIONS[name];
  });
  const extra = wanted.reduce((sum, { size }) => sum + 4 + size, 0);
  const data = new Uint8Array(extra === 0 ? 82 : TOKEN_ACCOUNT + 1 + extra);
  const lamports = chain.vm.minimumBalanceForRentExemption(BigInt(data.length));
  chain.write(address, { lamports, owner: fromBase58(program), data, executable: false });
  const instruction = (parts) => ({
    program,
    accounts: [{ address, writable: true }],
    data: Buffer.concat(parts.map((part) => Buffer.from(part))),
  });
  run(chain, [
    ...wanted.map(({ start }) => instruction(start(issuer, hook))),
    instruction([[20, decimals], fromBase58(issuer), some(issuer)]),
  ]);
}

/** Returns the token program of a mint. */
export function programOf(chain, mint, slot = chain.tip) {
  const owner = chain.accountAt(mint, slot)?.owner;
  if (owner === undefined || !isTokenProgram(base58(owner))) {
    throw badParams(`${mint} is not a mint`);
  }
  return base58(owner);
}

/** Makes an owner's associated token account where it lacks, and returns its address. */
export function openTokenAccount(chain, mint, owner) {
  const program = programOf(chain, mint);
  const address = tokenAccountOf(owner, mint, program);
  const accounts = [
    { address: FAUCET, signer: true, writable: true },
    { address, writable: true },
    { address: owner },
    { address: mint },
    { address: SYSTEM },
    { address: program },
  ];
  run(chain, [{ program: ASSOCIATED, accounts, data: Buffer.from([1]) }]);
  return address;
}

/** Sets what a token account holds, and the mint's supply with it. */
export function setTokenBalance(chain, mint, owner, amount) {
  const address = openTokenAccount(chain, mint, owner);
  const holder = edit(chain, address);
  const former = holder.data.readBigUInt64LE(64);
  holder.data.writeBigUInt64LE(amount, 64);
  chain.write(address, holder);
  const issued = edit(chain, mint);
  issued.data.writeBigUInt64LE(issued.data.readBigUInt64LE(36) + amount - former, 36);
  chain.write(mint, issued);
}

/** Freezes or thaws a token account. */
export function setFrozen(chain, mint, owner, frozen) {
  const address = openTokenAccount(chain, mint, owner);
  const holder = edit(chain, address);
  holder.data[108] = frozen ? 2 : 1;
  chain.write(address, holder);
}

function edit(chain, address) {
  const account = chain.account(address);
  return { ...account, data: Buffer.from(account.data) };
}

/** Returns the amount that a token account holds, or null when it is none. */
export function holding(account) {
  if (account === null || !isTokenProgram(base58(account.owner)) || !isTokenAccount(account.data)) {
    return null;
  }
  const data = Buffer.from(account.data);
  return { mint: base58(data.subarray(0, 32)), owner: base58(data.subarray(32, 64)), amount: data.readBigUInt64LE(64) };
}

const isTokenAccount = (data) =>
  data.length >= TOKEN_ACCOUNT && data[108] !== 0 && (data.length === TOKEN_ACCOUNT || data[TOKEN_ACCOUNT] === 2);

const isMint = (data) => (data.length === 82 || (data.length > TOKEN_ACCOUNT && data[TOKEN_ACCOUNT] === 1)) && data[45] === 1;

export function uiAmount(amount, decimals) {
  const digits = amount.toString().padStart(decimals + 1, "0");
  const whole = digits.slice(0, digits.length - decimals);
  const text = (decimals > 0 ? `${whole}.${digits.slice(-decimals)}` : whole).replace(/(\.\d*?)0+$/, "$1").replace(/\.$/, "");
  return { amount: amount.toString(), decimals, uiAmount: Number(text), uiAmountString: text };
}

/** Returns a mint's decimals as they were at a slot. */
export const decimalsOf = (chain, mint, slot) => chain.accountAt(mint, slot)?.data[44] ?? 0;

/** Returns the parsed form of a mint or token account, or null. */
export function parsed(chain, account, slot) {
  const owner = base58(account.owner);
  if (!isTokenProgram(owner)) {
    return null;
  }
  const data = Buffer.from(account.data);
  const option = (at) => (data.readUInt32LE(at) === 1 ? base58(data.subarray(at + 4, at + 36)) : null);
  const extensions = owner === TOKEN_2022 && data.length > TOKEN_ACCOUNT ? { extensions: extensionsIn(data) } : {};
  const answer = (type, info) => ({
    program: owner === TOKEN ? "spl-token" : "spl-token-2022",
    parsed: { type, info: { ...info, ...extensions } },
    space: data.length,
  });
  if (isMint(data)) {
    return answer("mint", {
      mintAuthority: option(0),
      supply: data.readBigUInt64LE(36).toString(),
      decimals: data[44],
      isInitialized: true,
      freezeAuthority: option(46),
    });
  }
  const held = holding(account);
  if (held === null) {
    return null;
  }
  return answer("account", {
    mint: held.mint,
    owner: held.owner,
    tokenAmount: uiAmount(held.amount, decimalsOf(chain, held.mint, slot)),
    state: data[108] === 2 ? "frozen" : "initialized",
    isNative: data.readUInt32LE(109) === 1,
  });
}

const EXTENSION_NAMES = {
  1: "transferFeeConfig", 2: "transferFeeAmount", 3: "mintCloseAuthority", 4: "confidentialTransferMint",
  6: "defaultAccountState", 7: "immutableOwner", 9: "nonTransferable", 10: "interestBearingConfig",
  12: "permanentDelegate", 13: "nonTransferableAccount", 14: "transferHook", 15: "transferHookAccount",
  18: "metadataPointer", 25: "scaledUiAmountConfig", 26: "pausableConfig", 27: "pausableAccount",
};

function extensionsIn(data) {
  const found = [];
  for (let at = TOKEN_ACCOUNT + 1; at + 4 <= data.length && data.readUInt16LE(at) !== 0; at += 4 + data.readUInt16LE(at + 2)) {
    found.push({ extension: EXTENSION_NAMES[data.readUInt16LE(at)] ?? `unknown${data.readUInt16LE(at)}` });
  }
  return found;
}
