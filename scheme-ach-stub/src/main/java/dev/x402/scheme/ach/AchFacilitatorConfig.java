package dev.x402.scheme.ach;

import static java.util.Objects.requireNonNull;

import dev.x402.scheme.ach.AchGateway.Speed;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A port: for whom a facilitator debits, and by which bank.
 *
 * @param originator the ten characters by which banks know it
 * @param gateway to its bank
 * @param book of its mandates
 * @param desk that acts on what the bank tells
 * @param payees whom it collects for
 * @param speed when its debits settle
 */
public record AchFacilitatorConfig(
        String originator, AchGateway gateway, MandateBook book, AchDesk desk, List<Payee> payees, Speed speed) {
    /**
     * Keeps a copy of the list.
     *
     * @throws IllegalArgumentException when the originator is none, or one role of a tenant has two accounts
     */
    public AchFacilitatorConfig {
        requireNonNull(gateway, "gateway");
        requireNonNull(book, "book");
        requireNonNull(desk, "desk");
        requireNonNull(speed, "speed");
        payees = List.copyOf(payees);
        if (!Ach.isOriginator(originator)) {
            throw new IllegalArgumentException("originator: expected 10 capital letters or digits");
        }
        Set<List<String>> names = new HashSet<>();
        for (Payee payee : payees) {
            if (!names.add(List.of(payee.tenant(), payee.role()))) {
                throw new IllegalArgumentException(
                        "payees: expected one account for each role of a tenant, saw two for " + payee.role());
            }
        }
    }

    /** The account of a role or of its own token; empty when the tenant has no such payee. */
    Optional<String> account(String tenant, String payTo) {
        return payees.stream()
                .filter(payee -> payee.tenant().equals(tenant))
                .filter(payee -> payee.role().equals(payTo) || payee.account().equals(payTo))
                .map(Payee::account)
                .findFirst();
    }

    /**
     * Somebody for whom the facilitator collects.
     *
     * @param tenant whose payee it is; empty where there is one tenant
     * @param role as an offer's {@code payTo} says it, such as {@code merchant}
     * @param account token of the account that is credited
     */
    public record Payee(String tenant, String role, String account) {
        public Payee {
            requireNonNull(tenant, "tenant");
            if (!Ach.isPayee(role) || !Ach.isAccountToken(account)) {
                throw new IllegalArgumentException(
                        "payee: expected a role such as merchant and an account token, saw another text");
            }
        }
    }

    /** The originator without more. */
    @Override
    public String toString() {
        return "AchFacilitatorConfig[" + originator + ", " + payees.size() + " payees]";
    }
}
