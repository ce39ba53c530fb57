package dev.x402.tck;

import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.FacilitatorRequest;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.SettleResponse;
import dev.x402.spec.SupportedResponse;
import dev.x402.spec.VerifyResponse;
import dev.x402.spi.Bytes;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Receipt;
import dev.x402.spi.Settlement;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.Set;

/** A running facilitator, of whatever implementation, over HTTP; what it answers is judged, so nothing is repaired. */
final class RemoteFacilitator implements Facilitator {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int SERVER_ERROR = 500;
    private static final String REVERSED = "reversed";
    /** Not now: the request was not judged. */
    private static final Set<Integer> LATER = Set.of(408, 409, 425, 429);
    /** The longest answer that is read. */
    private static final int LONGEST = 1 << 20;

    private final String base;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    RemoteFacilitator(URI base) {
        this.base = base.toString().replaceAll("/+$", "");
    }

    @Override
    public SupportedResponse supported(Instant by) {
        Answer answer =
                send(HttpRequest.newBuilder(URI.create(base + "/supported")).GET());
        try {
            return Codec.SUPPORTED_RESPONSE.read(answer.body().toArray());
        } catch (MalformedMessageException e) {
            throw new RuleViolation("asked for /supported", "the message of §7.3", String.valueOf(e.getMessage()));
        }
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        Answer answer = post("/verify", payment);
        if (isLater(answer.status())) {
            return new Verification.Unavailable("status " + answer.status(), AGAIN);
        }
        VerifyResponse response;
        try {
            response = Codec.VERIFY_RESPONSE.read(answer.body().toArray());
        } catch (MalformedMessageException e) {
            return refused(answer.status(), "/verify", e);
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
        Answer answer;
        try {
            answer = post("/settle", payment);
        } catch (RailUnavailableException lost) {
            return pending(Optional.empty()); // it may have arrived
        }
        SettleResponse response;
        try {
            response = Codec.SETTLE_RESPONSE.read(answer.body().toArray());
        } catch (MalformedMessageException e) {
            return answer.status() >= 400 && !isLater(answer.status())
                    ? new Settlement.Rejected(ErrorCode.INVALID_PAYLOAD, "status " + answer.status())
                    : pending(Optional.empty());
        }
        Optional<String> reference = Optional.of(response.transaction()).filter(text -> !text.isEmpty());
        if (response.success()) {
            return new Settlement.Settled(
                    receipt(payment, response),
                    finality(response).flatMap(Stage::ofWord).orElse(Stage.SETTLED));
        }
        if (reference.isPresent() && finality(response).equals(Optional.of(REVERSED))) {
            return new Settlement.Reversed(
                    receipt(payment, response),
                    Objects.requireNonNullElse(response.errorReason(), ErrorCode.UNEXPECTED_SETTLE_ERROR));
        }
        return reference.isPresent()
                        || isLater(answer.status())
                        || ErrorCode.SETTLEMENT_PENDING.equals(response.errorReason())
                ? pending(reference)
                : new Settlement.Rejected(
                        Objects.requireNonNullElse(response.errorReason(), ErrorCode.UNEXPECTED_SETTLE_ERROR),
                        Objects.requireNonNullElse(response.errorMessage(), ""));
    }

    private static Receipt receipt(Payment payment, SettleResponse response) {
        return new Receipt(
                response.transaction(),
                Objects.requireNonNullElse(response.payer(), ""),
                Objects.requireNonNullElse(
                        response.amount(), payment.requirements().amount()),
                Objects.requireNonNullElse(response.extra(), Json.Obj.EMPTY));
    }

    private static Optional<String> finality(SettleResponse response) {
        return Optional.ofNullable(response.extra()).flatMap(extra -> extra.text(Receipt.FINALITY));
    }

    private static boolean isLater(int status) {
        return status >= SERVER_ERROR || LATER.contains(status);
    }

    private static Settlement pending(Optional<String> reference) {
        return new Settlement.Pending(reference, true, AGAIN);
    }

    @Override
    public void close() {}

    private Answer post(String path, Payment payment) {
        byte[] body = Codec.FACILITATOR_REQUEST.write(
                new FacilitatorRequest(payment.payload(), payment.requirements(), Json.Obj.EMPTY));
        return send(HttpRequest.newBuilder(URI.create(base + path))
                .setHeader("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body)));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<InputStream> response = http.send(
                    request.timeout(PATIENCE)
                            .setHeader("Accept", "application/json")
                            .build(),
                    BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                return new Answer(response.statusCode(), Bytes.of(body.readNBytes(LONGEST)));
            }
        } catch (IOException e) {
            throw new RailUnavailableException("the facilitator at " + base + " could not be asked", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RailUnavailableException("interrupted while the facilitator was asked", e);
        }
    }

    /** What came, as much as is read of it. */
    private record Answer(int status, Bytes body) {}
}
