package dev.x402.scheme.exact.svm;

import java.util.Set;

/** The programs that a payment may ask, and two that are known to be refused. */
final class Programs {
    static final SvmAddress COMPUTE_BUDGET = SvmAddress.of("ComputeBudget111111111111111111111111111111");
    static final SvmAddress TOKEN = SvmAddress.of("TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA");
    static final SvmAddress TOKEN_2022 = SvmAddress.of("TokenzQdBNbLqP5VEhdkAS6EPFLC1PHnBqCXEpPxuEb");
    static final SvmAddress ASSOCIATED_TOKEN = SvmAddress.of("ATokenGPvbdGVxr1b2hvZbsiqW5xWH25efTNsLJA8knL");
    static final SvmAddress MEMO = SvmAddress.of("MemoSq4gqABAXKb96qnH8TysNcWxMyWCqXgDLGmfcHr");
    static final SvmAddress LIGHTHOUSE = SvmAddress.of("L2TExMFKdjpN9kozasaurPirfHy9P8sbXoAN1qA3S95");
    static final SvmAddress SYSTEM = SvmAddress.of("11111111111111111111111111111111");

    private static final Set<SvmAddress> TOKENS = Set.of(TOKEN, TOKEN_2022);

    private Programs() {}

    static boolean isToken(SvmAddress program) {
        return TOKENS.contains(program);
    }
}
