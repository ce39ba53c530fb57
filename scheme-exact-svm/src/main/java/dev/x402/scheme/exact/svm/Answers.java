package dev.x402.scheme.exact.svm;

import dev.x402.spec.Json;
import dev.x402.spi.RailUnavailableException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Typed reading of a batch's answers; what a node should not say makes it unavailable. */
final class Answers {
    private static final int MAX_PRINTED = 200;

    private final String node;
    private final List<SvmRpc.Call> calls;
    private final List<SvmRpc.Answer> answers;

    Answers(String node, List<SvmRpc.Call> calls, List<SvmRpc.Answer> answers) {
        this.node = node;
        this.calls = calls;
        this.answers = answers;
    }

    /** The refusal of the call itself; empty when it was answered. */
    Optional<SvmRpc.Answer.Refused> refusal(int index) {
        return answers.get(index) instanceof SvmRpc.Answer.Refused refused ? Optional.of(refused) : Optional.empty();
    }

    String text(int index) {
        if (result(index) instanceof Json.Str str) {
            return str.value();
        }
        throw unexpected(index, "a text");
    }

    /** A number from 0, such as a slot or a height. */
    long number(int index) {
        Long number = number(result(index));
        if (number == null) {
            throw unexpected(index, "a number from 0");
        }
        return number;
    }

    /** A member of an answer without context. */
    long number(int index, String member) {
        Long number =
                result(index) instanceof Json.Obj obj ? number(obj.members().get(member)) : null;
        if (number == null) {
            throw unexpected(index, "a number from 0 in " + member);
        }
        return number;
    }

    /** The slot at which the answer was right. */
    long slot(int index) {
        Long slot = result(index) instanceof Json.Obj obj && obj.members().get("context") instanceof Json.Obj context
                ? number(context.members().get("slot"))
                : null;
        if (slot == null) {
            throw unexpected(index, "the slot of the answer");
        }
        return slot;
    }

    /** The value that stands beside the context. */
    Json value(int index) {
        Json value = result(index) instanceof Json.Obj obj ? obj.members().get("value") : null;
        if (value == null) {
            throw unexpected(index, "a value");
        }
        return value;
    }

    /** A list of exactly so many values. */
    List<Json> values(int index, int size) {
        if (value(index) instanceof Json.Arr arr && arr.elements().size() == size) {
            return arr.elements();
        }
        throw unexpected(index, "an array of " + size);
    }

    RailUnavailableException unexpected(int index, String expected) {
        return new RailUnavailableException(node + ": " + calls.get(index).method() + ": expected " + expected
                + ", saw something else; ask again later");
    }

    private Json result(int index) {
        if (answers.get(index) instanceof SvmRpc.Answer.Result result) {
            return result.value();
        }
        SvmRpc.Answer.Refused refused = (SvmRpc.Answer.Refused) answers.get(index);
        throw new RailUnavailableException(node + ": " + calls.get(index).method() + " was refused with code "
                + refused.code() + " (" + printable(refused.message()) + "); ask again later");
    }

    static @Nullable Long number(@Nullable Json value) {
        if (!(value instanceof Json.Num num)
                || num.value().signum() < 0
                || num.value().precision() - num.value().scale() > 18
                || num.value().scale() > 18) {
            return null;
        }
        return num.value().stripTrailingZeros().scale() <= 0 ? num.value().longValue() : null;
    }

    static String printable(String foreign) {
        String text = foreign.replaceAll("[^\\x20-\\x7e]", "?");
        return text.length() > MAX_PRINTED ? text.substring(0, MAX_PRINTED) : text;
    }
}
