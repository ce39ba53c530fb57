package dev.x402.siwx;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentExtension.Store;
import dev.x402.spi.PaymentKey;
import java.time.Clock;

/** What an application does with sessions and purchases: log out, give money back; safe for threads. */
public final class SignInDesk {
    private final Sessions sessions;
    private final Entitlements entitlements;

    private SignInDesk(Sessions sessions, Entitlements entitlements) {
        this.sessions = sessions;
        this.entitlements = entitlements;
    }

    /** A desk on the store that the seller's extensions use. */
    public static SignInDesk of(Store store, Clock clock) {
        requireNonNull(store, "store");
        requireNonNull(clock, "clock");
        return new SignInDesk(new Sessions(store, clock), new Entitlements(store, clock));
    }

    /** Takes back what a payment bought, as after a refund; also what is settled by it only later. */
    public void revoke(PaymentKey key) {
        entitlements.revoke(requireNonNull(key, "key"));
    }

    /** Ends the session of this token; does nothing when there is none. */
    public void logOut(String token) {
        sessions.end(requireNonNull(token, "token"));
    }

    /**
     * Ends all sessions of an account.
     *
     * @param tenant whose resources they open; empty where there is one seller
     * @param network any that the account signs in on
     * @param account as receipts name it
     */
    public void logOutEverywhere(String tenant, Network network, String account) {
        sessions.endAll(
                requireNonNull(tenant, "tenant"),
                requireNonNull(network, "network"),
                requireNonNull(account, "account"));
    }
}
