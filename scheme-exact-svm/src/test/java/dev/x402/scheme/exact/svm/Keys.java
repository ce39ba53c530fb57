package dev.x402.scheme.exact.svm;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The test money's accounts, by the names that the testbed gives them. */
final class Keys {
    static final LocalSvmSigner FEE_PAYER = of("fee payer 1");
    static final LocalSvmSigner OTHER_FEE_PAYER = of("fee payer 2");
    static final LocalSvmSigner PAYER = of("payer 1");
    static final LocalSvmSigner PAYEE = of("payee");
    static final LocalSvmSigner STRANGER = of("stranger");

    private Keys() {}

    static LocalSvmSigner of(String name) {
        return LocalSvmSigner.parse(secret(name));
    }

    /** 64 bytes in base 58: the secret, then the account. */
    static String secret(String name) {
        byte[] seed = Pda.sha256(("x402 testbed " + name).getBytes(StandardCharsets.UTF_8));
        byte[] pair = Arrays.copyOf(seed, 64);
        Ed25519.account(seed).put(pair, 32);
        return Base58Text.of(pair);
    }

    static SvmAddress address(SvmSigner signer) {
        return SvmAddress.of(signer.address());
    }
}
