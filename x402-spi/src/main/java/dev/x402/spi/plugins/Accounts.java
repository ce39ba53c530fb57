package dev.x402.spi.plugins;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme;
import java.util.Optional;

/** What extensions may know of accounts: their spelling by the rails, their proofs by the schemes. */
record Accounts(Rails rails, Schemes schemes) {
    Optional<String> canonical(Network network, String account) {
        return rails.canonicalAccount(network, account);
    }

    Optional<PaymentScheme.Accounts> of(Network network) {
        return schemes.accounts(network);
    }
}
