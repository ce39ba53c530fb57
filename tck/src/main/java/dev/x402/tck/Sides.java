package dev.x402.tck;

import dev.x402.spec.Kind;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Lane;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.PaymentScheme.Accounts;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.Slot;
import dev.x402.spi.Stage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The sides of a scheme, made by the first look and closed together; and the next places in its lanes. */
final class Sides {
    private final FixtureContext context;
    private final Timekeeper time;
    private final Supplier<Stage> answerAt;
    private final ReentrantLock making = new ReentrantLock();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Map<Lane, Long> next = new HashMap<>();
    private @Nullable PaymentScheme scheme;
    private @Nullable SchemeClient client;
    private @Nullable SchemeServer server;
    private @Nullable SchemeFacilitator side;
    private @Nullable Facilitator facilitator;
    private Optional<Accounts> accounts = Optional.empty();
    private boolean askedForAccounts;

    Sides(FixtureContext context, Timekeeper time, Supplier<Stage> answerAt) {
        this.context = context;
        this.time = time;
        this.answerAt = answerAt;
    }

    PaymentScheme scheme() {
        return locked(() -> {
            PaymentScheme known = scheme;
            if (known == null) {
                known = context.fixture().scheme();
                scheme = known;
            }
            return known;
        });
    }

    SchemeClient client() {
        return locked(() -> {
            SchemeClient known = client;
            if (known == null) {
                known = open("payer's", scheme().client(context));
                client = known;
            }
            return known;
        });
    }

    SchemeServer server() {
        return locked(() -> {
            SchemeServer known = server;
            if (known == null) {
                known = open("payee's", scheme().server(context));
                server = known;
            }
            return known;
        });
    }

    SchemeFacilitator side() {
        return locked(() -> {
            SchemeFacilitator known = side;
            if (known == null) {
                known = open("facilitator's", scheme().facilitator(context));
                side = known;
            }
            return known;
        });
    }

    Optional<Accounts> accounts() {
        return locked(() -> {
            if (!askedForAccounts) {
                accounts = otherAccounts();
                askedForAccounts = true;
            }
            return accounts;
        });
    }

    /** Of a new scheme. */
    Optional<Accounts> otherAccounts() {
        return locked(() -> {
            Optional<Accounts> made = context.fixture().scheme().accounts(context);
            made.ifPresent(opened::push);
            return made;
        });
    }

    SchemeFacilitator anotherSide() {
        return locked(() -> open("facilitator's", context.fixture().scheme().facilitator(context)));
    }

    SchemeClient seededClient(String word) {
        FixtureContext seeded = context.seeded(word);
        return locked(() -> open("payer's", context.fixture().scheme().client(seeded)));
    }

    Facilitator facilitator() {
        return locked(() -> {
            Facilitator known = facilitator;
            if (known == null) {
                known = context.env()
                        .facilitator()
                        .<Facilitator>map(RemoteFacilitator::new)
                        .orElseGet(() -> context.fixture().facilitator(new KitFacilitator(this, time, answerAt)));
                opened.push(known);
                facilitator = known;
            }
            return known;
        });
    }

    /** What the facilitator says of this kind; nothing in particular where there is none. */
    SupportedKind kind(Kind kind) {
        if (!context.fixture().capabilities().contains(Capability.FACILITATOR)) {
            return SupportedKind.of(kind);
        }
        return facilitator()
                .supported(time.clock().instant().plusSeconds(60))
                .find(kind)
                .orElseGet(() -> SupportedKind.of(kind));
    }

    /** The next place in this lane, never given twice. */
    Slot place(SchemeFacilitator of, Lane lane, Instant by) {
        long confirmed = of.confirmedNext(lane, by);
        return locked(() -> {
            long sequence = Math.max(confirmed, next.getOrDefault(lane, 0L));
            next.put(lane, sequence + 1);
            return new Slot(lane, sequence);
        });
    }

    /** Gives a place back that nothing was signed for. */
    void giveBack(Slot slot) {
        locked(() -> next.replace(slot.lane(), slot.sequence() + 1, slot.sequence()));
    }

    <S extends AutoCloseable> S opened(S side) {
        return locked(() -> {
            opened.push(side);
            return side;
        });
    }

    /** Closes everything that was opened, the last first. */
    void close() {
        List<AutoCloseable> all = locked(() -> {
            List<AutoCloseable> closing = List.copyOf(opened);
            opened.clear();
            return closing;
        });
        for (AutoCloseable closing : all) {
            try {
                closing.close();
            } catch (Exception e) {
                throw new RuleViolation("closed a side", "nothing thrown", "threw " + Thrown.told(e));
            }
        }
    }

    private <S extends AutoCloseable> S open(String whose, Optional<S> made) {
        S side = made.orElseThrow(() -> new RuleViolation(
                "asked the scheme for the " + whose + " side, which the fixture claims",
                "a side",
                "none: does the fixture give every port that it asks for?"));
        opened.push(side);
        return side;
    }

    private <T> T locked(Supplier<T> work) {
        making.lock();
        try {
            return work.get();
        } finally {
            making.unlock();
        }
    }
}
