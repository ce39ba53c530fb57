package dev.x402.http.facilitator;

import dev.x402.core.Fault;
import dev.x402.http.Answer;
import dev.x402.spec.Codec;
import dev.x402.spec.HeaderNames;
import dev.x402.spec.Json;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension.FacilitatorSide;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What extensions say beside the facilitator's answers; one that fails says nothing. */
record ExtensionResponses(Map<String, FacilitatorSide> sides) {
    private static final Logger LOG = LoggerFactory.getLogger(ExtensionResponses.class);
    private static final int LIMIT = 4 * 1024;

    Answer beside(Answer answer, Payment payment, boolean settled) {
        Json.Obj echoed = payment.payload().extensions();
        if (echoed == null || sides.isEmpty()) {
            return answer;
        }
        Json.Obj all = Json.Obj.EMPTY;
        for (Map.Entry<String, FacilitatorSide> side : sides.entrySet()) {
            Optional<Json> said = echoed.find(side.getKey())
                    .flatMap(echo -> said(side.getKey(), side.getValue(), payment, echo, settled));
            if (said.isPresent()) {
                all = all.with(side.getKey(), said.get());
            }
        }
        if (all.isEmpty()) {
            return answer;
        }
        String header = Codec.JSON.writeHeader(all);
        return header.length() > LIMIT ? answer : answer.with(HeaderNames.EXTENSION_RESPONSES, header);
    }

    private static Optional<Json> said(
            String key, FacilitatorSide side, Payment payment, Json echoed, boolean settled) {
        try {
            return side.answer(payment, echoed, settled);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("extension {} failed beside the facilitator; it says nothing: {}", key, Fault.of(e));
            return Optional.empty();
        }
    }
}
