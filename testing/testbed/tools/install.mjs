// Installs what package.json pins, unless it is there already; run by the Maven build.
import { createHash } from "node:crypto";
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const module = dirname(dirname(fileURLToPath(import.meta.url)));
const modules = join(module, "node_modules");
const stamp = join(modules, ".installed");
const wanted = createHash("sha256");
for (const file of ["package.json", "package-lock.json", "tools/install.mjs"]) {
  wanted.update(readFileSync(join(module, file)));
}
wanted.update(process.platform + "-" + process.arch);
const want = wanted.digest("hex");
if (existsSync(stamp) && readFileSync(stamp, "utf8") === want) {
  process.exit(0);
}

const npm = (...args) =>
  execFileSync("npm", [...args, "--no-audit", "--no-fund", "--ignore-scripts"], {
    cwd: module,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
try {
  npm("ci");
  const pinned = JSON.parse(readFileSync(join(module, "package.json"), "utf8")).optionalDependencies;
  const anvil = `@foundry-rs/anvil-${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
  const litesvm = `litesvm-${process.platform}-${process.arch}${process.platform === "linux" ? "-gnu" : ""}`;
  const missing = [
    [anvil, pinned["@foundry-rs/anvil-linux-amd64"]],
    [litesvm, pinned["litesvm-linux-x64-gnu"]],
  ].filter(([name]) => !existsSync(join(modules, name)));
  if (missing.length > 0) {
    // The lock holds the packages of Linux on x64; any other platform's are installed beside them, at the same version.
    npm("install", "--no-save", "--no-package-lock", ...missing.map(([name, version]) => `${name}@${version}`));
  }
  writeFileSync(stamp, want);
} catch (failure) {
  console.error(`npm could not install the testbed's tools (${failure.message}); to see why, run: cd ${module} && npm ci`);
  process.exit(1);
}
