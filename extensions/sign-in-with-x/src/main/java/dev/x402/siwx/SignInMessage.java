package dev.x402.siwx;

import dev.x402.spec.Network;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a wallet signs to sign in (CAIP-122).
 *
 * <p>No field holds a line break, so that each text has one reading. As text it is that of EIP-4361, for Solana that of
 * Sign-In-With-Solana, which has one empty line less where nothing is stated.
 *
 * @param issuedAt as it is spelled, as every time here
 */
record SignInMessage(
        String domain,
        Network network,
        String address,
        @Nullable String statement,
        String uri,
        String version,
        String nonce,
        String issuedAt,
        @Nullable String expirationTime,
        @Nullable String notBefore,
        @Nullable String requestId,
        @Nullable List<String> resources) {
    static final String VERSION = "1";
    private static final String SOLANA = "solana";

    SignInMessage {
        resources = resources == null ? null : List.copyOf(resources);
    }

    /**
     * The text, byte for byte what is signed.
     *
     * @param family what people call these accounts, such as {@code Ethereum}
     */
    String text(String family) {
        boolean solana = network.namespace().equals(SOLANA);
        StringBuilder text = new StringBuilder(512)
                .append(domain)
                .append(" wants you to sign in with your ")
                .append(family)
                .append(" account:\n")
                .append(address)
                .append("\n\n");
        if (statement != null && !(solana && statement.isEmpty())) {
            text.append(statement).append("\n\n");
        } else if (!solana) {
            text.append('\n');
        }
        text.append("URI: ").append(uri);
        line(text, "Version", version);
        line(text, "Chain ID", network.reference());
        line(text, "Nonce", nonce);
        line(text, "Issued At", issuedAt);
        line(text, "Expiration Time", expirationTime);
        line(text, "Not Before", notBefore);
        line(text, "Request ID", requestId);
        if (resources != null && !(solana && resources.isEmpty())) {
            text.append("\nResources:");
            resources.forEach(resource -> text.append("\n- ").append(resource));
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String name, @Nullable String value) {
        if (value != null) {
            text.append('\n').append(name).append(": ").append(value);
        }
    }

    /** Whether one line of a message can be this text: printable ASCII without spaces, not empty. */
    static boolean isWord(String text, int longest) {
        return !text.isEmpty() && text.length() <= longest && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
    }

    /** Whether a statement can be this text: one line, without characters that nobody sees. */
    static boolean isStatement(String text, int longest) {
        return text.length() <= longest
                && text.codePoints()
                        .noneMatch(c -> Character.isISOControl(c)
                                || c == 0x2028
                                || c == 0x2029
                                || Character.getType(c) == Character.FORMAT
                                || Character.getType(c) == Character.SURROGATE);
    }

    /** Domain and network; nothing of the rest. */
    @Override
    public String toString() {
        return "sign-in at " + domain + " on " + network;
    }
}
