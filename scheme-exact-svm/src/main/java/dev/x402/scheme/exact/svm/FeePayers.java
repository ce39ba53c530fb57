package dev.x402.scheme.exact.svm;

import java.util.Set;

/**
 * The accounts that pay fees on one network, and how much.
 *
 * @param accounts all of them; none may be touched by a payer's instructions
 * @param limits of each transaction
 */
record FeePayers(Set<SvmAddress> accounts, Limits limits) {
    FeePayers {
        accounts = Set.copyOf(accounts);
    }
}
