// Solana's JSON-RPC methods, as far as payments need them, in the words of a real node.
import { base58, base64, fromBase58, fromBase64 } from "./bytes.mjs";
import { BLOCKHASH_LIFE, feeOf } from "./chain.mjs";
import { RpcError, badParams, errorText } from "./errors.mjs";
import { decimalsOf, holding, isTokenProgram, parsed, programOf, uiAmount } from "./tokens.mjs";
import { insane, isSigned, isWritable, readTransaction, LARGEST } from "./wire.mjs";

const FOREVER = Number.MAX_SAFE_INTEGER;
const RECENT_SLOTS = 300;
const LEVELS = ["processed", "confirmed", "finalized"];

export function rpcMethods(chain) {
  /** Returns the slot that a call is about. */
  const viewOf = (config, floor = "processed") => {
    const level = config?.commitment ?? "finalized";
    if (!LEVELS.includes(level)) {
      throw badParams(`Invalid params: unknown variant \`${level}\`, expected one of \`processed\`, \`confirmed\`, \`finalized\`.`);
    }
    if (LEVELS.indexOf(level) < LEVELS.indexOf(floor)) {
      throw badParams("Method does not support commitment below `confirmed`");
    }
    const slot = chain.view(level);
    if (config?.minContextSlot > slot) {
      throw new RpcError(-32016, "Minimum context slot has not been reached", { contextSlot: slot });
    }
    return slot;
  };
  const context = (slot, value) => ({ context: { apiVersion: "2.3.0", slot }, value });

  const address = (text) => {
    const bytes = fromBase58(text);
    if (bytes === null || bytes.length !== 32) {
      throw badParams(`Invalid param: ${bytes === null ? "Invalid" : "WrongSize"}`);
    }
    return text;
  };

  const transactionIn = (text, encoding = "base58") => {
    if (typeof text !== "string" || !["base58", "base64"].includes(encoding)) {
      throw badParams(`unsupported encoding: ${encoding}. Supported encodings: base58, base64`);
    }
    const bytes = encoding === "base64" ? fromBase64(text) : fromBase58(text);
    if (bytes === null) {
      throw badParams(`invalid ${encoding} encoding: InvalidByte(0, 0)`);
    }
    const type = "solana_transaction::versioned::VersionedTransaction";
    if (bytes.length > LARGEST) {
      throw badParams(`decoded ${type} too large: ${bytes.length} bytes (max: ${LARGEST} bytes)`);
    }
    let transaction;
    try {
      transaction = readTransaction(Buffer.from(bytes));
    } catch (malformed) {
      throw badParams(`failed to deserialize ${type}: ${malformed.message}`);
    }
    const complaint = insane(transaction);
    if (complaint !== null) {
      throw badParams(complaint);
    }
    return transaction;
  };

  const requireSigned = (transaction) => {
    if (!isSigned(transaction, fromBase58)) {
      throw new RpcError(-32003, "Transaction signature verification failure");
    }
  };

  const accountJson = (account, { encoding = "base58", dataSlice } = {}, slot = chain.tip) => {
    if (account === null) {
      return null;
    }
    const { lamports, owner, data, executable } = account;
    const part = dataSlice ? data.slice(dataSlice.offset, dataSlice.offset + dataSlice.length) : data;
    const structured = encoding === "jsonParsed" ? parsed(chain, account, slot) : null;
    if (encoding === "base58" && part.length > 128) {
      throw new RpcError(-32600, "Encoded binary (base 58) data should be less than 128 bytes, please use Base64 encoding.");
    }
    return {
      data: structured ?? (encoding === "base58" ? [base58(part), "base58"] : [base64(part), "base64"]),
      executable,
      lamports: Number(lamports),
      owner: base58(owner),
      rentEpoch: FOREVER,
      space: data.length,
    };
  };

  const returnJson = (returned) =>
    returned === null ? null : { programId: returned.program, data: [base64(returned.data), "base64"] };

  const simulation = (transaction, slot, { replaceRecentBlockhash, innerInstructions, accounts } = {}) => {
    const refusal = chain.refusal(transaction, slot);
    const blank = { err: refusal, logs: [], units: 0, returned: null, inner: [], accounts: new Map() };
    const isReplaced = replaceRecentBlockhash && refusal === "BlockhashNotFound";
    const result = refusal === null || isReplaced ? chain.simulate(transaction, slot) : blank;
    const replacement = { blockhash: chain.slotData(slot).blockhash, lastValidBlockHeight: chain.height(slot) + BLOCKHASH_LIFE };
    return {
      accounts: accounts
        ? accounts.addresses.map((wanted) => {
            const after = result.accounts.get(address(wanted)) ?? chain.accountAt(wanted, slot);
            return result.err === null ? accountJson(after, { encoding: accounts.encoding ?? "base64" }, slot) : null;
          })
        : null,
      err: result.err,
      fee: Number(feeOf(transaction)),
      innerInstructions: innerInstructions ? innerJson(result, (inner) => parsedInstruction(inner, result.addresses)) : null,
      loadedAccountsDataSize: 0,
      logs: result.logs,
      replacementBlockhash: replaceRecentBlockhash ? replacement : null,
      returnData: returnJson(result.returned),
      unitsConsumed: result.units,
    };
  };

  const innerJson = ({ inner }, one) =>
    inner
      .map((instructions, index) => ({ index, instructions: instructions.map(one) }))
      .filter(({ instructions }) => instructions.length > 0);

  const compiled = ({ program, accounts, data, stackHeight = null }) => ({
    programIdIndex: program,
    accounts,
    data: base58(data),
    stackHeight,
  });

  const parsedInstruction = ({ program, accounts, data, stackHeight = null }, addresses) => {
    const named = accounts.map((index) => addresses[index]);
    const programId = addresses[program];
    const bytes = Buffer.from(data);
    const answer = (type, info) => ({
      program: programId.startsWith("Tokenz") ? "spl-token-2022" : "spl-token",
      programId,
      parsed: { type, info },
      stackHeight,
    });
    if (isTokenProgram(programId) && bytes[0] === 12 && bytes.length === 10) {
      const [source, mint, destination, authority] = named;
      const tokenAmount = uiAmount(bytes.readBigUInt64LE(1), bytes[9]);
      return answer("transferChecked", { source, mint, destination, authority, tokenAmount });
    }
    if (isTokenProgram(programId) && bytes[0] === 3 && bytes.length === 9) {
      const [source, destination, authority] = named;
      return answer("transfer", { source, destination, authority, amount: bytes.readBigUInt64LE(1).toString() });
    }
    return { programId, accounts: named, data: base58(bytes), stackHeight };
  };

  const tokenBalances = ({ changes, addresses, slot }, which) =>
    changes.flatMap((change) => {
      const held = holding(change[which]);
      if (held === null) {
        return [];
      }
      const { mint, owner, amount } = held;
      const uiTokenAmount = uiAmount(amount, decimalsOf(chain, mint, slot));
      const programId = base58(change[which].owner);
      return [{ accountIndex: addresses.indexOf(change.address), mint, owner, programId, uiTokenAmount }];
    });

  const messageJson = ({ transaction, addresses }, encoding) => {
    const { header, keys, blockhash, instructions, lookups, version } = transaction;
    const isParsed = encoding === "jsonParsed";
    const accountKeys = isParsed
      ? addresses.map((pubkey, index) => ({
          pubkey,
          signer: index < header.signers,
          source: index < keys.length ? "transaction" : "lookupTable",
          writable: index < keys.length ? isWritable(transaction, index) : undefined,
        }))
      : keys;
    const tables = lookups.map(({ table, writable, readonly }) => ({
      accountKey: table,
      writableIndexes: writable,
      readonlyIndexes: readonly,
    }));
    return {
      accountKeys,
      ...(isParsed
        ? {}
        : {
            header: {
              numRequiredSignatures: header.signers,
              numReadonlySignedAccounts: header.readonlySigners,
              numReadonlyUnsignedAccounts: header.readonlyOthers,
            },
          }),
      instructions: instructions.map((one) => (isParsed ? parsedInstruction(one, addresses) : compiled(one))),
      recentBlockhash: blockhash,
      ...(version === 0 ? { addressTableLookups: tables } : {}),
    };
  };

  const transactionJson = (landed, encoding) => {
    const { transaction } = landed;
    if (encoding === "base64" || encoding === "base58") {
      return [encoding === "base64" ? base64(transaction.wire) : base58(transaction.wire), encoding];
    }
    return { message: messageJson(landed, encoding), signatures: transaction.signatures.map(base58) };
  };

  const status = (err) => (err === null ? { Ok: null } : { Err: err });

  const metaJson = (landed, encoding) => {
    const lamports = (which) =>
      landed.addresses.map((key) => {
        const change = landed.changes.find((one) => one.address === key);
        return Number((change ? change[which] : chain.accountAt(key, landed.slot))?.lamports ?? 0n);
      });
    const statics = landed.transaction.keys.length;
    const one = encoding === "jsonParsed" ? (inner) => parsedInstruction(inner, landed.addresses) : compiled;
    const writable = landed.transaction.lookups.reduce((sum, lookup) => sum + lookup.writable.length, 0);
    return {
      computeUnitsConsumed: landed.units,
      err: landed.err,
      fee: Number(landed.fee),
      innerInstructions: innerJson(landed, one),
      loadedAddresses: {
        readonly: landed.addresses.slice(statics + writable),
        writable: landed.addresses.slice(statics, statics + writable),
      },
      logMessages: landed.logs,
      postBalances: lamports("latter"),
      postTokenBalances: tokenBalances(landed, "latter"),
      preBalances: lamports("former"),
      preTokenBalances: tokenBalances(landed, "former"),
      returnData: returnJson(landed.returned) ?? undefined,
      rewards: [],
      status: status(landed.err),
    };
  };

  const seen = (signature) => {
    const landed = chain.landed.get(signature);
    return landed !== undefined && landed.slot <= chain.view("processed") ? landed : undefined;
  };

  const tokenAccountAt = (text, slot) => {
    const account = chain.accountAt(address(text), slot);
    const held = holding(account);
    if (held === null) {
      throw badParams(`Invalid param: ${account === null ? "could not find account" : "not a Token account"}`);
    }
    return held;
  };

  const owned = (program, slot) =>
    chain.vm.getProgramAccounts(fromBase58(program)).flatMap((entry) => {
      const pubkey = base58(entry.address);
      const account = chain.accountAt(pubkey, slot);
      return account === null ? [] : [{ pubkey, account }];
    });

  const matches = (data, filters = []) =>
    filters.every(({ dataSize, memcmp }) => {
      const wanted = memcmp && Buffer.from(memcmp.encoding === "base64" ? fromBase64(memcmp.bytes) : fromBase58(memcmp.bytes));
      return (
        (dataSize === undefined || data.length === dataSize) &&
        (!memcmp || wanted.equals(Buffer.from(data.slice(memcmp.offset, memcmp.offset + wanted.length))))
      );
    });

  return {
    getHealth: () => "ok",
    getVersion: () => ({ "feature-set": 0, "solana-core": "2.3.0" }),
    getIdentity: () => ({ identity: "Faucet1111111111111111111111111111111111111" }),
    getGenesisHash: () => chain.genesisHash,
    getFirstAvailableBlock: () => 0,
    getSlot: (config) => viewOf(config),
    getBlockHeight: (config) => chain.height(viewOf(config)),
    getTransactionCount: () => chain.order.length,
    getBlockTime: (slot) => chain.slotData(slot)?.time ?? null,
    getEpochInfo: (config) => {
      const slot = viewOf(config);
      const blockHeight = chain.height(slot);
      return { absoluteSlot: slot, blockHeight, ...chain.epoch(slot), transactionCount: chain.order.length };
    },
    getLatestBlockhash: (config) => {
      const slot = viewOf(config);
      const lastValidBlockHeight = chain.height(slot) + BLOCKHASH_LIFE;
      return context(slot, { blockhash: chain.slotData(slot).blockhash, lastValidBlockHeight });
    },
    isBlockhashValid: (blockhash, config) => {
      const slot = viewOf(config);
      return context(slot, chain.knowsBlockhash(address(blockhash), slot));
    },
    getFeeForMessage: (message, config) => {
      const slot = viewOf(config);
      const bytes = fromBase64(message);
      if (bytes === null || bytes.length === 0) {
        throw badParams("invalid base64 encoding: InvalidByte(0, 0)");
      }
      const signers = bytes[bytes[0] >= 128 ? 1 : 0];
      const transaction = transactionIn(base64(Buffer.concat([Buffer.from([signers]), Buffer.alloc(64 * signers), bytes])), "base64");
      return context(slot, chain.knowsBlockhash(transaction.blockhash, slot) ? Number(feeOf(transaction)) : null);
    },
    getRecentPrioritizationFees: () => [{ slot: chain.view("processed"), prioritizationFee: 0 }],
    getMinimumBalanceForRentExemption: (size) => Number(chain.vm.minimumBalanceForRentExemption(BigInt(size))),
    getBalance: (key, config) => {
      const slot = viewOf(config);
      return context(slot, Number(chain.accountAt(address(key), slot)?.lamports ?? 0n));
    },
    getAccountInfo: (key, config) => {
      const slot = viewOf(config);
      return context(slot, accountJson(chain.accountAt(address(key), slot), config ?? {}, slot));
    },
    getMultipleAccounts: (keys, config) => {
      const slot = viewOf(config);
      if (!Array.isArray(keys) || keys.length > 100) {
        throw badParams("Too many inputs provided; max 100");
      }
      return context(slot, keys.map((key) => accountJson(chain.accountAt(address(key), slot), config ?? {}, slot)));
    },
    getProgramAccounts: (program, config) => {
      const slot = viewOf(config);
      const found = owned(address(program), slot).filter(({ account }) => matches(account.data, config?.filters));
      const rows = found.map(({ pubkey, account }) => ({ pubkey, account: accountJson(account, config ?? {}, slot) }));
      return config?.withContext ? context(slot, rows) : rows;
    },
    getTokenAccountBalance: (key, config) => {
      const slot = viewOf(config);
      const { mint, amount } = tokenAccountAt(key, slot);
      return context(slot, uiAmount(amount, decimalsOf(chain, mint, slot)));
    },
    getTokenSupply: (mint, config) => {
      const slot = viewOf(config);
      programOf(chain, address(mint), slot);
      const data = Buffer.from(chain.accountAt(mint, slot).data);
      return context(slot, uiAmount(data.readBigUInt64LE(36), data[44]));
    },
    getTokenAccountsByOwner: (owner, { mint, programId }, config) => {
      const slot = viewOf(config);
      const found = owned(programId ?? programOf(chain, address(mint), slot), slot).filter(({ account }) => {
        const held = holding(account);
        return held?.owner === address(owner) && (mint === undefined || held.mint === mint);
      });
      return context(slot, found.map(({ pubkey, account }) => ({ pubkey, account: accountJson(account, config ?? {}, slot) })));
    },
    simulateTransaction: (text, config = {}) => {
      const { sigVerify, replaceRecentBlockhash, encoding } = config ?? {};
      const slot = viewOf(config);
      const transaction = transactionIn(text, encoding);
      if (sigVerify && replaceRecentBlockhash) {
        throw badParams("sigVerify may not be used with replaceRecentBlockhash");
      }
      if (sigVerify) {
        requireSigned(transaction);
      }
      return context(slot, simulation(transaction, slot, config ?? {}));
    },
    sendTransaction: (text, config = {}) => {
      const { skipPreflight, preflightCommitment, minContextSlot, encoding } = config ?? {};
      const transaction = transactionIn(text, encoding);
      const slot = viewOf({ commitment: preflightCommitment, minContextSlot });
      if (!skipPreflight) {
        requireSigned(transaction);
        const result = simulation(transaction, slot);
        if (result.err !== null) {
          throw new RpcError(-32002, `Transaction simulation failed: ${errorText(result.err)}`, result);
        }
      }
      chain.accept(transaction);
      return transaction.signature;
    },
    getSignatureStatuses: (signatures, config) => {
      const slot = chain.view("processed");
      if (!Array.isArray(signatures) || signatures.length > 256) {
        throw badParams("Too many inputs provided; max 256");
      }
      const value = signatures.map((signature) => {
        if (fromBase58(signature)?.length !== 64) {
          throw badParams("Invalid param: WrongSize");
        }
        const landed = seen(signature);
        if (landed === undefined || (!config?.searchTransactionHistory && landed.slot < slot - RECENT_SLOTS)) {
          return null;
        }
        const confirmationStatus = chain.levelOf(landed.slot);
        const confirmations = confirmationStatus === "finalized" ? null : slot - landed.slot;
        return { confirmationStatus, confirmations, err: landed.err, slot: landed.slot, status: status(landed.err) };
      });
      return context(slot, value);
    },
    getSignaturesForAddress: (key, config) => {
      const slot = viewOf(config, "confirmed");
      address(key);
      const newestFirst = [...chain.order].reverse();
      const from = config?.before ? newestFirst.indexOf(config.before) + 1 : 0;
      const rows = [];
      for (const signature of newestFirst.slice(from)) {
        if (signature === config?.until || rows.length >= (config?.limit ?? 1000)) {
          break;
        }
        const landed = chain.landed.get(signature);
        if (landed.slot <= slot && landed.addresses.includes(key)) {
          const confirmationStatus = chain.levelOf(landed.slot);
          const blockTime = chain.slotData(landed.slot).time;
          rows.push({ blockTime, confirmationStatus, err: landed.err, memo: null, signature, slot: landed.slot });
        }
      }
      return rows;
    },
    getTransaction: (signature, config) => {
      const { encoding = "json", maxSupportedTransactionVersion } = typeof config === "string" ? { encoding: config } : config ?? {};
      const slot = viewOf(config, "confirmed");
      const landed = seen(signature);
      if (landed === undefined || landed.slot > slot) {
        return null;
      }
      const { version } = landed.transaction;
      if (version === 0 && maxSupportedTransactionVersion === undefined) {
        throw new RpcError(
          -32015,
          "Transaction version (0) is not supported by the requesting client. " +
            'Please try the request again with the following configuration parameter: "maxSupportedTransactionVersion": 0',
        );
      }
      return {
        blockTime: chain.slotData(landed.slot).time,
        meta: metaJson(landed, encoding),
        slot: landed.slot,
        transaction: transactionJson(landed, encoding),
        ...(maxSupportedTransactionVersion === undefined ? {} : { version }),
      };
    },
    requestAirdrop: (key, lamports) => {
      const account = chain.account(address(key)) ?? { lamports: 0n, owner: new Uint8Array(32), data: new Uint8Array(), executable: false };
      chain.write(key, { ...account, lamports: account.lamports + BigInt(lamports) });
      return base58(Buffer.alloc(64, 1));
    },
  };
}
