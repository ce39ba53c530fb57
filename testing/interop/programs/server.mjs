// The reference seller on express, one server for each facilitator. Environment: PORT, FACILITATOR_URL (several: with commas)
// and what each family needs. Sells each family's path at $0.001. Ready line: "Server listening on <port>[,<port>]".
import { createServer } from "node:http";
import express from "express";
import { HTTPFacilitatorClient } from "@x402/core/server";
import { paymentMiddleware, x402ResourceServer } from "@x402/express";
import { families, listen } from "./families.mjs";

const routes = Object.fromEntries(
  families.map(family => [
    `GET ${family.path}`,
    {
      accepts: { scheme: "exact", price: "$0.001", network: family.network, payTo: family.payTo, maxTimeoutSeconds: 60 },
      description: "paid by " + family.name,
      mimeType: "application/json",
    },
  ]),
);

async function seller(facilitator) {
  const server = new x402ResourceServer(new HTTPFacilitatorClient({ url: facilitator, timeoutMs: 5_000 }));
  for (const family of families) {
    await family.server(server);
  }
  const app = express();
  let runs = 0;
  app.get("/health", (request, response) => response.json({ status: "ok" }));
  app.get("/runs", (request, response) => response.json({ runs }));
  app.post("/close", (request, response) => {
    response.json({ message: "closing" });
    setTimeout(() => process.exit(0), 50);
  });
  app.use(paymentMiddleware(routes, server));
  for (const family of families) {
    app.get(family.path, (request, response) => {
      runs++;
      response.json({ message: "Protected endpoint accessed successfully" });
    });
  }
  return createServer(app);
}

const ports = [];
for (const facilitator of process.env.FACILITATOR_URL.split(",")) {
  ports.push(await listen(await seller(facilitator), Number(process.env.PORT ?? 0)));
}
console.log(`Server listening on ${ports.join(",")}`);
