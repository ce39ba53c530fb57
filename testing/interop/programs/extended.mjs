// The reference seller with its extensions. Environment: PORT, FACILITATOR_URL and what each family needs. Sells /named (payments
// with names), /listed (a declaration for the catalogue) and /session (sign-in) at $0.001. Ready line: "Server listening on <port>".
// POST /judge takes a challenge and answers what the reference's catalogue makes of its declaration.
import { createServer } from "node:http";
import express from "express";
import { decodePaymentSignatureHeader } from "@x402/core/http";
import { HTTPFacilitatorClient } from "@x402/core/server";
import { paymentMiddleware, x402ResourceServer } from "@x402/express";
import {
  bazaarResourceServerExtension,
  declareDiscoveryExtension,
  extractDiscoveryInfo,
  validateDiscoveryExtension,
  validateDiscoveryExtensionSpec,
} from "@x402/extensions/bazaar";
import {
  PAYMENT_IDENTIFIER,
  declarePaymentIdentifierExtension,
  extractAndValidatePaymentIdentifier,
  paymentIdentifierResourceServerExtension,
} from "@x402/extensions/payment-identifier";
import {
  InMemorySIWxStorage,
  createSIWxResourceServerExtension,
  declareSIWxExtension,
} from "@x402/extensions/sign-in-with-x";
import { answer, families, json, listen } from "./families.mjs";

const declared = {
  "/named": { [PAYMENT_IDENTIFIER]: declarePaymentIdentifierExtension(true) },
  "/listed": declareDiscoveryExtension({
    input: { city: "Berlin" },
    inputSchema: { type: "object", properties: { city: { type: "string" } }, required: ["city"] },
    output: { example: { city: "Berlin", degrees: 21 } },
  }),
  "/session": declareSIWxExtension({ statement: "Sign in to read on", expirationSeconds: 300 }),
};

/** Who paid is remembered by address; a nonce is good once. */
class Storage extends InMemorySIWxStorage {
  nonces = new Set();
  hasUsedNonce(nonce) {
    return this.nonces.has(nonce);
  }
  recordNonce(nonce) {
    this.nonces.add(nonce);
  }
}

let app;
const server = createServer((request, response) => app(request, response));
const port = await listen(server, Number(process.env.PORT ?? 0));

const resources = new x402ResourceServer(
  new HTTPFacilitatorClient({ url: process.env.FACILITATOR_URL, timeoutMs: 5_000 }),
);
for (const family of families) {
  await family.server(resources);
}
resources.registerExtension(bazaarResourceServerExtension);
resources.registerExtension(paymentIdentifierResourceServerExtension);
resources.registerExtension(
  createSIWxResourceServerExtension({ storage: new Storage(), origin: `http://localhost:${port}` }),
);

const routes = Object.fromEntries(
  Object.entries(declared).map(([path, extensions]) => [
    `GET ${path}`,
    {
      accepts: families.map(({ network, payTo }) => ({
        scheme: "exact",
        price: "$0.001",
        network,
        payTo,
        maxTimeoutSeconds: 60,
      })),
      description: "sold at " + path,
      mimeType: "application/json",
      extensions,
    },
  ]),
);

app = express();
app.post("/judge", async (request, response) => {
  const required = await json(request);
  const declaration = required.extensions.bazaar;
  const payload = {
    x402Version: 2,
    resource: required.resource,
    accepted: required.accepts[0],
    payload: {},
    extensions: required.extensions,
  };
  answer(response, 200, {
    form: validateDiscoveryExtensionSpec(declaration),
    fits: validateDiscoveryExtension(declaration),
    found: extractDiscoveryInfo(payload, required.accepts[0]),
  });
});
app.use(paymentMiddleware(routes, resources));
for (const path of Object.keys(declared)) {
  app.get(path, (request, response) => {
    const header = request.headers["payment-signature"];
    const named = header ? extractAndValidatePaymentIdentifier(decodePaymentSignatureHeader(header)) : null;
    response.json({ message: "sold", paid: Boolean(header), id: named?.id ?? null, valid: named?.validation.valid ?? null });
  });
}
console.log(`Server listening on ${port}`);
