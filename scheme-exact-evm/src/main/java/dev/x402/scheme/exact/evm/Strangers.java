package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the transaction that used up an authorization when it is none of ours. */
final class Strangers {
    private static final BigInteger CHUNK = BigInteger.valueOf(1000);
    private static final int CHUNKS = 10;

    private Strangers() {}

    /** The effect, looked for in the last 10,000 blocks; empty when it is not found there. */
    static Optional<Effect> effect(Nodes.Session session, SignedTransfer transfer, BigInteger head) {
        List<EvmRpc.Call> queries = new ArrayList<>();
        for (BigInteger last = head; last.signum() >= 0 && queries.size() < CHUNKS; last = last.subtract(CHUNK)) {
            BigInteger first = last.subtract(CHUNK).add(BigInteger.ONE).max(BigInteger.ZERO);
            queries.add(Calls.uses(transfer.token().contract(), transfer.authorization(), first, last));
        }
        Answers answers = session.call(queries);
        List<Json.Obj> uses = new ArrayList<>();
        for (int i = 0; i < queries.size(); i++) {
            answers.array(i).forEach(log -> {
                if (log instanceof Json.Obj obj) {
                    uses.add(obj);
                }
            });
        }
        List<String> hashes = uses.stream()
                .flatMap(log -> log.text("transactionHash").stream())
                .distinct()
                .toList();
        if (hashes.isEmpty()) {
            return Optional.empty();
        }
        Answers receipts = session.call(hashes.stream().map(Calls::receipt).toList());
        for (int i = 0; i < hashes.size(); i++) {
            Optional<Effect> effect = receipts.object(i).flatMap(receipt -> Effect.of(receipt, transfer, false));
            if (effect.isPresent()) {
                return effect;
            }
        }
        return cancelled(uses);
    }

    private static Optional<Effect> cancelled(List<Json.Obj> uses) {
        for (Json.Obj log : uses) {
            boolean cancel = log.members().get("topics") instanceof Json.Arr topics
                    && !topics.elements().isEmpty()
                    && topics.elements().get(0).equals(Json.of(Abi.AUTHORIZATION_CANCELED));
            Optional<BigInteger> block = log.find("blockNumber").flatMap(Answers::quantity);
            Optional<String> hash = log.text("transactionHash");
            if (cancel && block.isPresent() && hash.isPresent()) {
                return Optional.of(new Effect(hash.get(), block.get(), false));
            }
        }
        return Optional.empty();
    }
}
