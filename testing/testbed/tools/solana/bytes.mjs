// Base58, base64 and the compact lengths of Solana's wire format.
const ALPHABET = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const VALUE = new Map([...ALPHABET].map((letter, value) => [letter, value]));

export function base58(bytes) {
  const digits = [];
  for (const byte of bytes) {
    let carry = byte;
    for (let i = 0; i < digits.length; i++) {
      carry += digits[i] << 8;
      digits[i] = carry % 58;
      carry = Math.floor(carry / 58);
    }
    for (; carry > 0; carry = Math.floor(carry / 58)) {
      digits.push(carry % 58);
    }
  }
  let text = "";
  for (const byte of bytes) {
    if (byte !== 0) {
      break;
    }
    text += "1";
  }
  return text + digits.reverse().map((digit) => ALPHABET[digit]).join("");
}

/** Returns the bytes, or null when the text is not Base58. */
export function fromBase58(text) {
  if (typeof text !== "string" || text.length > 2400) {
    return null;
  }
  const bytes = [];
  for (const letter of text) {
    let carry = VALUE.get(letter);
    if (carry === undefined) {
      return null;
    }
    for (let i = 0; i < bytes.length; i++) {
      carry += bytes[i] * 58;
      bytes[i] = carry & 255;
      carry >>= 8;
    }
    for (; carry > 0; carry >>= 8) {
      bytes.push(carry & 255);
    }
  }
  for (const letter of text) {
    if (letter !== "1") {
      break;
    }
    bytes.push(0);
  }
  return Uint8Array.from(bytes.reverse());
}

/** Returns the bytes, or null when the text is not canonical base64. */
export function fromBase64(text) {
  if (typeof text !== "string") {
    return null;
  }
  const bytes = Buffer.from(text, "base64");
  return bytes.toString("base64") === text ? bytes : null;
}

export const base64 = (bytes) => Buffer.from(bytes).toString("base64");

export function u64(number) {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt(number));
  return bytes;
}

export function compactLength(length) {
  const bytes = [];
  for (let rest = length; ; rest >>= 7) {
    if (rest < 128) {
      bytes.push(rest);
      return Buffer.from(bytes);
    }
    bytes.push((rest & 127) | 128);
  }
}
