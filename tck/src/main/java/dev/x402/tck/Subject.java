package dev.x402.tck;

import dev.x402.spec.Json;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was judged.
 *
 * @param scheme class of the scheme or extension
 * @param name of it on the wire
 * @param networks that it can serve
 * @param from jar or folder
 * @param sha256 of the jar; empty for a folder
 * @param capabilities that the fixture claims
 * @param unsigned leaves that it declares as unsigned, with the reason
 */
record Subject(
        String scheme,
        String name,
        String networks,
        String from,
        String sha256,
        List<String> capabilities,
        Map<String, String> unsigned) {
    static final Subject UNKNOWN = new Subject("", "", "", "", "", List.of(), Map.of());

    static Subject of(SchemeFixture fixture) {
        if (fixture instanceof Schemeless judged) {
            return judged.subject();
        }
        var scheme = fixture.scheme();
        return of(
                scheme.getClass(),
                scheme.name(),
                scheme.networks().toString(),
                fixture.capabilities(),
                fixture.unsigned());
    }

    static Subject of(
            Class<?> type, String name, String networks, Set<Capability> capabilities, Map<String, String> unsigned) {
        Optional<Path> from = location(type);
        return new Subject(
                type.getName(),
                name,
                networks,
                from.map(path -> String.valueOf(path.getFileName())).orElse(""),
                from.map(Subject::hash).orElse(""),
                capabilities.stream().sorted().map(Enum::name).toList(),
                unsigned);
    }

    /** The jar or folder that the class comes from. */
    static Optional<Path> location(Class<?> type) {
        CodeSource source = type.getProtectionDomain().getCodeSource();
        if (source == null || source.getLocation() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Path.of(source.getLocation().toURI()));
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    Json json() {
        Json.Builder reasons = Json.object();
        unsigned.forEach(reasons::put);
        return Json.object()
                .put("scheme", scheme)
                .put("name", name)
                .put("networks", networks)
                .put("from", from)
                .put("sha256", sha256)
                .put("capabilities", Json.texts(capabilities))
                .put("unsigned", reasons.build())
                .build();
    }

    static String hash(Path jar) {
        if (!Files.isRegularFile(jar)) {
            return "";
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(jar)));
        } catch (IOException e) {
            return "";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is missing from this Java", e);
        }
    }
}
