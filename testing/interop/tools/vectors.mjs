// Writes the transactions that scheme-exact-svm is tested with, made by the libraries of the reference SDK and by its client.
// By hand, for it changes nothing as long as those libraries do not:
// node tools/vectors.mjs ../../scheme-exact-svm/src/test/resources/vectors.json
import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import * as kit from "@solana/kit";
import { ExactSvmScheme } from "@x402/svm/exact/client";

const target = process.argv[2];
if (!target) {
  console.error("usage: node tools/vectors.mjs <file>");
  process.exit(2);
}
const ofSdk = createRequire(createRequire(import.meta.url).resolve("@x402/svm"));
const token = ofSdk("@solana-program/token");
const token2022 = ofSdk("@solana-program/token-2022");
const { getSetComputeUnitLimitInstruction, getSetComputeUnitPriceInstruction } = ofSdk("@solana-program/compute-budget");

const NETWORK = "solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1";
const USDC = "4zMMC9srt5Ri5X14GAgXhaHii3GnPAEERYPJgZJDncDU";
const DOLLAR_2022 = "6LMWGPGERDz2jEWyRcFzpqHX1M4zkcDcQtY8ZNFHY6n7";
const TOKEN = token.TOKEN_PROGRAM_ADDRESS;
const TOKEN_2022 = token2022.TOKEN_2022_PROGRAM_ADDRESS;
const MEMO = "MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr";
const LIGHTHOUSE = "L2TExMFKdjpN9kozasaurPirfHy9P8sbXoAN1qA3S95";

const sha256 = (text) => createHash("sha256").update(text).digest();
const base58 = (bytes) => kit.getBase58Decoder().decode(bytes);
const blockhash = (block) => base58(sha256(`block ${block}`));
const account = (name) => kit.createKeyPairSignerFromPrivateKeyBytes(sha256(`x402 testbed ${name}`));
const [feePayer, payer, payee, stranger] = await Promise.all(["fee payer 1", "payer 1", "payee", "stranger"].map(account));
const tokenAccount = (owner, mint, tokenProgram) => token.findAssociatedTokenPda({ owner, mint, tokenProgram });

let nonces = 0;
crypto.getRandomValues = (bytes) => bytes.set(sha256(`nonce ${nonces++}`).subarray(0, bytes.length)) ?? bytes;

async function vector(name, transaction, { version, lookedUp = 0, program, mint, amount, units, price, block, memo, instructions }) {
  const completed = await kit.partiallySignTransaction([feePayer.keyPair], transaction);
  return {
    name,
    version: String(version),
    lookedUp,
    transaction: kit.getBase64EncodedWireTransaction(transaction),
    completed: kit.getBase64EncodedWireTransaction(completed),
    reference: kit.getSignatureFromTransaction(completed),
    messageHash: sha256(transaction.messageBytes).toString("hex"),
    feePayer: feePayer.address,
    authority: payer.address,
    source: (await tokenAccount(payer.address, mint, program))[0],
    destination: (await tokenAccount(payee.address, mint, program))[0],
    mint,
    tokenProgram: program,
    payTo: payee.address,
    amount: String(amount),
    decimals: 6,
    computeUnits: units,
    price: String(price),
    blockhash: blockhash(block),
    memo,
    instructions,
  };
}

const NONCE = "0123456789abcdef0123456789abcdef";
const USUAL = { version: 0, program: TOKEN, mint: USDC, amount: 10_000n, memo: NONCE, guards: 0, lookedUp: 0, units: 20_000, price: 1n };

/** A transaction that a client puts together from the libraries' instructions. */
async function composed(name, block, unusual) {
  const what = { ...USUAL, ...unusual, block };
  const { version, program, mint, amount, memo, guards, lookedUp, units, price } = what;
  const [source] = await tokenAccount(payer.address, mint, program);
  const [destination] = await tokenAccount(payee.address, mint, program);
  const { getTransferCheckedInstruction } = program === TOKEN ? token : token2022;
  const instructions = [
    getSetComputeUnitLimitInstruction({ units }),
    getSetComputeUnitPriceInstruction({ microLamports: price }),
    getTransferCheckedInstruction(
      { source, mint, destination, authority: payer, amount, decimals: 6 },
      { programAddress: program },
    ),
  ];
  for (let i = 0; i < guards; i++) {
    const accounts = [{ address: source, role: kit.AccountRole.READONLY }];
    instructions.push({ programAddress: LIGHTHOUSE, accounts, data: new Uint8Array([6 + i, 0, 1, 2]) });
  }
  if (memo !== null) {
    instructions.push({ programAddress: MEMO, data: new TextEncoder().encode(memo) });
  }
  const message = kit.pipe(
    kit.createTransactionMessage({ version }),
    (empty) => kit.setTransactionMessageFeePayer(feePayer.address, empty),
    (paid) => kit.setTransactionMessageLifetimeUsingBlockhash({ blockhash: blockhash(block), lastValidBlockHeight: 100n }, paid),
    (mortal) => kit.appendTransactionMessageInstructions(instructions, mortal),
    (whole) =>
      lookedUp === 0
        ? whole
        : kit.compressTransactionMessageUsingAddressLookupTables(whole, { [stranger.address]: [mint, destination] }),
  );
  const transaction = await kit.partiallySignTransactionMessageWithSigners(message);
  return vector(name, transaction, { ...what, instructions: instructions.length });
}

/** A transaction of the SDK's own client, whose node is answered here. */
async function signedBySdk(name, block, mint, program, extra) {
  const data = Buffer.alloc(82);
  data.writeUInt32LE(1, 0);
  data.set(kit.getAddressEncoder().encode(stranger.address), 4);
  data.writeBigUInt64LE(1_000_000n, 36);
  data.set([6, 1], 44);
  const answers = {
    getAccountInfo: { data: [data.toString("base64"), "base64"], executable: false, lamports: 1461600, owner: program, rentEpoch: 0, space: 82 },
    getLatestBlockhash: { blockhash: blockhash(block), lastValidBlockHeight: 100 },
  };
  globalThis.fetch = async (url, { body }) => {
    const { id, method } = JSON.parse(body);
    return Response.json({ jsonrpc: "2.0", id, result: { context: { slot: 1 }, value: answers[method] } });
  };
  const client = new ExactSvmScheme(payer, { rpcUrl: "http://127.0.0.1:1" });
  const { payload } = await client.createPaymentPayload(2, {
    scheme: "exact",
    network: NETWORK,
    amount: "10000",
    asset: mint,
    payTo: payee.address,
    maxTimeoutSeconds: 60,
    extra: { feePayer: feePayer.address, ...extra },
  });
  const transaction = kit.getTransactionDecoder().decode(Buffer.from(payload.transaction, "base64"));
  const { version, instructions } = kit.getCompiledTransactionMessageDecoder().decode(transaction.messageBytes);
  const memo = Buffer.from(instructions[3].data).toString();
  return vector(name, transaction, { ...USUAL, version, mint, program, block, memo, instructions: instructions.length });
}

const transactions = [
  await composed("version 0", 1, {}),
  await composed("legacy", 2, { version: "legacy" }),
  await composed("Token-2022", 3, { program: TOKEN_2022, mint: DOLLAR_2022 }),
  await composed("Token-2022, legacy", 4, { program: TOKEN_2022, mint: DOLLAR_2022, version: "legacy" }),
  await composed("a lookup table", 5, { lookedUp: 2 }),
  await composed("one guard, as Phantom adds", 6, { guards: 1 }),
  await composed("two guards, as Solflare adds", 7, { guards: 2 }),
  await composed("a memo of the seller", 8, { memo: "pi_3abc123def456 – größe" }),
  await composed("no memo", 9, { memo: null }),
  await composed("the largest amount and price", 10, { amount: 2n ** 64n - 1n, price: 5_000_000n, units: 1_400_000 }),
  await composed("a memo of 256 bytes", 11, { memo: "m".repeat(256) }),
  await signedBySdk("the reference SDK", 12, USDC, TOKEN, {}),
  await signedBySdk("the reference SDK, Token-2022", 12, DOLLAR_2022, TOKEN_2022, {}),
  await signedBySdk("the reference SDK, a memo of the seller", 12, USDC, TOKEN, { memo: "invoice 7" }),
];

const accounts = [];
for (let i = 0; i < 64; i++) {
  const owner = base58(sha256(`owner ${i}`));
  const [mint, tokenProgram] = i % 2 === 0 ? [USDC, TOKEN] : [DOLLAR_2022, TOKEN_2022];
  const [found, bump] = await tokenAccount(owner, mint, tokenProgram);
  accounts.push({ owner, mint, tokenProgram, account: found, bump });
}

const rows = (list) => list.map((row) => "    " + JSON.stringify(row)).join(",\n");
const madeBy = "@solana/kit 8.4.0, @x402/svm 2.27.0 and its @solana-program/token, token-2022, compute-budget";
writeFileSync(
  target,
  `{\n  "madeBy": "${madeBy}",\n  "transactions": [\n${rows(transactions)}\n  ],\n  "accounts": [\n${rows(accounts)}\n  ]\n}\n`,
);
