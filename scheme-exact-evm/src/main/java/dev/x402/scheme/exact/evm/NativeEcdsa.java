package dev.x402.scheme.exact.evm;

import fr.acinq.secp256k1.Secp256k1;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;

/** Signing by libsecp256k1; constructing it fails where the library is absent. */
final class NativeEcdsa implements Ecdsa {
    private final Secp256k1 library = Secp256k1.get();
    private final NativeRecovery recovery = new NativeRecovery();
    private final byte[] secret;
    private final Address account;

    NativeEcdsa(BigInteger secret) {
        this.secret = Hex.word(secret);
        byte[] point = library.pubkeyCreate(this.secret);
        account = Address.ofPublicKey(Arrays.copyOfRange(point, 1, point.length));
    }

    @Override
    public Address account() {
        return account;
    }

    /** The library does not tell the parity: it is the one that leads back to the account. */
    @Override
    public Signature sign(byte[] digest) {
        byte[] compact = library.sign(digest, secret);
        BigInteger r = new BigInteger(1, compact, 0, Hex.WORD);
        BigInteger s = new BigInteger(1, compact, Hex.WORD, Hex.WORD);
        Signature even = new Signature(r, s, 0);
        return Optional.ofNullable(recovery.recover(digest, even)).equals(Optional.of(account))
                ? even
                : new Signature(r, s, 1);
    }

    /** The account; nothing of the secret. */
    @Override
    public String toString() {
        return "signing for " + account;
    }
}
