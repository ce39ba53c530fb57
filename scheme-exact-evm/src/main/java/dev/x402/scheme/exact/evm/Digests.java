package dev.x402.scheme.exact.evm;

import java.util.Optional;

/** Asks a signer and checks its answer: a wrong key is found before anything leaves. */
final class Digests {
    private Digests() {}

    static Signature sign(EvmSigner signer, byte[] digest, Recovery recovery) {
        Signature signature = Signature.ofSigner(signer.sign(digest.clone()));
        Address recovered = signature == null ? null : recovery.recover(digest, signature);
        if (signature == null || recovered == null || !Optional.of(recovered).equals(Address.find(signer.address()))) {
            throw new IllegalStateException("signer " + signer.address() + ": expected 65 bytes r, s, v that recover to"
                    + " its address, saw a signature of something else; check which key the signer uses");
        }
        return signature;
    }
}
