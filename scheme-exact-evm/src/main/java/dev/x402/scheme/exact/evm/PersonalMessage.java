package dev.x402.scheme.exact.evm;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** A text as wallets sign it for people (EIP-191, version 0x45): it can never be a transaction. */
final class PersonalMessage {
    private static final String PREFIX = "\u0019Ethereum Signed Message:\n";

    private PersonalMessage() {}

    /** What is signed; null when the text has half of a surrogate pair, which has no bytes. */
    static byte @Nullable [] digest(String text) {
        ByteBuffer encoded;
        try {
            encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
        } catch (CharacterCodingException noText) {
            return null;
        }
        byte[] bytes = new byte[encoded.remaining()];
        encoded.get(bytes);
        return Keccak.hash((PREFIX + bytes.length).getBytes(US_ASCII), bytes);
    }
}
