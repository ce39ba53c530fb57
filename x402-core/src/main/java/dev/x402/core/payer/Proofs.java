package dev.x402.core.payer;

import dev.x402.core.Fault;
import dev.x402.spec.PaymentRequired;
import dev.x402.spi.PaymentExtension.ClientSide;
import dev.x402.spi.plugins.Plugins;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proofs of the payer's extensions that may make a payment unnecessary, such as a session.
 *
 * <p>Named as the extensions name them; over HTTP these are headers. Of two extensions that show one name, the first by
 * key counts; one that fails shows nothing. Safe for threads.
 */
public final class Proofs {
    private static final Logger LOG = LoggerFactory.getLogger(Proofs.class);

    private final Plugins plugins;

    Proofs(Plugins plugins) {
        this.plugins = plugins;
    }

    /** Whether no extension shows anything. */
    public boolean isEmpty() {
        return plugins.extensionClients().isEmpty();
    }

    /** What to show with the first request to this address; no I/O. */
    public Map<String, String> present(String url) {
        return collected(side -> side.present(url));
    }

    /** What to show instead of a payment; empty: pay. May sign. */
    public Map<String, String> prove(String url, PaymentRequired challenge, Instant by) {
        return collected(side -> side.prove(url, challenge, by));
    }

    /**
     * Hands out what came beside a response of this address.
     *
     * @param answer the answer of a name, if one came
     */
    public void received(String url, Function<String, Optional<String>> answer) {
        plugins.extensionClients().forEach((key, side) -> {
            Map<String, String> seen = new HashMap<>();
            side.answers().forEach(name -> answer.apply(name).ifPresent(value -> seen.put(name, value)));
            if (!seen.isEmpty()) {
                asked(key, side, one -> {
                    one.received(url, Map.copyOf(seen));
                    return Map.of();
                });
            }
        });
    }

    private Map<String, String> collected(Function<ClientSide, Map<String, String>> question) {
        Map<String, String> all = new LinkedHashMap<>();
        plugins.extensionClients()
                .forEach((key, side) -> asked(key, side, question).forEach(all::putIfAbsent));
        return all;
    }

    private static Map<String, String> asked(
            String key, ClientSide side, Function<ClientSide, Map<String, String>> question) {
        try {
            return question.apply(side);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("extension {} failed on the payer's side; it shows nothing: {}", key, Fault.of(e));
            return Map.of();
        }
    }
}
