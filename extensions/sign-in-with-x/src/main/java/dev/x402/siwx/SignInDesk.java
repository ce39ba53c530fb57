package dev.x402.siwx;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentExtension.Store;
import dev.x402.spi.PaymentKey;
import java.time.Clock;
import java.util.List;

/** What an application does with sessions and purchases: log out, give money back; safe for threads. */
public final class SignInDesk {
    private final List<Sessions> rooms;
    private final Entitlements entitlements;

    private SignInDesk(List<Sessions> rooms, Entitlements entitlements) {
        this.rooms = rooms;
        this.entitlements = entitlements;
    }

    /** A desk on the store that the seller's extensions use. */
    public static SignInDesk of(Store store, Clock clock) {
        requireNonNull(store, "store");
        requireNonNull(clock, "clock");
        return new SignInDesk(
                List.of(Sessions.ofPayers(store, clock), Sessions.ofGuests(store, clock)),
                new Entitlements(store, clock));
    }

    /** Takes back what a payment bought, as after a refund; also what is settled by it only later. */
    public void revoke(PaymentKey key) {
        entitlements.revoke(requireNonNull(key, "key"));
    }

    /** Ends the session of this token; does nothing when there is none. */
    public void logOut(String token) {
        requireNonNull(token, "token");
        rooms.forEach(room -> room.end(token));
    }

    /**
     * Ends all sessions of an account.
     *
     * @param tenant whose resources they open; empty where there is one seller
     * @param network any that the account signs in on
     * @param account as receipts name it
     */
    public void logOutEverywhere(String tenant, Network network, String account) {
        requireNonNull(tenant, "tenant");
        requireNonNull(network, "network");
        requireNonNull(account, "account");
        rooms.forEach(room -> room.endAll(tenant, network, account));
    }
}
