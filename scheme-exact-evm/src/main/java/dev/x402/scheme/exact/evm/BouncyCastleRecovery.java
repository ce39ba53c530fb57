package dev.x402.scheme.exact.evm;

import java.math.BigInteger;
import java.util.Arrays;
import org.bouncycastle.asn1.sec.SECNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.math.ec.ECAlgorithms;
import org.bouncycastle.math.ec.ECPoint;
import org.jspecify.annotations.Nullable;

/** Recovery in Java: Q = r⁻¹(sR − eG), both products at once. */
final class BouncyCastleRecovery implements Recovery {
    private static final X9ECParameters CURVE = SECNamedCurves.getByName("secp256k1");

    @Override
    public @Nullable Address recover(byte[] digest, Signature signature) {
        byte[] compressed = new byte[1 + Hex.WORD];
        compressed[0] = (byte) (2 + signature.parity());
        Hex.putWord(compressed, 1, signature.r());
        ECPoint nonce;
        try {
            nonce = CURVE.getCurve().decodePoint(compressed);
        } catch (IllegalArgumentException notOnCurve) {
            return null;
        }
        BigInteger inverse = signature.r().modInverse(Signature.ORDER);
        BigInteger e = new BigInteger(1, digest);
        ECPoint key = ECAlgorithms.sumOfTwoMultiplies(
                CURVE.getG(),
                inverse.multiply(e).negate().mod(Signature.ORDER),
                nonce,
                inverse.multiply(signature.s()).mod(Signature.ORDER));
        if (key.isInfinity()) {
            return null;
        }
        byte[] encoded = key.normalize().getEncoded(false);
        return Address.ofPublicKey(Arrays.copyOfRange(encoded, 1, encoded.length));
    }
}
