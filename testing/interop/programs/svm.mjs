// What the programs need for exact on one Solana cluster: SVM_NETWORK, SVM_RPC_URL, SVM_PRIVATE_KEY (Base58 of 64 bytes), SVM_PAYEE_ADDRESS.
import * as kit from "@solana/kit";

const env = process.env;
const LIGHTHOUSE = "L2TExMFKdjpN9kozasaurPirfHy9P8sbXoAN1qA3S95";

export const name = "svm";
export const path = "/exact/svm";
export const network = env.SVM_NETWORK;
export const payTo = env.SVM_PAYEE_ADDRESS;

function account(key) {
  return kit.createKeyPairSignerFromBytes(kit.getBase58Encoder().encode(key ?? env.SVM_PRIVATE_KEY));
}

export async function facilitator(facilitator) {
  const { toFacilitatorSvmSigner } = await import("@x402/svm");
  const { ExactSvmScheme } = await import("@x402/svm/exact/facilitator");
  const signer = toFacilitatorSvmSigner(await account(), { defaultRpcUrl: env.SVM_RPC_URL });
  facilitator.register(network, new ExactSvmScheme(signer));
}

export async function server(server) {
  const { ExactSvmScheme } = await import("@x402/svm/exact/server");
  server.register(network, new ExactSvmScheme());
}

/** Returns what signs texts. */
export async function signer(key) {
  return account(key);
}

/** Returns the payer's scheme; a wallet with `guards` adds so many Lighthouse instructions before it signs, as wallets do. */
export async function client(key, wallet) {
  const { ExactSvmScheme } = await import("@x402/svm/exact/client");
  const signer = await account(key);
  return new ExactSvmScheme(wallet?.guards ? guarding(signer, wallet.guards) : signer, { rpcUrl: env.SVM_RPC_URL });
}

function guarding({ address, keyPair }, guards) {
  return {
    address,
    async modifyAndSignTransactions(transactions) {
      return Promise.all(
        transactions.map(async ({ messageBytes, lifetimeConstraint }) => {
          const compiled = kit.getCompiledTransactionMessageDecoder().decode(messageBytes);
          const { lastValidBlockHeight } = lifetimeConstraint;
          const message = kit.decompileTransactionMessage(compiled, { lastValidBlockHeight });
          const [source] = message.instructions[2].accounts;
          const added = Array.from({ length: guards }, (none, index) => ({
            programAddress: LIGHTHOUSE,
            accounts: [{ address: source.address, role: kit.AccountRole.READONLY }],
            data: new Uint8Array([6 + index, 0, 1, 2]),
          }));
          const guarded = kit.appendTransactionMessageInstructions(added, message);
          return kit.partiallySignTransaction([keyPair], kit.compileTransaction(guarded));
        }),
      );
    },
  };
}
