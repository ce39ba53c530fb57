package dev.x402.testbed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client of one JSON-RPC address, for tests.
 *
 * <p>Answers are plain Java: {@code Map}, {@code List}, {@code String}, {@code Number}, {@code Boolean} or null. Safe
 * for many threads.
 */
public final class JsonRpc {

    private final URI uri;
    private final Duration deadline;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ObjectMapper json = new ObjectMapper();

    /**
     * Creates a client; nothing is sent yet.
     *
     * @param uri where the calls are posted
     * @param deadline how long one call may take
     */
    public JsonRpc(URI uri, Duration deadline) {
        this.uri = uri;
        this.deadline = deadline;
    }

    /**
     * Calls one method.
     *
     * @return the result as plain Java, null when the result is null
     * @throws RpcException when the other side answers an error
     * @throws UncheckedIOException when no answer comes
     */
    public @Nullable Object call(String method, @Nullable Object... parameters) {
        Map<String, @Nullable Object> request = new LinkedHashMap<>();
        request.put("jsonrpc", "2.0");
        request.put("id", 1);
        request.put("method", method);
        request.put("params", Arrays.asList(parameters));
        return result(method, post(method, request));
    }

    private @Nullable Object result(String method, Object answer) {
        if (!(answer instanceof Map<?, ?> members)) {
            throw new IllegalStateException(method + " at " + uri + " answered no object: " + answer);
        }
        if (members.get("error") instanceof Map<?, ?> error) {
            int code = error.get("code") instanceof Number number ? number.intValue() : 0;
            throw new RpcException(method, code, String.valueOf(error.get("message")), error.get("data"));
        }
        return members.get("result");
    }

    private Object post(String method, Map<String, @Nullable Object> request) {
        try {
            HttpRequest http = HttpRequest.newBuilder(uri)
                    .timeout(deadline)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(json.writeValueAsString(request)))
                    .build();
            HttpResponse<String> response = this.http.send(http, BodyHandlers.ofString());
            return json.readValue(response.body(), Object.class);
        } catch (JsonProcessingException malformed) {
            throw new IllegalStateException(method + " at " + uri + " answered no JSON", malformed);
        } catch (IOException unreachable) {
            throw new UncheckedIOException(method + " at " + uri + " got no answer", unreachable);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(
                    method + " at " + uri + " was interrupted", new InterruptedIOException("interrupted"));
        }
    }
}
