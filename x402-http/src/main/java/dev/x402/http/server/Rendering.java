package dev.x402.http.server;

import dev.x402.core.seller.Decision;
import dev.x402.core.seller.ResourceRequest.Presented;
import dev.x402.http.Answer;
import dev.x402.http.IncomingRequest;
import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.HeaderNames;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.SettleResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decisions of the gate as answers of HTTP (x402 v2, HTTP transport). */
final class Rendering {
    private static final int CHALLENGE_LIMIT = 8 * 1024;
    private static final ErrorCode NOT_CHARGED = new ErrorCode("not_charged");

    private final ChallengeBody challengeBody;

    Rendering(ChallengeBody challengeBody) {
        this.challengeBody = challengeBody;
    }

    Answer challenge(IncomingRequest request, Presented presented, Decision.Challenge challenge) {
        Answer page = challengeBody.write(request, challenge.required(), Answer.of(402));
        Answer answer = beside(
                offering(new Answer(402, page.headers(), page.body()), challenge.required()), challenge.answers());
        ErrorCode code = challenge.code().orElse(ErrorCode.INVALID_PAYLOAD);
        return closed(receipt(answer, presented, challenge.receipt(), code));
    }

    Answer retry(Presented presented, Decision.RetryLater retry) {
        int status = retry.why() == Decision.Wait.IN_FLIGHT ? 409 : 503;
        Answer answer = Answer.refusal(status, retry.code(), retry.message()).retryAfter(retry.retryAfter());
        return closed(receipt(answer, presented, retry.receipt(), retry.code()));
    }

    Answer reject(Presented presented, Decision.Reject reject) {
        int status = switch (reject.why()) {
            case MALFORMED -> 400;
            case CONFLICT -> 409;
            case BAD_ANSWER -> 502;
            case BROKEN -> 500;
        };
        Answer answer = Answer.refusal(status, reject.code(), reject.message());
        if (reject.required().isPresent()) {
            answer = offering(answer, reject.required().get());
        }
        return closed(receipt(answer, presented, reject.receipt(), reject.code()));
    }

    /** The handler's answer, for which the money moved. */
    static Answer released(Answer answer, SettleResponse receipt) {
        return kept(answer).with(HeaderNames.PAYMENT_RESPONSE, Codec.SETTLE_RESPONSE.writeHeader(receipt));
    }

    /** The handler's answer to a visitor who bought access before. */
    static Answer entered(Answer answer, Map<String, String> answers) {
        return beside(kept(answer), answers);
    }

    private static Answer beside(Answer answer, Map<String, String> answers) {
        Answer all = answer;
        for (Map.Entry<String, String> one : answers.entrySet()) {
            all = all.with(one.getKey(), one.getValue());
        }
        return all;
    }

    /** The handler's answer, for which nothing is charged. */
    static Answer unpaid(Answer answer, Presented presented) {
        return receipt(kept(answer), presented, Optional.empty(), NOT_CHARGED);
    }

    /** An answer of ours that nobody may keep. */
    static Answer closed(Answer answer) {
        return answer.with("Cache-Control", "no-store");
    }

    /** An answer of the handler that no shared cache may keep. */
    private static Answer kept(Answer answer) {
        List<String> rules = new ArrayList<>();
        for (Answer.Header header : answer.headers()) {
            if (header.name().equalsIgnoreCase("Cache-Control")) {
                rules.addAll(Arrays.asList(header.value().split(",", -1)));
            }
        }
        rules.replaceAll(String::strip);
        rules.removeIf(rule -> rule.isEmpty() || rule.equalsIgnoreCase("public"));
        if (rules.stream().noneMatch(rule -> rule.equalsIgnoreCase("no-store") || rule.equalsIgnoreCase("private"))) {
            rules.add("private");
        }
        return answer.with("Cache-Control", String.join(", ", rules));
    }

    private static Answer offering(Answer answer, PaymentRequired required) {
        String header = Codec.PAYMENT_REQUIRED.writeHeader(required);
        return header.length() > CHALLENGE_LIMIT ? answer : answer.with(HeaderNames.PAYMENT_REQUIRED, header);
    }

    private static Answer receipt(
            Answer answer, Presented presented, Optional<SettleResponse> known, ErrorCode otherwise) {
        if (known.isPresent()) {
            return answer.with(HeaderNames.PAYMENT_RESPONSE, Codec.SETTLE_RESPONSE.writeHeader(known.get()));
        }
        if (!(presented instanceof Presented.Payment payment)) {
            return answer;
        }
        return answer.with(
                HeaderNames.PAYMENT_RESPONSE, Codec.SETTLE_RESPONSE.writeHeader(unsettled(payment, otherwise)));
    }

    @SuppressWarnings("NullAway") // does not see @Nullable on a nested type of another module
    private static SettleResponse unsettled(Presented.Payment payment, ErrorCode code) {
        return new SettleResponse(
                false, code, null, null, "", payment.payload().accepted().network(), null, null, null, Json.Obj.EMPTY);
    }
}
