package dev.x402.config;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What one YAML file says of buyer, seller and facilitators.
 *
 * <p>Immutable; reading the file again gives another one. Every problem of the file is told at once, with its line.
 * <code>${NAME}</code> stands for a value of the environment where a value may be secret or differs between places:
 * in {@code token}, {@code keys}, {@code url} and {@code payTo}.
 */
public final class X402Config {
    private static final int MAX_BYTES = 4 * TreeReader.MAX_LENGTH;

    private final Optional<BuyerConfig> buyer;
    private final Optional<SellerConfig> seller;
    private final Optional<FacilitatorsConfig> facilitators;

    private X402Config(
            Optional<BuyerConfig> buyer, Optional<SellerConfig> seller, Optional<FacilitatorsConfig> facilitators) {
        this.buyer = buyer;
        this.seller = seller;
        this.facilitators = facilitators;
    }

    /**
     * Reads a file in UTF-8.
     *
     * @param environment such as {@link System#getenv()}
     * @throws IOException when the file cannot be read
     * @throws ConfigurationException naming every problem
     */
    public static X402Config read(Path file, Map<String, String> environment) throws IOException {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(MAX_BYTES + 1);
        }
        if (bytes.length > MAX_BYTES) {
            throw new ConfigurationException(
                    Place.NOWHERE, "file: expected at most " + MAX_BYTES + " bytes, saw more; split it");
        }
        try {
            return parse(
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString(),
                    environment);
        } catch (CharacterCodingException e) {
            throw new ConfigurationException(Place.NOWHERE, "file: expected UTF-8, saw bytes that are none");
        }
    }

    /**
     * Reads the text of a file.
     *
     * @param environment such as {@link System#getenv()}
     * @throws ConfigurationException naming every problem
     */
    public static X402Config parse(String yaml, Map<String, String> environment) {
        requireNonNull(yaml, "yaml");
        List<Problem> problems = new ArrayList<>();
        Reading reading = new Reading(new Environment(environment), problems);
        X402Config config = Section.of("", TreeReader.read(yaml, problems), reading)
                .map(X402Config::of)
                .orElse(null);
        if (config == null || !problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
            throw new ConfigurationException(problems);
        }
        return config;
    }

    private static X402Config of(Section file) {
        X402Config config = new X402Config(
                part(file, "buyer", BuyerConfig::of),
                part(file, "seller", SellerConfig::of),
                part(file, "facilitators", FacilitatorsConfig::of));
        file.finish();
        return config;
    }

    private static <T> Optional<T> part(Section file, String key, Function<Section, T> function) {
        return file.section(key).map(section -> {
            T part = function.apply(section);
            section.finish();
            return part;
        });
    }

    /**
     * The buyer's policy and budgets.
     *
     * @throws ConfigurationException when the file has no such section
     */
    public BuyerConfig buyer() {
        return there(buyer, "buyer");
    }

    /**
     * The seller's routes.
     *
     * @throws ConfigurationException when the file has no such section
     */
    public SellerConfig seller() {
        return there(seller, "seller");
    }

    /**
     * The facilitators and who of them is asked.
     *
     * @throws ConfigurationException when the file has no such section
     */
    public FacilitatorsConfig facilitators() {
        return there(facilitators, "facilitators");
    }

    private static <T> T there(Optional<T> part, String key) {
        return part.orElseThrow(() -> new ConfigurationException(
                Place.NOWHERE, key + ": expected this section in the file, saw none; add it"));
    }

    /** The names of the sections. */
    @Override
    public String toString() {
        List<String> sections = new ArrayList<>();
        buyer.ifPresent(part -> sections.add("buyer"));
        seller.ifPresent(part -> sections.add("seller"));
        facilitators.ifPresent(part -> sections.add("facilitators"));
        return "configuration of " + sections;
    }
}
