package dev.x402.http.client;

import dev.x402.http.BoundedBody;
import dev.x402.spi.Bytes;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscribers;
import java.util.Optional;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/** A response's body: the challenge of a 402, or what the caller asked for. */
sealed interface Reply<T> {
    record Challenging<T>(Bytes body) implements Reply<T> {}

    record Content<T>(@Nullable T body) implements Reply<T> {}

    /** Reads a 402 for us and all else for the caller. */
    static <T> BodyHandler<Reply<T>> handler(BodyHandler<T> content, int limit) {
        return info -> info.statusCode() == 402
                ? BodySubscribers.mapping(
                        BoundedBody.beginning(limit).apply(info), body -> new Challenging<>(Bytes.of(body)))
                : BodySubscribers.mapping(content.apply(info), Content::new);
    }

    /** The response as the caller's handler read it. */
    static <T> HttpResponse<T> content(HttpResponse<Reply<T>> response) {
        return new Read<>(response, ((Content<T>) response.body()).body());
    }

    /** A response with another body. */
    @SuppressWarnings("NullAway") // a handler may read nothing as null
    record Read<T>(HttpResponse<?> response, @Nullable T body) implements HttpResponse<T> {
        @Override
        public int statusCode() {
            return response.statusCode();
        }

        @Override
        public HttpRequest request() {
            return response.request();
        }

        @Override
        public Optional<HttpResponse<T>> previousResponse() {
            return Optional.empty();
        }

        @Override
        public HttpHeaders headers() {
            return response.headers();
        }

        @Override
        public Optional<SSLSession> sslSession() {
            return response.sslSession();
        }

        @Override
        public URI uri() {
            return response.uri();
        }

        @Override
        public HttpClient.Version version() {
            return response.version();
        }

        /** Status and address; the request's headers may hold a payment. */
        @Override
        public String toString() {
            return statusCode() + " of " + uri();
        }
    }
}
