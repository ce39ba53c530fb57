// The reference facilitator behind HTTP. Environment: PORT and what each family needs. Ready line: "Facilitator listening on <port>".
import { createServer } from "node:http";
import { x402Facilitator } from "@x402/core/facilitator";
import { answer, families, json, listen } from "./families.mjs";

const facilitator = new x402Facilitator();
for (const family of families) {
  await family.facilitator(facilitator);
}

const decided = {
  "POST /verify": "verify",
  "POST /settle": "settle",
};

const server = createServer(async (request, response) => {
  const asked = `${request.method} ${request.url.split("?")[0]}`;
  try {
    if (decided[asked]) {
      const { paymentPayload, paymentRequirements } = await json(request);
      if (!paymentPayload || !paymentRequirements) {
        answer(response, 400, { error: "Missing paymentPayload or paymentRequirements" });
        return;
      }
      answer(response, 200, await facilitator[decided[asked]](paymentPayload, paymentRequirements));
    } else if (asked === "GET /supported") {
      answer(response, 200, facilitator.getSupported());
    } else if (asked === "GET /health") {
      answer(response, 200, { status: "ok", networks: families.map(family => family.network) });
    } else if (asked === "POST /close") {
      answer(response, 200, { message: "closing" });
      setTimeout(() => process.exit(0), 50);
    } else {
      answer(response, 404, { error: "no such path" });
    }
  } catch (error) {
    answer(response, 500, { error: error instanceof Error ? error.message : "unknown" });
  }
});
server.keepAliveTimeout = 60_000;
console.log(`Facilitator listening on ${await listen(server, Number(process.env.PORT ?? 0))}`);
