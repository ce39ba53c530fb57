package dev.x402.core.seller;

import dev.x402.core.Fault;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spi.PaymentExtension.Refusal;
import dev.x402.spi.PaymentExtension.ServerSide;
import dev.x402.spi.PaymentExtension.Visit;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks the extensions that the challenge declares whether they refuse the payment; one that fails stops it. */
final class Refusing implements Step {
    private static final Logger LOG = LoggerFactory.getLogger(Refusing.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Sides sides;
    private final Question question;
    private final Claims claims;

    /** Asks one extension. */
    @FunctionalInterface
    interface Question {
        Optional<Refusal> ask(ServerSide side, Visit visit, PaymentPayload payload);
    }

    Refusing(Sides sides, Question question, Claims claims) {
        this.sides = sides;
        this.question = question;
        this.claims = claims;
    }

    @Override
    public Optional<Decision> take(Walk walk) {
        Json.Obj declared = walk.required().extensions();
        if (walk.askedBefore()) {
            return Optional.empty();
        }
        if (walk.isIncomplete()) {
            return Optional.of(later());
        }
        if (declared == null || sides.all().isEmpty()) {
            return Optional.empty();
        }
        Visit visit = Sides.visit(walk);
        PaymentPayload payload = walk.payment().payload();
        for (Map.Entry<String, ServerSide> side : sides.all().entrySet()) {
            Optional<Json> said = declared.find(side.getKey());
            Optional<Decision> answer = said.isEmpty()
                    ? Optional.empty()
                    : asked(walk, side.getKey(), side.getValue(), visit.withDeclared(said), payload);
            if (answer.isPresent()) {
                claims.forget(walk);
                return answer;
            }
        }
        return Optional.empty();
    }

    private Optional<Decision> asked(Walk walk, String key, ServerSide side, Visit visit, PaymentPayload payload) {
        try {
            return question.ask(side, visit, payload).map(refusal -> refused(walk, refusal));
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("extension {} could not judge a payment, which is asked to come again: {}", key, Fault.of(e));
            return Optional.of(later());
        }
    }

    private static Decision later() {
        return new Decision.RetryLater(
                Decision.Wait.UNAVAILABLE,
                ErrorCode.RESERVATION_UNAVAILABLE,
                "the payment cannot be judged now; come again with it",
                RETRY,
                Optional.empty());
    }

    private static Decision refused(Walk walk, Refusal refusal) {
        return new Decision.Reject(
                refusal.conflict() ? Decision.Refusal.CONFLICT : Decision.Refusal.MALFORMED,
                refusal.code(),
                refusal.message(),
                refusal.conflict()
                        ? Optional.empty()
                        : Optional.of(walk.withError(refusal.code().value())),
                Optional.empty());
    }
}
