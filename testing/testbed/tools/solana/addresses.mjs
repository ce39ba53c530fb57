// The programs' addresses, and addresses that programs derive.
import { createHash } from "node:crypto";
import { base58, fromBase58 } from "./bytes.mjs";

export const SYSTEM = "11111111111111111111111111111111";
export const TOKEN = "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA";
export const TOKEN_2022 = "TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb";
export const ASSOCIATED = "ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL";
export const COMPUTE_BUDGET = "ComputeBudget111111111111111111111111111111";
export const LIGHTHOUSE = "L2TExMFKdjpN9kozasaurPirfHy9P8sbXoAN1qA3S95";

const P = 2n ** 255n - 19n;
const D = 37095705934669439343138083508754565189542113879843219016388785533085940283555n;

function power(base, exponent) {
  let result = 1n;
  for (let b = base % P, e = exponent; e > 0n; e >>= 1n, b = (b * b) % P) {
    if (e & 1n) {
      result = (result * b) % P;
    }
  }
  return result;
}

/** Tells whether 32 bytes are a point of the curve, and so may be somebody's public key. */
function isOnCurve(bytes) {
  const y = BigInt("0x" + Buffer.from(bytes).reverse().toString("hex")) & (2n ** 255n - 1n);
  const y2 = (y * y) % P;
  const x2 = ((y2 - 1n + P) * power(D * y2 + 1n, P - 2n)) % P;
  return x2 === 0n || power(x2, (P - 1n) / 2n) === 1n;
}

const derived = new Map();

/** Returns the associated token account of an owner for a mint of a token program. */
export function tokenAccountOf(owner, mint, program) {
  const name = `${owner} ${mint} ${program}`;
  if (!derived.has(name)) {
    const seeds = Buffer.concat([owner, program, mint].map(fromBase58));
    for (let bump = 255; !derived.has(name); bump--) {
      const end = [Buffer.from([bump]), fromBase58(ASSOCIATED), Buffer.from("ProgramDerivedAddress")];
      const candidate = createHash("sha256").update(Buffer.concat([seeds, ...end])).digest();
      if (!isOnCurve(candidate)) {
        derived.set(name, base58(candidate));
      }
    }
  }
  return derived.get(name);
}
