// Starts one of our roles as a Java process: the suite takes commands of node, not of java. Built by `mvn package -pl testing/interop -am`.
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const target = join(dirname(dirname(fileURLToPath(import.meta.url))), "target");
const list = join(target, "e2e.classpath");
if (!existsSync(list)) {
  console.error(`${list} is missing; build it with: mvn package -pl testing/interop -am -DskipTests`);
  process.exit(1);
}
const java = spawn(
  process.env.JAVA_HOME ? join(process.env.JAVA_HOME, "bin", "java") : "java",
  [
    "-XX:TieredStopAtLevel=1",
    "-Dsun.net.httpserver.nodelay=true",
    "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
    "-cp",
    [join(target, "classes"), readFileSync(list, "utf8").trim()].join(delimiter),
    "dev.x402.interop.entry.Entry",
    process.argv[2],
  ],
  { stdio: "inherit" },
);
for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) {
  process.on(signal, () => java.kill(signal));
}
java.on("exit", (code, signal) => process.exit(code ?? (signal ? 143 : 1)));
