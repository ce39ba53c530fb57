package dev.x402.spi.plugins;

import dev.x402.spec.Kind;
import java.util.List;

/** No plugin serves a kind on the side that was asked; the message says what was tried and what to add. */
public final class UnsupportedKindException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Kind kind;
    private final List<String> missingPorts;

    UnsupportedKindException(Kind kind, List<String> missingPorts, String message) {
        super(message);
        this.kind = kind;
        this.missingPorts = List.copyOf(missingPorts);
    }

    /** The kind that was looked up. */
    public Kind kind() {
        return kind;
    }

    /** The types of the ports that the plugin asked for and nobody gave. */
    public List<String> missingPorts() {
        return missingPorts;
    }
}
