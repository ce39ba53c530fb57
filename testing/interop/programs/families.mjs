// The families of networks that the environment names; each is a module beside this one.
const all = { evm: "EVM_NETWORK", svm: "SVM_NETWORK" };

export const families = await Promise.all(
  Object.keys(all)
    .filter(family => process.env[all[family]])
    .map(family => import(`./${family}.mjs`)),
);

/** Reads a JSON body. */
export async function json(request) {
  const chunks = [];
  for await (const chunk of request) {
    chunks.push(chunk);
  }
  return JSON.parse(Buffer.concat(chunks).toString("utf8"));
}

/** Answers with JSON. */
export function answer(response, status, value) {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
}

/** Listens on the loopback interface and resolves to the port. */
export function listen(server, port) {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", () => resolve(server.address().port));
  });
}
