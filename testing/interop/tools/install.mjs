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
const want = wanted.digest("hex");
if (existsSync(stamp) && readFileSync(stamp, "utf8") === want) {
  process.exit(0);
}

try {
  execFileSync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"], {
    cwd: module,
    stdio: ["ignore", "ignore", "inherit"],
    shell: process.platform === "win32",
  });
  writeFileSync(stamp, want);
} catch (failure) {
  console.error(`npm could not install the peers (${failure.message}); to see why, run: cd ${module} && npm ci`);
  process.exit(1);
}
