package dev.x402.scheme.exact.evm;

import fr.acinq.secp256k1.Secp256k1;
import fr.acinq.secp256k1.Secp256k1Exception;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Recovery by libsecp256k1; constructing it fails where the library is absent. */
final class NativeRecovery implements Recovery {
    private final Secp256k1 library = Secp256k1.get();

    @Override
    public @Nullable Address recover(byte[] digest, Signature signature) {
        byte[] key;
        try {
            key = library.ecdsaRecover(Arrays.copyOf(signature.toBytes(), 2 * Hex.WORD), digest, signature.parity());
        } catch (Secp256k1Exception none) {
            return null;
        }
        return Address.ofPublicKey(Arrays.copyOfRange(key, 1, key.length));
    }
}
