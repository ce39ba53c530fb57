package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import dev.x402.spi.RailUnavailableException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far the chain is, read before anything that is judged by it.
 *
 * @param number of the newest block
 * @param baseFee of the newest block, in wei
 * @param finalNumber of the newest block that stays; empty when there is none yet
 * @param finalTime of that block, in seconds
 */
record Heads(BigInteger number, BigInteger baseFee, Optional<BigInteger> finalNumber, Optional<BigInteger> finalTime) {
    private static final String FINALIZED = "finalized";

    /** Reads the heads; with confirmations of 0 the chain's own finalized block is the final one. */
    static Heads read(Nodes.Session session, int confirmations) {
        List<EvmRpc.Call> calls = new ArrayList<>(List.of(Calls.block(Calls.LATEST)));
        if (confirmations == 0) {
            calls.add(Calls.block(FINALIZED));
        }
        Answers answers = session.call(calls);
        BigInteger number = answers.quantity(0, "number");
        BigInteger baseFee =
                answers.object(0).orElse(Json.Obj.EMPTY).find("baseFeePerGas").isPresent()
                        ? answers.quantity(0, "baseFeePerGas")
                        : BigInteger.ZERO;
        if (confirmations == 1) {
            return new Heads(number, baseFee, Optional.of(number), Optional.of(answers.quantity(0, "timestamp")));
        }
        Answers last = answers;
        int at = 1;
        if (confirmations > 1) {
            BigInteger wanted = number.subtract(BigInteger.valueOf(confirmations - 1L));
            if (wanted.signum() < 0) {
                return new Heads(number, baseFee, Optional.empty(), Optional.empty());
            }
            last = session.call(List.of(Calls.block(Hex.quantity(wanted))));
            at = 0;
        }
        if (last.refusal(at).isPresent() || last.object(at).isEmpty()) {
            throw new RailUnavailableException(session.node() + ": expected a final block, saw none; if this node never"
                    + " has one, set confirmations in the policy of the network");
        }
        BigInteger finalNumber = last.quantity(at, "number");
        if (finalNumber.compareTo(number) > 0) {
            throw new RailUnavailableException(session.node() + ": expected a final block at or below the newest, "
                    + number + ", saw " + finalNumber + "; ask again later");
        }
        return new Heads(number, baseFee, Optional.of(finalNumber), Optional.of(last.quantity(at, "timestamp")));
    }

    boolean isFinal(BigInteger block) {
        return finalNumber.filter(last -> block.compareTo(last) <= 0).isPresent();
    }

    /** The account's next sequence that stays; zero before the first final block. */
    BigInteger nonce(Nodes.Session session, Address account) {
        return finalNumber
                .map(block -> session.call(List.of(Calls.nonce(account, Hex.quantity(block))))
                        .quantity(0))
                .orElse(BigInteger.ZERO);
    }
}
