package dev.x402.fuzz;

import dev.x402.core.facilitator.FacilitatorEngine;
import dev.x402.core.facilitator.FacilitatorPolicy;
import dev.x402.core.facilitator.InMemorySettlementStore;
import dev.x402.http.Answer;
import dev.x402.http.facilitator.FacilitatorEndpoints;
import dev.x402.spec.Codec;
import dev.x402.spi.plugins.Plugins;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Executors;

/** A whole facilitator behind its endpoints, whose chain is down. */
final class Asked {
    private static final Set<Integer> STATUSES = Set.of(200, 400, 413, 503);

    private final FacilitatorEndpoints endpoints;

    Asked(Plugins plugins) {
        FacilitatorEngine engine = FacilitatorEngine.builder(
                        plugins, new InMemorySettlementStore(Seller.CLOCK), FacilitatorPolicy.anyPayee(), "replica-1")
                .clock(Seller.CLOCK)
                .completer(Executors.newSingleThreadExecutor(work -> {
                    Thread thread = new Thread(work);
                    thread.setDaemon(true);
                    return thread;
                }))
                .build();
        endpoints = FacilitatorEndpoints.builder(engine, Seller.CLOCK).build();
    }

    /** The answer to a body, which is no success and no bug, and has the form of one. */
    <T> T body(String path, byte[] body, Codec<T> codec, T otherwise) {
        Answer answer;
        try {
            answer = endpoints.answer(Bytewise.post(path, body));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        if (!STATUSES.contains(answer.status())) {
            throw new AssertionError("expected one of " + STATUSES + ", saw " + answer.status() + " "
                    + Decoding.text(answer.body().toArray()));
        }
        return answer.status() == 200 ? codec.read(answer.body().toArray()) : otherwise;
    }
}
