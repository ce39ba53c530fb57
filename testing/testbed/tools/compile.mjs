// Compiles src/main/solidity/*.sol and writes one artefact a contract into the folder named by the first argument.
// Run by hand after an edit: node tools/compile.mjs src/main/resources/dev/x402/testbed/evm
import { createRequire } from "node:module";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const target = process.argv[2];
if (!target) {
  console.error("usage: node tools/compile.mjs <folder for the artefacts>");
  process.exit(2);
}
const module = dirname(dirname(fileURLToPath(import.meta.url)));
const solc = createRequire(import.meta.url)("solc");
const folder = join(module, "src/main/solidity");
const sources = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith(".sol")).sort()) {
  sources[file] = { content: readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n") };
}
const settings = {
  optimizer: { enabled: true, runs: 1000 },
  evmVersion: "cancun",
  metadata: { appendCBOR: false, bytecodeHash: "none" },
  outputSelection: { "*": { "*": ["abi", "evm.deployedBytecode.object"] } },
};
const output = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings })));
const complaints = output.errors ?? [];
for (const complaint of complaints) {
  console.error(complaint.formattedMessage);
}
if (complaints.length > 0) {
  process.exit(1);
}
mkdirSync(target, { recursive: true });
for (const file of Object.keys(sources)) {
  const contract = file.slice(0, -".sol".length);
  const { abi, evm } = output.contracts[file][contract];
  const artefact = { contract, compiler: solc.version(), runtimeCode: "0x" + evm.deployedBytecode.object, abi };
  writeFileSync(join(target, contract + ".json"), JSON.stringify(artefact, null, 1) + "\n");
}
