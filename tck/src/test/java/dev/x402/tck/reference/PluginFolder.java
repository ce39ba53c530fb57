package dev.x402.tck.reference;

import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import dev.x402.tck.Artifact;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The reference as a jar, with one thing wrong in it. */
public final class PluginFolder {
    private static final String HERE = "dev/x402/tck/reference/";
    /** What is no part of the plugin: its fixtures, and the flaws that are added one by one. */
    private static final Pattern APART =
            Pattern.compile("(PluginFolder|.*Fixture|Brick|FlawedPlugins|KeepsAStatic|FlawedFacilitator).*");

    private static final Map<Flaw, Artifact> MADE = new ConcurrentHashMap<>();

    private PluginFolder() {}

    /** A jar with this flaw, made once. */
    public static Artifact of(Flaw flaw) {
        return MADE.computeIfAbsent(flaw, PluginFolder::made);
    }

    private static Artifact made(Flaw flaw) {
        Path jar = Path.of("target", "reference", flaw + ".jar");
        try {
            Files.createDirectories(jar.getParent());
            Files.deleteIfExists(jar);
            try (FileSystem files = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
                fill(files.getPath("/"), flaw);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Artifact(jar, PluginFolder.class.getClassLoader());
    }

    private static void fill(Path root, Flaw flaw) throws IOException {
        Path compiled = Artifact.of(PluginFolder.class).location().resolve(HERE);
        try (Stream<Path> classes = Files.list(compiled)) {
            for (Path file : classes.toList()) {
                String name = file.getFileName().toString();
                if (!APART.matcher(name).matches()) {
                    write(root, HERE + name, Files.readAllBytes(file));
                }
            }
        }
        StringBuilder schemes = new StringBuilder(LedgerScheme.class.getName() + " # the one\n");
        switch (flaw) {
            case NAMES_A_MISSING_CLASS -> schemes.append(HERE.replace('/', '.')).append("Gone\n");
            case NEEDS_AN_ARGUMENT ->
                schemes.append(FlawedPlugins.NeedsAnArgument.class.getName()).append('\n');
            case NAME_WITH_A_SPACE ->
                schemes.append(FlawedPlugins.NamedWithASpace.class.getName()).append('\n');
            case REGISTERED_TWICE ->
                schemes.append(FlawedPlugins.Twin.class.getName()).append('\n');
            case USES_WHAT_IS_BEHIND -> write(root, HERE + "LedgerFixture.class", bytes("LedgerFixture"));
            case SHADES_THE_CONTRACTS -> write(root, "dev/x402/spi/Copied.class", bytes("Flaw"));
            case FOR_A_NEWER_JAVA -> {
                byte[] newer = bytes("Purse");
                newer[7] = 65;
                write(root, HERE + "Purse.class", newer);
            }
            case KEEPS_A_STATIC -> write(root, HERE + "KeepsAStatic.class", bytes("KeepsAStatic"));
            default -> {}
        }
        write(
                root,
                "META-INF/services/" + PaymentScheme.class.getName(),
                schemes.toString().getBytes(StandardCharsets.UTF_8));
        write(
                root,
                "META-INF/services/" + Rail.class.getName(),
                LedgerRail.class.getName().getBytes(StandardCharsets.UTF_8));
        if (flaw != Flaw.NO_LICENCE) {
            write(root, "META-INF/LICENSE", "Apache License 2.0".getBytes(StandardCharsets.UTF_8));
        }
        String named = flaw == Flaw.NO_MODULE_NAME ? "" : "Automatic-Module-Name: reference\n";
        write(
                root,
                "META-INF/MANIFEST.MF",
                ("Manifest-Version: 1.0\n" + named + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] bytes(String name) throws IOException {
        try (InputStream in = PluginFolder.class.getResourceAsStream(name + ".class")) {
            if (in == null) {
                throw new IOException("no class " + name);
            }
            return in.readAllBytes();
        }
    }

    private static void write(Path root, String name, byte[] bytes) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }
}
