package dev.x402.siwx;

import dev.x402.spec.Network;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Store;
import dev.x402.spi.PaymentExtension.Store.Written;
import dev.x402.spi.PaymentKey;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What payments bought, by tenant, route, account and perhaps target.
 *
 * <p>Two records: what an account holds on a route, and of each payment whether it was counted or taken back. The second
 * outlives the first, so that news that come twice, late or in another order change nothing.
 */
final class Entitlements {
    private static final String HELD = "siwx-entitled";
    private static final String SALES = "siwx-sale";
    private static final Duration REMEMBERED = Duration.ofDays(400);

    /** What is used up stays for a while, lest late news bring it back. */
    private static final Duration LINGERS = Duration.ofHours(1);

    private static final int LARGEST = Store.LARGEST_VALUE;
    private static final int TRIES = 1000;

    private final Store store;
    private final Clock clock;

    Entitlements(Store store, Clock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** The name of what an account holds: of its namespace, since an account with a key is one on all its networks. */
    static String name(String tenant, String route, Network network, String account, String target) {
        return Fingerprint.of(tenant, route, network.namespace(), account, target);
    }

    /** Counts a purchase once, unless it was taken back. */
    void bought(String name, Purchase purchase) {
        String sale = Fingerprint.of(purchase.key().value());
        Optional<Bytes> known = store.find(SALES, sale);
        if (known.equals(Optional.of(State.COUNTED.of(name)))) {
            return;
        }
        Instant end = remembered(purchase.until());
        if (known.isEmpty()) {
            known = Optional.of(State.COUNTING.of(name));
            if (written(store.write(SALES, sale, Optional.empty(), known, end)) == Written.CHANGED) {
                bought(name, purchase);
                return;
            }
        }
        if (known.equals(Optional.of(State.COUNTING.of(name)))) {
            change(name, held -> added(held, purchase));
            if (written(store.write(SALES, sale, known, Optional.of(State.COUNTED.of(name)), end)) == Written.DONE) {
                return;
            }
        }
        if (store.find(SALES, sale).filter(State.REVOKED::is).isPresent()) {
            change(name, held -> without(held, purchase.key()));
        }
    }

    /** Takes back what a payment bought, now and whenever it is heard of again. */
    void revoke(PaymentKey key) {
        String sale = Fingerprint.of(key.value());
        for (int i = 0; i < TRIES; i++) {
            Optional<Bytes> known = store.find(SALES, sale);
            String name = known.map(State::name).orElse("");
            Bytes revoked = State.REVOKED.of(name);
            boolean done = known.equals(Optional.of(revoked))
                    || written(store.write(SALES, sale, known, Optional.of(revoked), remembered(clock.instant())))
                            == Written.DONE;
            if (done) {
                if (!name.isEmpty()) {
                    change(name, held -> without(held, key));
                }
                return;
            }
        }
        throw contended();
    }

    /** A use of what the account holds under this name; empty when nothing opens. */
    Optional<Use> use(String name, SignedIn who) {
        for (int i = 0; i < TRIES; i++) {
            Instant now = clock.instant();
            Optional<Bytes> seen = store.find(HELD, name);
            if (seen.isEmpty()) {
                return Optional.empty();
            }
            List<Purchase> held = Purchase.read(seen.get());
            Optional<Purchase> first = held.stream()
                    .filter(one -> one.opens(now) && who.holds(one.network()))
                    .min(Purchase.FIRST_TO_USE);
            if (first.isEmpty()) {
                return Optional.empty();
            }
            Purchase purchase = first.get();
            if (purchase.left() == Purchase.ANY) {
                return Optional.of(new Use(purchase.key(), () -> {}));
            }
            List<Purchase> changed = replaced(held, purchase, purchase.withLeft(purchase.left() - 1));
            if (write(name, seen, changed, now) == Written.DONE) {
                return Optional.of(new Use(purchase.key(), () -> giveBack(name, purchase.key())));
            }
        }
        throw contended();
    }

    /**
     * A request that was counted.
     *
     * @param key of the payment that bought it
     * @param back takes the counting back
     */
    record Use(PaymentKey key, Runnable back) {}

    private void giveBack(String name, PaymentKey key) {
        change(
                name,
                held -> held.stream()
                        .map(one -> one.key().equals(key) && one.left() != Purchase.ANY
                                ? one.withLeft(one.left() + 1)
                                : one)
                        .toList());
    }

    private void change(String name, UnaryOperator<List<Purchase>> next) {
        for (int i = 0; i < TRIES; i++) {
            Instant now = clock.instant();
            Optional<Bytes> seen = store.find(HELD, name);
            List<Purchase> held = seen.map(Purchase::read).orElse(List.of());
            List<Purchase> changed = next.apply(held);
            if (changed.equals(held) || write(name, seen, changed, now) == Written.DONE) {
                return;
            }
        }
        throw contended();
    }

    private Written write(String name, Optional<Bytes> seen, List<Purchase> held, Instant now) {
        List<Purchase> kept = held.stream()
                .filter(one -> !one.isOver(now)
                        && (one.left() != 0 || one.bought().plus(LINGERS).isAfter(now)))
                .toList();
        if (kept.isEmpty() && seen.isEmpty()) {
            return Written.DONE;
        }
        Instant until =
                kept.stream().map(Purchase::until).max(Instant::compareTo).orElse(now);
        Optional<Bytes> next = kept.isEmpty() ? Optional.empty() : Optional.of(Purchase.write(kept));
        if (next.isPresent() && next.get().size() > LARGEST) {
            throw new IllegalStateException("entitlement: expected no more purchases of one account for one route, saw "
                    + kept.size() + " that are not used up");
        }
        return written(store.write(HELD, name, seen, next, until));
    }

    private static List<Purchase> added(List<Purchase> held, Purchase purchase) {
        if (held.stream().anyMatch(one -> one.key().equals(purchase.key()))) {
            return held;
        }
        List<Purchase> more = new ArrayList<>(held);
        more.add(purchase);
        return more;
    }

    private static List<Purchase> without(List<Purchase> held, PaymentKey key) {
        return held.stream().filter(one -> !one.key().equals(key)).toList();
    }

    private static List<Purchase> replaced(List<Purchase> held, Purchase one, Purchase by) {
        return held.stream().map(each -> each.equals(one) ? by : each).toList();
    }

    private static Written written(Written answer) {
        if (answer == Written.FULL) {
            throw new IllegalStateException("store: expected room for an entitlement, saw none");
        }
        return answer;
    }

    private Instant remembered(Instant end) {
        Instant least = clock.instant().plus(REMEMBERED);
        return end.isAfter(least) ? end : least;
    }

    private static IllegalStateException contended() {
        return new IllegalStateException(
                "store: expected to change an entitlement, saw others change it " + TRIES + " times meanwhile");
    }

    /** What became of a payment, before the name of what it bought. */
    private enum State {
        COUNTING('+'),
        COUNTED('='),
        REVOKED('-');

        private final char sign;

        State(char sign) {
            this.sign = sign;
        }

        Bytes of(String name) {
            return Bytes.of((sign + name).getBytes(StandardCharsets.US_ASCII));
        }

        boolean is(Bytes stored) {
            return stored.toArray()[0] == sign;
        }

        static String name(Bytes stored) {
            return new String(stored.toArray(), StandardCharsets.US_ASCII).substring(1);
        }
    }
}
