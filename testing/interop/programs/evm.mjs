// What the programs need for exact on one EVM chain: EVM_NETWORK, EVM_RPC_URL, EVM_PRIVATE_KEY, EVM_PAYEE_ADDRESS, POLLING_MS.
import { createWalletClient, defineChain, http, nonceManager, publicActions } from "viem";
import { privateKeyToAccount } from "viem/accounts";

const env = process.env;

export const name = "evm";
export const path = "/exact/evm/eip3009";
export const network = env.EVM_NETWORK;
export const payTo = env.EVM_PAYEE_ADDRESS;

function account(key, options) {
  return privateKeyToAccount(key, options);
}

export async function facilitator(facilitator) {
  const { toFacilitatorEvmSigner } = await import("@x402/evm");
  const { ExactEvmScheme } = await import("@x402/evm/exact/facilitator");
  const chain = defineChain({
    id: Number(network.split(":")[1]),
    name: network,
    nativeCurrency: { name: "Ether", symbol: "ETH", decimals: 18 },
    rpcUrls: { default: { http: [env.EVM_RPC_URL] } },
    blockTime: 2000,
  });
  const signer = account(env.EVM_PRIVATE_KEY, { nonceManager });
  const wallet = createWalletClient({
    account: signer,
    chain,
    transport: http(env.EVM_RPC_URL),
    ...(env.POLLING_MS ? { pollingInterval: Number(env.POLLING_MS) } : {}),
  }).extend(publicActions);
  facilitator.register(
    network,
    new ExactEvmScheme(
      toFacilitatorEvmSigner({
        address: signer.address,
        readContract: args => wallet.readContract(args),
        verifyTypedData: args => wallet.verifyTypedData(args),
        writeContract: args => wallet.writeContract(args),
        sendTransaction: args => wallet.sendTransaction(args),
        waitForTransactionReceipt: args => wallet.waitForTransactionReceipt(args),
        getCode: args => wallet.getCode(args),
      }),
    ),
  );
}

export async function server(server) {
  const { ExactEvmScheme } = await import("@x402/evm/exact/server");
  server.register(network, new ExactEvmScheme());
}

/** Returns what signs texts. */
export async function signer(key) {
  return account(key ?? env.EVM_PRIVATE_KEY);
}

/** Returns the payer's scheme. */
export async function client(key) {
  const { ExactEvmScheme } = await import("@x402/evm/exact/client");
  return new ExactEvmScheme(account(key ?? env.EVM_PRIVATE_KEY));
}
