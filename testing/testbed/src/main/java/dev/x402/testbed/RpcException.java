package dev.x402.testbed;

import org.jspecify.annotations.Nullable;

/** The other side answered a JSON-RPC error. */
public final class RpcException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final int code;
    private final String reason;
    private final @Nullable String data;

    RpcException(String method, int code, String reason, @Nullable Object data) {
        super(method + " was refused with code " + code + ": " + reason);
        this.code = code;
        this.reason = reason;
        this.data = data == null ? null : data.toString();
    }

    /** Returns the error's number. */
    public int code() {
        return code;
    }

    /** Returns the error's text, such as {@code execution reverted: …}. */
    public String reason() {
        return reason;
    }

    /** Returns the error's data, for a revert its bytes in hex. */
    public @Nullable String data() {
        return data;
    }
}
