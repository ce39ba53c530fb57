package dev.x402.scheme.ach.bank;

import dev.x402.scheme.ach.AccountKind;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/** The accounts behind the tokens; guarded by the bank's lock. */
final class Vault {
    private static final int TOKEN_BYTES = 10;

    private final SecureRandom random;
    private final Map<String, Held> accounts = new HashMap<>();
    private final Map<Long, Correction> corrections = new HashMap<>();

    Vault(SecureRandom random) {
        this.random = random;
    }

    String open(BankAccount account) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = "acct_" + HexFormat.of().formatHex(bytes);
        accounts.put(token, new Held(account, false));
        return token;
    }

    Optional<BankAccount> find(String token) {
        return Optional.ofNullable(accounts.get(token)).map(Held::account);
    }

    /** The kind of an account that is open. */
    Optional<AccountKind> kind(String token) {
        return Optional.ofNullable(accounts.get(token))
                .filter(held -> !held.closed())
                .map(held -> held.account().kind());
    }

    void close(String token) {
        accounts.computeIfPresent(token, (same, held) -> new Held(held.account(), true));
    }

    void notice(long number, String token, BankAccount corrected, Instant due) {
        corrections.put(number, new Correction(token, corrected, due));
    }

    boolean correct(long number) {
        Correction correction = corrections.remove(number);
        if (correction != null) {
            accounts.put(correction.token(), new Held(correction.corrected(), false));
        }
        return correction != null;
    }

    boolean isCorrectionDue(String token, Instant now) {
        return corrections.values().stream()
                .anyMatch(correction -> correction.token().equals(token) && !now.isBefore(correction.due()));
    }

    private record Held(BankAccount account, boolean closed) {}

    private record Correction(String token, BankAccount corrected, Instant due) {}
}
