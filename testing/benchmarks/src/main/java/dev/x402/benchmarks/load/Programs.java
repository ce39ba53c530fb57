package dev.x402.benchmarks.load;

import dev.x402.interop.entry.Entry;
import dev.x402.testbed.evm.DevAccount;
import dev.x402.testbed.evm.EvmNode;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** How each process is started, on one node; both of Java have the same flags and the same archive of classes. */
final class Programs implements AutoCloseable {
    private static final String REFERENCE = "testing/interop/programs/facilitator.mjs";

    private final EvmNode node;
    private final Path archive;

    /** Runs ours once, to archive the classes that it starts with. */
    Programs(EvmNode node) throws IOException {
        this.node = node;
        archive = Files.createTempDirectory("x402-load").resolve("ours.jsa");
        try (Program ours = Program.start(
                        java("-XX:ArchiveClassesAtExit=" + archive, jars(), Entry.class, "facilitator"),
                        environment(FacilitatorLoad.OURS));
                Wire wire = new Wire(ours.uri())) {
            wire.post("/close", "");
            ours.awaitEnd();
        }
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(archive);
        Files.delete(archive.getParent());
    }

    Program ours() throws IOException {
        return Program.start(java(mapped(), jars(), Entry.class, "facilitator"), environment(FacilitatorLoad.OURS));
    }

    Program empty() throws IOException {
        return Program.start(java(mapped(), all(), EmptyProgram.class, ""), environment(FacilitatorLoad.OURS));
    }

    Program theirs() throws IOException {
        return Program.start(List.of("node", reference()), environment(FacilitatorLoad.REFERENCE));
    }

    static String reference() {
        return System.getProperty("load.reference", REFERENCE);
    }

    /** Begins to write down where ours spends time and memory, if that is wanted. */
    void record(Program ours) throws IOException, InterruptedException {
        if (!profile().isEmpty()) {
            jcmd(ours, "JFR.start", "settings=profile");
        }
    }

    /** Writes the profile. */
    void dump(Program ours) throws IOException, InterruptedException {
        if (!profile().isEmpty()) {
            jcmd(ours, "JFR.dump", "filename=" + profile());
        }
    }

    private static String profile() {
        return System.getProperty("load.profile", "");
    }

    private static void jcmd(Program program, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(tool("jcmd"), Long.toString(program.pid())));
        command.addAll(List.of(words));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed");
        }
    }

    private Map<String, String> environment(DevAccount signer) {
        return Map.of(
                "PORT", "0",
                "EVM_NETWORK", node.network(),
                "EVM_RPC_URL", node.uri().toString(),
                "EVM_PRIVATE_KEY", signer.privateKey(),
                "MALLOC_ARENA_MAX", "2");
    }

    /** The command of ours without an archive. */
    static List<String> facilitator() {
        return java("-Xshare:auto", all(), Entry.class, "facilitator");
    }

    private static List<String> java(String archiving, List<String> path, Class<?> program, String argument) {
        List<String> command = new ArrayList<>(
                List.of(tool("java"), "-Xmx96m", "-XX:+UseSerialGC", "-Dsun.net.httpserver.nodelay=true", archiving));
        String flags = System.getProperty("load.flags", "");
        if (!flags.isEmpty()) {
            command.addAll(List.of(flags.split(" ", -1)));
        }
        command.addAll(List.of(
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                String.join(File.pathSeparator, path),
                program.getName(),
                argument));
        return command;
    }

    private String mapped() {
        return "-XX:SharedArchiveFile=" + archive;
    }

    /** Classes in folders, which are those of this module, cannot be archived; ours needs none of them. */
    private static List<String> jars() {
        return all().stream().filter(entry -> entry.endsWith(".jar")).toList();
    }

    /** The jars first, as the archive has them. */
    private static List<String> all() {
        List<String> path = List.of(System.getProperty("java.class.path").split(File.pathSeparator, -1));
        return path.stream()
                .sorted(Comparator.comparing(entry -> !entry.endsWith(".jar")))
                .toList();
    }

    private static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
