package dev.x402.scheme.exact.evm;

import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reading of what others encoded by the contract ABI; every offset and length is theirs. */
final class Words {
    private Words() {}

    /** The word from there on, which must be there. */
    static BigInteger at(byte[] data, int from) {
        return new BigInteger(1, data, from, Hex.WORD);
    }

    /** Where the offset in a word leads from a base; negative when that is outside. */
    static int place(byte[] data, int base, int at) {
        if (at < 0 || at > data.length - Hex.WORD) {
            return -1;
        }
        BigInteger place = at(data, at).add(BigInteger.valueOf(base));
        return place.bitLength() > 30 || place.intValue() > data.length - Hex.WORD ? -1 : place.intValue();
    }

    /** The bytes to which the offset in a word leads from a base; null when they are outside. */
    static byte @Nullable [] bytes(byte[] data, int base, int at) {
        int place = place(data, base, at);
        if (place < 0) {
            return null;
        }
        BigInteger length = at(data, place);
        int from = place + Hex.WORD;
        return length.bitLength() > 30 || length.intValue() > data.length - from
                ? null
                : Arrays.copyOfRange(data, from, from + length.intValue());
    }
}
