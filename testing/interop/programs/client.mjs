// The reference client behind HTTP. Environment: PORT and what each family needs. Ready line: "Client listening on <port>".
// POST /fetch {url, method?, body?, key?, wallet?, sign?, id?, signIn?} pays with the SDK's fetch and tells what came of it. What is in `sign`
// replaces members of the requirements for the signature only, so that a wrong payment is one that the SDK signed; `wallet` is
// for the family. The payment is named by `id` where the server asks for names, and `signIn` signs in rather than to pay again.
import { createServer } from "node:http";
import { decodePaymentRequiredHeader, decodePaymentResponseHeader } from "@x402/core/http";
import { appendPaymentIdentifierToExtensions } from "@x402/extensions/payment-identifier";
import { createSIWxClientExtension } from "@x402/extensions/sign-in-with-x";
import { wrapFetchWithPayment, x402Client } from "@x402/fetch";
import { answer, families, json, listen } from "./families.mjs";

async function payer({ key, wallet, sign, id, signIn }) {
  const client = new x402Client();
  for (const family of families) {
    const scheme = await family.client(key, wallet);
    const signing = Object.create(scheme, {
      createPaymentPayload: {
        value: (version, requirements, context) =>
          scheme.createPaymentPayload(version, { ...requirements, ...sign }, context),
      },
    });
    client.register(family.network, signing);
  }
  if (id) {
    client.onBeforePaymentCreation(async ({ paymentRequired }) => {
      appendPaymentIdentifierToExtensions(paymentRequired.extensions ?? {}, id);
    });
  }
  if (signIn) {
    const signers = await Promise.all(families.map(family => family.signer(key)));
    client.registerExtension(createSIWxClientExtension({ signers }));
  }
  return client;
}

async function pay(order) {
  const sent = [];
  const recording = async (input, init) => {
    const request = new Request(input, init);
    sent.push(request.headers.get("payment-signature"));
    return fetch(request);
  };
  const { url, method = "GET", body } = order;
  const response = await wrapFetchWithPayment(recording, await payer(order))(url, { method, body });
  const headers = Object.fromEntries(response.headers);
  return {
    status: response.status,
    body: await response.text(),
    requests: sent.length,
    payment: sent.at(-1),
    receipt: headers["payment-response"] ? decodePaymentResponseHeader(headers["payment-response"]) : null,
    required: headers["payment-required"] ? decodePaymentRequiredHeader(headers["payment-required"]) : null,
  };
}

const server = createServer(async (request, response) => {
  if (request.method !== "POST" || request.url !== "/fetch") {
    answer(response, 404, { error: "no such path" });
    return;
  }
  try {
    answer(response, 200, await pay(await json(request)));
  } catch (error) {
    answer(response, 200, { status: 0, error: error instanceof Error ? error.message : String(error) });
  }
});
console.log(`Client listening on ${await listen(server, Number(process.env.PORT ?? 0))}`);
