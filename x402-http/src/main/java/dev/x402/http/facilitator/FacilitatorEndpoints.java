package dev.x402.http.facilitator;

import static java.util.Objects.requireNonNull;

import dev.x402.core.Fault;
import dev.x402.http.Answer;
import dev.x402.http.Endpoint;
import dev.x402.http.IncomingRequest;
import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.FacilitatorRequest;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.SupportedResponse;
import dev.x402.spi.Bytes;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code /verify}, {@code /settle} and {@code /supported} over a facilitator (x402 v2, section 7).
 *
 * <p>What is decided is answered by 200, what is malformed by 400 naming the field, what nobody could be asked by 503
 * with {@code Retry-After}. Safe for threads. Closing the facilitator is its owner's business.
 */
public final class FacilitatorEndpoints implements Endpoint {
    private static final Logger LOG = LoggerFactory.getLogger(FacilitatorEndpoints.class);
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Facilitator facilitator;
    private final Clock clock;
    private final String prefix;
    private final Callers callers;
    private final int bodyLimit;
    private final Duration verifyWithin;
    private final Duration settleWithin;
    private final ExtensionResponses extensions;
    private final AtomicLong incidents = new AtomicLong();

    private FacilitatorEndpoints(Builder builder) {
        facilitator = builder.facilitator;
        clock = builder.clock;
        prefix = builder.prefix;
        callers = builder.callers;
        bodyLimit = builder.bodyLimit;
        verifyWithin = builder.verifyWithin;
        settleWithin = builder.settleWithin;
        extensions =
                new ExtensionResponses(builder.plugins == null ? Map.of() : builder.plugins.extensionFacilitators());
    }

    /** Starts endpoints over a facilitator. */
    public static Builder builder(Facilitator facilitator, Clock clock) {
        return new Builder(facilitator, clock);
    }

    /** What may be chosen about the endpoints. */
    public static final class Builder {
        private final Facilitator facilitator;
        private final Clock clock;
        private String prefix = "";
        private Callers callers = Callers.anybody();
        private int bodyLimit = 64 * 1024;
        private Duration verifyWithin = Duration.ofSeconds(10);
        private Duration settleWithin = Duration.ofSeconds(25);
        private @Nullable Plugins plugins;

        private Builder(Facilitator facilitator, Clock clock) {
            this.facilitator = requireNonNull(facilitator, "facilitator");
            this.clock = requireNonNull(clock, "clock");
        }

        /** The path that the endpoints stand below, such as {@code /x402}; empty by default. */
        public Builder prefix(String path) {
            if (!path.isEmpty() && (!path.startsWith("/") || path.endsWith("/"))) {
                throw new IllegalArgumentException(
                        "prefix: expected nothing or a path like /x402 without a slash at its end, saw " + path);
            }
            prefix = path;
            return this;
        }

        /** Who may ask, and as which tenant; everybody as one tenant by default. */
        public Builder callers(Callers who) {
            callers = requireNonNull(who, "who");
            return this;
        }

        /** The longest body that is read, in bytes; at most 64 KiB, the default. */
        public Builder bodyLimit(int bytes) {
            if (bytes < 1 || bytes > 64 * 1024) {
                throw new IllegalArgumentException("bodyLimit: expected 1 to 65536 bytes, saw " + bytes);
            }
            bodyLimit = bytes;
            return this;
        }

        /** How long verifying may take; 10 seconds by default. */
        public Builder verifyWithin(Duration limit) {
            verifyWithin = positive("verifyWithin", limit);
            return this;
        }

        /**
         * How long settling may take before it is answered as pending; 25 seconds by default.
         *
         * <p>Keep it below the time-outs of the sellers' clients, of which the shortest known is 30 seconds.
         */
        public Builder settleWithin(Duration limit) {
            settleWithin = positive("settleWithin", limit);
            return this;
        }

        /** Whose extensions answer beside the facilitator, in {@code EXTENSION-RESPONSES}; nobody's by default. */
        public Builder extensions(Plugins whose) {
            plugins = requireNonNull(whose, "whose");
            return this;
        }

        /** The endpoints. */
        public FacilitatorEndpoints build() {
            return new FacilitatorEndpoints(this);
        }

        private static Duration positive(String name, Duration limit) {
            if (limit.isNegative() || limit.isZero()) {
                throw new IllegalArgumentException(name + ": expected a time above zero, saw " + limit);
            }
            return limit;
        }
    }

    @Override
    public Answer answer(IncomingRequest request) throws IOException {
        Optional<Operation> asked = request.path().flatMap(this::operation);
        if (asked.isEmpty()) {
            return Answer.refusal(
                    404, new ErrorCode("not_found"), "no such endpoint; there are /verify, /settle and /supported");
        }
        Operation operation = asked.get();
        if (!allowed(operation, request.method())) {
            return Answer.refusal(
                            405, new ErrorCode("method_not_allowed"), operation.path() + " takes " + operation.method())
                    .with("Allow", operation.method());
        }
        try {
            return admitted(operation, request).with("Cache-Control", "no-store");
        } catch (RuntimeException bug) {
            return broken(operation, bug);
        }
    }

    private Optional<Operation> operation(String path) {
        return Arrays.stream(Operation.values())
                .filter(operation -> path.equals(prefix + operation.path()))
                .findFirst();
    }

    private static boolean allowed(Operation operation, String method) {
        return method.equals(operation.method()) || (operation == Operation.SUPPORTED && method.equals("HEAD"));
    }

    private Answer admitted(Operation operation, IncomingRequest request) throws IOException {
        Caller caller = callers.of(request);
        if (caller instanceof Caller.Unknown unknown) {
            return Answer.refusal(401, new ErrorCode("unauthenticated"), "who asks is not known")
                    .with("WWW-Authenticate", unknown.challenge());
        }
        if (caller instanceof Caller.Forbidden) {
            return Answer.refusal(403, new ErrorCode("forbidden"), "this caller may not ask this");
        }
        if (caller instanceof Caller.Limited limited) {
            return Answer.refusal(429, ErrorCode.RATE_LIMITED, "too many requests")
                    .retryAfter(limited.retryAfter());
        }
        String tenant = ((Caller.Tenant) caller).name();
        return operation == Operation.SUPPORTED ? supported() : asked(operation, request, tenant);
    }

    private Answer supported() {
        try {
            SupportedResponse supported = facilitator.supported(clock.instant().plus(verifyWithin));
            return Answer.json(200, Codec.SUPPORTED_RESPONSE, supported);
        } catch (RailUnavailableException unavailable) {
            return unavailable(RETRY);
        }
    }

    private Answer asked(Operation operation, IncomingRequest request, String tenant) throws IOException {
        Optional<Bytes> body = request.body(bodyLimit);
        if (body.isEmpty()) {
            return Answer.refusal(
                    413, ErrorCode.PAYLOAD_TOO_LARGE, "body: expected at most " + bodyLimit + " bytes, saw more");
        }
        Payment payment;
        try {
            FacilitatorRequest read = Codec.FACILITATOR_REQUEST.read(body.get().toArray());
            payment = new Payment(read.paymentPayload(), read.paymentRequirements(), tenant);
        } catch (MalformedMessageException malformed) {
            return malformed(operation, malformed);
        }
        try {
            return operation == Operation.VERIFY ? verified(payment) : settled(payment);
        } catch (MalformedMessageException malformed) {
            return malformed(operation, malformed);
        }
    }

    private Answer verified(Payment payment) {
        Verification verification = facilitator.verify(payment, clock.instant().plus(verifyWithin));
        if (verification instanceof Verification.Unavailable unavailable) {
            return unavailable(unavailable.retryAfter());
        }
        Answer answer = Answer.json(200, Codec.VERIFY_RESPONSE, Outward.of(verification));
        return verification instanceof Verification.Valid ? extensions.beside(answer, payment, false) : answer;
    }

    private Answer settled(Payment payment) {
        Settlement settlement = facilitator.settle(payment, clock.instant().plus(settleWithin));
        if (settlement instanceof Settlement.Pending pending && !pending.started()) {
            return unavailable(pending.retryAfter());
        }
        Answer answer = Answer.json(200, Codec.SETTLE_RESPONSE, Outward.of(payment, settlement));
        if (settlement instanceof Settlement.Pending pending) {
            return answer.retryAfter(pending.retryAfter());
        }
        return settlement instanceof Settlement.Settled ? extensions.beside(answer, payment, true) : answer;
    }

    private static Answer unavailable(Duration retryAfter) {
        return Answer.refusal(503, ErrorCode.FACILITATOR_UNAVAILABLE, "nothing was sent; ask again")
                .retryAfter(retryAfter);
    }

    private static Answer malformed(Operation operation, MalformedMessageException malformed) {
        ErrorCode code = malformed.code();
        String message = String.valueOf(malformed.getMessage());
        return operation == Operation.VERIFY
                ? Answer.json(400, Codec.VERIFY_RESPONSE, Outward.invalid(code, message))
                : Answer.json(400, Codec.SETTLE_RESPONSE, Outward.rejected(code, message));
    }

    private Answer broken(Operation operation, RuntimeException bug) {
        String id = Long.toHexString(clock.millis()) + "-" + incidents.incrementAndGet();
        LOG.error("{} broke, incident {}: {}", operation.path(), id, Fault.of(bug));
        ErrorCode code =
                operation == Operation.SETTLE ? ErrorCode.UNEXPECTED_SETTLE_ERROR : ErrorCode.UNEXPECTED_VERIFY_ERROR;
        return Answer.json(
                        500,
                        Json.Obj.EMPTY
                                .with("error", code.value())
                                .with("message", "the facilitator broke; nothing is known of the payment")
                                .with("incident", id))
                .with("Cache-Control", "no-store");
    }
}
