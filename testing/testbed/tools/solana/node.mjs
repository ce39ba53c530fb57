// A local Solana: node tools/solana/node.mjs [port] [genesis hash]. Prints one line when it listens on the loopback address.
import { createServer } from "node:http";
import { Chain } from "./chain.mjs";
import { controlMethods } from "./control.mjs";
import { RpcError } from "./errors.mjs";
import { rpcMethods } from "./rpc.mjs";

const [port = "0", genesisHash = "EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG"] = process.argv.slice(2);
const LARGEST_BODY = 50 * 1024 * 1024;

const faults = new Map(); // method -> { fault, times }
const chain = new Chain(genesisHash);
const control = controlMethods(chain, faults);
const methods = { ...rpcMethods(chain), ...control };

function answer(call) {
  const reply = (member) => ({ jsonrpc: "2.0", ...member, id: call?.id ?? null });
  if (typeof call?.method !== "string") {
    return reply({ error: { code: -32600, message: "Invalid request" } });
  }
  if (!Object.hasOwn(methods, call.method)) {
    return reply({ error: { code: -32601, message: "Method not found" } });
  }
  try {
    return reply({ result: methods[call.method](...(call.params ?? [])) ?? null });
  } catch (failure) {
    const { code, data } = failure instanceof RpcError ? failure : { code: -32603, data: undefined };
    return reply({ error: { code, message: failure.message, ...(data === undefined ? {} : { data }) } });
  }
}

/** Returns the fault that a request meets, and uses it up once. */
function faultFor(calls) {
  const found = calls.flatMap((call) => [call?.method, "*"]).find((method) => faults.has(method));
  if (found === undefined || calls.some((call) => Object.hasOwn(control, call?.method))) {
    return null;
  }
  const entry = faults.get(found);
  if (--entry.times <= 0) {
    faults.delete(found);
  }
  return entry.fault;
}

function serve(text, request, response) {
  const send = (status, body) => {
    response.writeHead(status, { "Content-Type": "application/json" });
    response.end(body);
  };
  let body;
  try {
    body = JSON.parse(text);
  } catch {
    return send(200, JSON.stringify({ jsonrpc: "2.0", error: { code: -32700, message: "Parse error" }, id: null }));
  }
  const calls = Array.isArray(body) ? body : [body];
  const fault = faultFor(calls);
  switch (fault) {
    case "LOST_REQUEST":
      return request.socket.destroy();
    case "SILENCE":
      return undefined;
    case "UNAVAILABLE":
      return send(503, "service unavailable");
    case "TOO_MANY":
      return send(429, JSON.stringify({ jsonrpc: "2.0", error: { code: 429, message: "Too many requests" }, id: null }));
    case "GARBAGE":
      return send(200, "<html>");
    case "BEHIND": {
      const error = { code: -32005, message: "Node is behind by 42 slots", data: { numSlotsBehind: 42 } };
      return send(200, JSON.stringify({ jsonrpc: "2.0", error, id: calls[0]?.id ?? null }));
    }
    default: {
      const answers = calls.map(answer);
      if (fault === "LOST_ANSWER") {
        return request.socket.destroy();
      }
      return send(200, JSON.stringify(Array.isArray(body) ? answers : answers[0]));
    }
  }
}

const server = createServer((request, response) => {
  if (request.method !== "POST") {
    response.writeHead(request.url === "/health" ? 200 : 405).end(request.url === "/health" ? "ok" : "");
    return;
  }
  const parts = [];
  let size = 0;
  request.on("data", (part) => {
    size += part.length;
    if (size > LARGEST_BODY) {
      request.destroy();
    }
    parts.push(part);
  });
  request.on("end", () => serve(Buffer.concat(parts).toString("utf8"), request, response));
});
server.keepAliveTimeout = 60_000;
server.listen(Number(port), "127.0.0.1", () => console.log(`Listening on 127.0.0.1:${server.address().port}`));
