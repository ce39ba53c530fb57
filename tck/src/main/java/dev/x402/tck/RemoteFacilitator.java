package dev.x402.tck;

import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.FacilitatorRequest;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.SettleResponse;
import dev.x402.spec.SupportedResponse;
import dev.x402.spec.VerifyResponse;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** A running facilitator, of whatever implementation, over HTTP; what it answers is judged, so nothing is repaired. */
final class RemoteFacilitator implements Facilitator {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int SERVER_ERROR = 500;

    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    RemoteFacilitator(URI base) {
        this.base = base.toString().replaceAll("/+$", "");
    }

    @Override
    public SupportedResponse supported(Instant by) {
        HttpResponse<byte[]> answer =
                send(HttpRequest.newBuilder(URI.create(base + "/supported")).GET());
        try {
            return Codec.SUPPORTED_RESPONSE.read(answer.body());
        } catch (MalformedMessageException e) {
            throw new RuleViolation("asked for /supported", "the message of §7.3", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        HttpResponse<byte[]> answer = post("/verify", payment);
        if (answer.statusCode() >= SERVER_ERROR) {
            return new Verification.Unavailable("status " + answer.statusCode(), AGAIN);
        }
        VerifyResponse response;
        try {
            response = Codec.VERIFY_RESPONSE.read(answer.body());
        } catch (MalformedMessageException e) {
            return refused(answer.statusCode(), "/verify", e);
        }
        return response.isValid()
                ? new Verification.Valid(
                        Objects.requireNonNullElse(response.payer(), ""),
                        Objects.requireNonNullElse(response.extra(), Json.Obj.EMPTY))
                : new Verification.Invalid(
                        Objects.requireNonNullElse(response.invalidReason(), ErrorCode.UNEXPECTED_VERIFY_ERROR),
                        Objects.requireNonNullElse(response.invalidMessage(), ""),
                        false);
    }

    /** A request that is refused as such, with 4xx, is refused; other bodies are none of the specification's. */
    private static Verification refused(int status, String path, MalformedMessageException why) {
        if (status >= 400) {
            return new Verification.Invalid(ErrorCode.INVALID_PAYLOAD, "status " + status, false);
        }
        throw new RuleViolation("asked for " + path, "the message of §7.1", String.valueOf(why.getMessage()));
    }

    @Override
    public Settlement settle(Payment payment, Instant by) {
        HttpResponse<byte[]> answer = post("/settle", payment);
        SettleResponse response;
        try {
            response = Codec.SETTLE_RESPONSE.read(answer.body());
        } catch (MalformedMessageException e) {
            return answer.statusCode() >= 400 && answer.statusCode() < SERVER_ERROR
                    ? new Settlement.Rejected(ErrorCode.INVALID_PAYLOAD, "status " + answer.statusCode())
                    : pending(Optional.empty());
        }
        Optional<String> reference = Optional.of(response.transaction()).filter(text -> !text.isEmpty());
        if (response.success()) {
            return new Settlement.Settled(
                    new Receipt(
                            response.transaction(),
                            Objects.requireNonNullElse(response.payer(), ""),
                            Objects.requireNonNullElse(
                                    response.amount(), payment.requirements().amount()),
                            Objects.requireNonNullElse(response.extra(), Json.Obj.EMPTY)),
                    Stage.SETTLED);
        }
        return reference.isPresent() || answer.statusCode() >= SERVER_ERROR
                ? pending(reference)
                : new Settlement.Rejected(
                        Objects.requireNonNullElse(response.errorReason(), ErrorCode.UNEXPECTED_SETTLE_ERROR),
                        Objects.requireNonNullElse(response.errorMessage(), ""));
    }

    private static Settlement pending(Optional<String> reference) {
        return new Settlement.Pending(reference, true, AGAIN);
    }

    @Override
    public void close() {}

    private HttpResponse<byte[]> post(String path, Payment payment) {
        byte[] body = Codec.FACILITATOR_REQUEST.write(
                new FacilitatorRequest(payment.payload(), payment.requirements(), Json.Obj.EMPTY));
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request) {
        try {
            return http.send(
                    request.timeout(PATIENCE)
                            .setHeader("Accept", "application/json")
                            .build(),
                    BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new RailUnavailableException("the facilitator at " + base + " could not be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RailUnavailableException("interrupted while the facilitator was asked", e);
        }
    }
}
