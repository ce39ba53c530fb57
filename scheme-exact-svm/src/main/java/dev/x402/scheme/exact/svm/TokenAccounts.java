package dev.x402.scheme.exact.svm;

import java.util.concurrent.ConcurrentHashMap;

/** Remembers the token accounts of payees: deriving one takes a third of what a signature takes. */
final class TokenAccounts {
    static final int MOST = 4_096;

    private final ConcurrentHashMap<Holding, SvmAddress> known = new ConcurrentHashMap<>();

    private record Holding(SvmAddress owner, SvmAddress mint, SvmAddress tokenProgram) {}

    SvmAddress of(SvmAddress owner, SvmAddress mint, SvmAddress tokenProgram) {
        Holding holding = new Holding(owner, mint, tokenProgram);
        SvmAddress account = known.get(holding);
        if (account == null) {
            account = Pda.tokenAccount(owner, mint, tokenProgram);
            if (known.size() >= MOST) {
                known.clear(); // payees of others' choice do not fill the memory
            }
            known.put(holding, account);
        }
        return account;
    }

    int size() {
        return known.size();
    }
}
