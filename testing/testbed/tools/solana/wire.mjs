// The transaction on the wire: reading one strictly, and writing an unsigned one.
import { createPublicKey, verify } from "node:crypto";
import { base58, compactLength } from "./bytes.mjs";

export const LARGEST = 1232;

/** Reads a legacy or version 0 transaction; throws an Error that says what is wrong. */
export function readTransaction(wire) {
  if (wire.length > LARGEST) {
    throw new Error(`too large: ${wire.length} bytes (max: ${LARGEST})`);
  }
  let at = 0;
  const byte = () => {
    if (at >= wire.length) {
      throw new Error("io error: failed to fill whole buffer");
    }
    return wire[at++];
  };
  const bytes = (count) => {
    if (at + count > wire.length) {
      throw new Error("io error: failed to fill whole buffer");
    }
    at += count;
    return wire.subarray(at - count, at);
  };
  const length = () => {
    let value = 0;
    for (let shift = 0; shift < 21; shift += 7) {
      const next = byte();
      value |= (next & 127) << shift;
      if (next < 128) {
        if (shift > 0 && next === 0) {
          throw new Error("invalid length: alias encoding");
        }
        return value;
      }
    }
    throw new Error("invalid length: three bytes at most");
  };
  const many = (one) => Array.from({ length: length() }, one);

  const signatures = many(() => bytes(64));
  const messageStart = at;
  let version = "legacy";
  if (wire[at] >= 128) {
    version = byte() - 128;
    if (version !== 0) {
      throw new Error(`invalid value: integer \`${version}\`, expected version 0`);
    }
  }
  const header = { signers: byte(), readonlySigners: byte(), readonlyOthers: byte() };
  const keys = many(() => base58(bytes(32)));
  const blockhash = base58(bytes(32));
  const instructions = many(() => ({ program: byte(), accounts: [...bytes(length())], data: bytes(length()) }));
  const lookups =
    version === 0
      ? many(() => ({ table: base58(bytes(32)), writable: [...bytes(length())], readonly: [...bytes(length())] }))
      : [];
  if (at !== wire.length) {
    throw new Error(`${wire.length - at} bytes after the end`);
  }
  return {
    wire: Buffer.from(wire),
    message: wire.subarray(messageStart),
    signature: signatures.length > 0 ? base58(signatures[0]) : "",
    signatures,
    version,
    header,
    keys,
    blockhash,
    instructions,
    lookups,
  };
}

/** Returns what keeps the transaction from being a transaction at all, or null. */
export function insane({ signatures, header, keys, instructions, lookups }) {
  const looked = lookups.reduce((sum, { writable, readonly }) => sum + writable.length + readonly.length, 0);
  const all = keys.length + looked;
  const sane =
    signatures.length === header.signers &&
    header.signers > header.readonlySigners &&
    header.signers + header.readonlyOthers <= keys.length &&
    all <= 256 &&
    lookups.every(({ writable, readonly }) => writable.length + readonly.length > 0) &&
    instructions.every(
      ({ program, accounts }) => program > 0 && program < keys.length && accounts.every((index) => index < all),
    );
  return sane ? null : "invalid transaction: Transaction failed to sanitize accounts offsets correctly";
}

/** Tells which of the transaction's own keys it may write to. */
export function isWritable({ header, keys }, index) {
  return index < header.signers
    ? index < header.signers - header.readonlySigners
    : index < keys.length - header.readonlyOthers;
}

const publicKeys = new Map();
const PREFIX = Buffer.from("302a300506032b6570032100", "hex");

/** Checks every signature over the message. */
export function isSigned({ message, signatures, keys }, bytesOf) {
  return signatures.every((signature, index) => {
    let key = publicKeys.get(keys[index]);
    if (key === undefined) {
      const der = Buffer.concat([PREFIX, bytesOf(keys[index])]);
      key = createPublicKey({ key: der, format: "der", type: "spki" });
      publicKeys.set(keys[index], key);
    }
    try {
      return verify(null, message, key, signature);
    } catch {
      return false; // the key is no point of the curve
    }
  });
}

/** Returns the wire form of a legacy transaction whose signatures are all zero. */
export function unsigned(feePayer, blockhash, instructions, bytesOf) {
  const roles = new Map([[feePayer, { signer: true, writable: true }]]);
  for (const { program, accounts } of instructions) {
    for (const { address, signer = false, writable = false } of [...accounts, { address: program }]) {
      const role = roles.get(address) ?? { signer: false, writable: false };
      roles.set(address, { signer: role.signer || signer, writable: role.writable || writable });
    }
  }
  const rank = ({ signer, writable }) => (signer ? 0 : 2) + (writable ? 0 : 1);
  const keys = [...roles.keys()].sort((a, b) => rank(roles.get(a)) - rank(roles.get(b)));
  const count = (test) => keys.filter((key) => test(roles.get(key))).length;
  const signers = count(({ signer }) => signer);
  const parts = [
    compactLength(signers),
    Buffer.alloc(64 * signers),
    Buffer.from([
      signers,
      count(({ signer, writable }) => signer && !writable),
      count(({ signer, writable }) => !signer && !writable),
    ]),
    compactLength(keys.length),
    ...keys.map(bytesOf),
    bytesOf(blockhash),
    compactLength(instructions.length),
  ];
  for (const { program, accounts, data } of instructions) {
    parts.push(
      Buffer.from([keys.indexOf(program)]),
      compactLength(accounts.length),
      Buffer.from(accounts.map(({ address }) => keys.indexOf(address))),
      compactLength(data.length),
      data,
    );
  }
  return Buffer.concat(parts);
}
