package dev.x402.siwx;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme.Accounts;
import dev.x402.spi.RailUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Accounts of a make-believe rail: {@code 0xA…} have keys, {@code 0xC…} are contracts with an owner on each network.
 *
 * <p>A signature is the digest of the signer's name and the text, so only this class can make or check one.
 */
final class Keys implements Accounts {
    private final String family;
    private final String type;
    private final Clock clock;
    private final Map<String, String> owners = new TreeMap<>();
    private final List<String> asked = new ArrayList<>();
    private Optional<String> own = Optional.empty();
    private boolean down;
    private int signed;

    Keys(String family, String type, Clock clock) {
        this.family = family;
        this.type = type;
        this.clock = clock;
    }

    Keys holding(String account) {
        own = Optional.of(account);
        return this;
    }

    void owner(Network network, String contract, String key) {
        owners.put(network + " " + contract, key);
    }

    void goesDown() {
        down = true;
    }

    /** What the rail was asked. */
    List<String> asked() {
        return asked;
    }

    /** How often a key signed. */
    int signed() {
        return signed;
    }

    static String signature(String signer, String text) {
        return "0x" + Fingerprint.of("signed", signer, text);
    }

    @Override
    public String family() {
        return family;
    }

    @Override
    public String type() {
        return type;
    }

    @Override
    public Optional<String> own(Network network) {
        return own;
    }

    @Override
    public String sign(Network network, String message) {
        signed++;
        return signature(own.orElseThrow(), message);
    }

    @Override
    public boolean proves(Network network, String account, String message, String signature, Instant by) {
        if (!account.startsWith("0xC")) {
            return signature.equals(signature(account, message));
        }
        if (!by.isAfter(clock.instant()) || down) {
            throw new RailUnavailableException("the rail was not asked");
        }
        asked.add(network + " " + account);
        String owner = owners.get(network + " " + account);
        return owner != null && signature.equals(signature(owner, message));
    }
}
