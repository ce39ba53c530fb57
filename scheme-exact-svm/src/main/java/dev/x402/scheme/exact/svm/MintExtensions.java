package dev.x402.scheme.exact.svm;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The extensions of a Token-2022 mint: those that are known to be harmless, and all others. */
final class MintExtensions {
    /** Close authority, interest and scale (only displayed), metadata and its pointer, groups. */
    private static final Set<Integer> HARMLESS = Set.of(3, 10, 18, 19, 20, 21, 22, 23, 25);

    private static final Map<Integer, String> NAMES = Map.of(
            1, "transfer fee",
            4, "confidential transfer",
            6, "default account state",
            9, "non-transferable",
            12, "permanent delegate",
            14, "transfer hook",
            16, "confidential transfer fee",
            24, "confidential mint and burn",
            26, "pausable");

    private MintExtensions() {}

    /** The first that may change what arrives, or take it away again, in words; also what cannot be read. */
    static Optional<String> harm(byte[] entries) {
        ByteBuffer in = ByteBuffer.wrap(entries).order(ByteOrder.LITTLE_ENDIAN);
        try {
            while (in.remaining() >= Short.BYTES) {
                int type = Short.toUnsignedInt(in.getShort());
                if (type == 0) {
                    return Optional.empty(); // the rest is room
                }
                if (!HARMLESS.contains(type)) {
                    return Optional.of(NAMES.getOrDefault(type, "number " + type));
                }
                in.get(new byte[Math.min(Short.toUnsignedInt(in.getShort()), in.remaining() + 1)]);
            }
            return Optional.empty();
        } catch (BufferUnderflowException cut) {
            return Optional.of("one that is cut off");
        }
    }
}
