package dev.x402.scheme.exact.evm;

import dev.x402.spec.Json;
import dev.x402.spi.RailUnavailableException;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Typed reading of a batch's answers; what a node should not say makes it unavailable. */
final class Answers {
    private static final int EXECUTION_REVERTED = 3;
    private static final int VM_ERROR = -32015;
    private static final int MAX_QUANTITY = 66;
    /** How nodes say that the execution failed, and not they themselves. */
    private static final List<String> REVERTS = List.of(
            "revert",
            "out of gas",
            "invalid opcode",
            "vm execution error",
            "evm error",
            "gas required exceeds allowance");

    private final String node;
    private final List<EvmRpc.Call> calls;
    private final List<EvmRpc.Answer> answers;

    Answers(String node, List<EvmRpc.Call> calls, List<EvmRpc.Answer> answers) {
        this.node = node;
        this.calls = calls;
        this.answers = answers;
    }

    /** The node's refusal when the call was executed and failed; empty when it succeeded. */
    Optional<String> reverted(int index) {
        if (!(answers.get(index) instanceof EvmRpc.Answer.Refused refused)) {
            return Optional.empty();
        }
        String message = refused.message().toLowerCase(Locale.ROOT);
        if (refused.code() == EXECUTION_REVERTED
                || refused.code() == VM_ERROR
                || REVERTS.stream().anyMatch(message::contains)) {
            return Optional.of(printable(refused.message()));
        }
        throw refused(index, refused);
    }

    /** The bytes that a contract returned; empty when it reverted. */
    Optional<byte[]> returned(int index, int maxBytes) {
        if (reverted(index).isPresent()) {
            return Optional.empty();
        }
        byte[] bytes = result(index) instanceof Json.Str str ? Hex.parse(str.value(), maxBytes) : null;
        if (bytes == null) {
            throw unexpected(index, "at most " + maxBytes + " bytes");
        }
        return Optional.of(bytes);
    }

    /** The one word that a contract returned; empty when it reverted or returned something else. */
    Optional<BigInteger> word(int index) {
        return returned(index, 1024).filter(bytes -> bytes.length == Hex.WORD).map(bytes -> new BigInteger(1, bytes));
    }

    BigInteger quantity(int index) {
        return quantity(result(index)).orElseThrow(() -> unexpected(index, "a quantity"));
    }

    BigInteger quantity(int index, String member) {
        return object(index)
                .flatMap(obj -> obj.find(member))
                .flatMap(Answers::quantity)
                .orElseThrow(() -> unexpected(index, "a quantity " + member));
    }

    /** The object; empty when the node said null. */
    Optional<Json.Obj> object(int index) {
        Json result = result(index);
        if (result == Json.Null.NULL) {
            return Optional.empty();
        }
        if (result instanceof Json.Obj obj) {
            return Optional.of(obj);
        }
        throw unexpected(index, "an object");
    }

    List<Json> array(int index) {
        if (result(index) instanceof Json.Arr arr) {
            return arr.elements();
        }
        throw unexpected(index, "an array");
    }

    /** The refusal's words; empty when the call succeeded. */
    Optional<String> refusal(int index) {
        return answers.get(index) instanceof EvmRpc.Answer.Refused refused
                ? Optional.of(printable(refused.message()))
                : Optional.empty();
    }

    static Optional<BigInteger> quantity(Json value) {
        if (!(value instanceof Json.Str str)
                || str.value().length() > MAX_QUANTITY
                || !str.value().matches("0x[0-9a-fA-F]+")) {
            return Optional.empty();
        }
        return Optional.of(new BigInteger(str.value().substring(2), 16));
    }

    private Json result(int index) {
        EvmRpc.Answer answer = answers.get(index);
        if (answer instanceof EvmRpc.Answer.Refused refused) {
            throw refused(index, refused);
        }
        return ((EvmRpc.Answer.Result) answer).value();
    }

    private RailUnavailableException refused(int index, EvmRpc.Answer.Refused refused) {
        return new RailUnavailableException(node + ": " + calls.get(index).method() + " was refused with code "
                + refused.code() + " (" + printable(refused.message()) + "); ask again later");
    }

    private RailUnavailableException unexpected(int index, String expected) {
        return new RailUnavailableException(node + ": expected of "
                + calls.get(index).method() + " " + expected + ", saw something else; ask again later");
    }

    /** Printable ASCII, cut short: a contract chooses the words of its revert. */
    private static String printable(String text) {
        String cut = text.length() > 160 ? text.substring(0, 160) : text;
        return cut.replaceAll("[^\\x20-\\x7e]", "?");
    }
}
