package dev.x402.tck.reference;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** Texts signed by the ledger's accounts. */
final class LedgerAccounts implements PaymentScheme.Accounts {
    private final Purse purse;
    private final Ledger ledger;
    private final Flaw flaw;
    private final AtomicBoolean closed = new AtomicBoolean();

    LedgerAccounts(Purse purse, Ledger ledger, Flaw flaw) {
        this.purse = purse;
        this.ledger = ledger;
        this.flaw = flaw;
    }

    @Override
    public String family() {
        return flaw == Flaw.FAMILY_IS_A_SENTENCE ? "the ledger " : "Ledger";
    }

    @Override
    public String type() {
        return "mac";
    }

    @Override
    public Optional<String> own(Network network) {
        if (!isOurs(network)) {
            return Optional.empty();
        }
        return Optional.of(flaw == Flaw.OWN_IS_MISSPELLED ? purse.account().toUpperCase(Locale.ROOT) : purse.account());
    }

    @Override
    public String sign(Network network, String message) {
        if (!isOurs(network)) {
            throw new IllegalStateException("no key for " + network);
        }
        return mac(
                purse.secret(), message, flaw == Flaw.SIGNS_ASCII ? StandardCharsets.US_ASCII : StandardCharsets.UTF_8);
    }

    @Override
    public boolean proves(Network network, String account, String message, String signature, Instant by) {
        if (flaw == Flaw.PROVING_ASKS_THE_RAIL) {
            ledger.height();
        }
        if (message.equals("\ud800")) {
            if (flaw == Flaw.PROVING_THROWS_AT_NONSENSE) {
                throw new IllegalArgumentException("half of a character");
            }
            return false;
        }
        String name = flaw == Flaw.OWN_IS_MISSPELLED && account.startsWith("ACCT")
                ? account.toLowerCase(Locale.ROOT)
                : account;
        String signer = flaw == Flaw.SIGNER_UNCHECKED && name.matches("acct-[0-9a-f]{8}") ? purse.account() : name;
        Optional<String> secret = ledger.known(signer);
        if (!isOurs(network) || secret.isEmpty() || !signature.matches("[0-9a-f]{64}")) {
            return false;
        }
        String right = mac(secret.get(), message, StandardCharsets.UTF_8);
        return flaw == Flaw.SIGNATURE_HALF_COMPARED
                ? signature.substring(0, 32).equals(right.substring(0, 32))
                : signature.equals(right);
    }

    @Override
    public void close() {
        if (closed.getAndSet(true) && flaw == Flaw.ACCOUNTS_CLOSE_ONCE) {
            throw new IllegalStateException("closed before");
        }
    }

    private boolean isOurs(Network network) {
        return network.equals(LedgerRail.NETWORK) || flaw == Flaw.ACCOUNTS_EVERYWHERE;
    }

    private String mac(String secret, String message, Charset charset) {
        String text = flaw == Flaw.CASE_IS_FOLDED ? message.toLowerCase(Locale.ROOT) : message;
        return Authorization.sha256(secret + "|" + new String(text.getBytes(charset), charset));
    }
}
