package dev.x402.http;

import dev.x402.spi.Bytes;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** A request as a server received it; every adapter gives the same view. */
public interface IncomingRequest {
    /** The method as it came, such as {@code GET}. */
    String method();

    /**
     * The path as the server dispatches by it, decoded.
     *
     * <p>Empty when the spelling could be taken for another path further on (encoded slashes, dot segments, doubled
     * slashes, malformed percent signs): such a request is refused.
     */
    Optional<String> path();

    /**
     * Where the handler stands that the server chose because this path begins like it, decoded.
     *
     * <p>Empty when the handler takes this path alone, or every path of the server.
     */
    default Optional<String> mount() {
        return Optional.empty();
    }

    /** The query as it came, without the question mark; empty when absent. */
    String query();

    /** Every value of a header, in the order in which they came; names without regard to case. */
    List<String> headers(String name);

    /**
     * The body, read once and kept.
     *
     * @param limit in bytes
     * @return empty when the body is longer
     * @throws IOException when it could not be read
     */
    Optional<Bytes> body(int limit) throws IOException;
}
