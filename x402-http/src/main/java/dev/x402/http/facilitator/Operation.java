package dev.x402.http.facilitator;

/** What a facilitator can be asked over HTTP (x402 v2, section 7). */
public enum Operation {
    /** {@code POST /verify}. */
    VERIFY("POST", "/verify"),
    /** {@code POST /settle}. */
    SETTLE("POST", "/settle"),
    /** {@code GET /supported}. */
    SUPPORTED("GET", "/supported");

    private final String method;
    private final String path;

    Operation(String method, String path) {
        this.method = method;
        this.path = path;
    }

    /** The method of the request. */
    public String method() {
        return method;
    }

    /** The path below the facilitator's address. */
    public String path() {
        return path;
    }
}
