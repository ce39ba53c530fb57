package dev.x402.tck.reference;

import dev.x402.spi.RailUnavailableException;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A chain in memory: accounts, senders with sequences, a pool, a block for each tick, and finality by depth. */
public final class Ledger {
    static final int SETTLED = 2;
    static final int FINAL = 5;
    /** How long after its block a payment may be returned. */
    static final Duration WINDOW = Duration.ofDays(2);

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, BigInteger> balances = new HashMap<>();
    private final Map<String, String> secrets = new HashMap<>();
    private final Map<String, Tx> pool = new LinkedHashMap<>();
    private final Map<String, Use> used = new HashMap<>();
    private final Map<String, Long> sequences = new HashMap<>();
    private final Map<String, Integer> consumed = new HashMap<>();
    private final List<Instant> blocks = new ArrayList<>();
    private boolean held;
    private boolean out;
    private boolean losing;

    /** A transaction: somebody's place in their sequence, and what it carries. */
    record Tx(String reference, String sender, long sequence, long fee, Optional<Authorization> carried) {
        String place() {
            return sender + "#" + sequence;
        }
    }

    /** How a right was used up. */
    record Use(Tx by, Authorization right, int block, boolean paid, boolean reversed) {}

    private final Flaw flaw;
    private final Set<String> sent = new HashSet<>();
    private final Set<String> vanished = new HashSet<>();
    private boolean lost;

    /** Whether this thread was asked to verify, and not to settle. */
    final ThreadLocal<Boolean> asked = ThreadLocal.withInitial(() -> false);

    /** Whether this thread was asked to settle. */
    final ThreadLocal<Boolean> settling = ThreadLocal.withInitial(() -> false);

    Ledger(Instant genesis, Flaw flaw) {
        this.flaw = flaw;
        blocks.add(genesis);
    }

    void open(String account, String secret) {
        locked(() -> secrets.put(account, secret));
    }

    void mint(String account, String asset, BigInteger amount) {
        locked(() -> balances.merge(account + "/" + asset, amount, BigInteger::add));
    }

    BigInteger held(String account, String asset) {
        return locked(() -> balances.getOrDefault(account + "/" + asset, BigInteger.ZERO));
    }

    /** The key of an account, which everybody knows without asking. */
    Optional<String> known(String account) {
        return locked(() -> Optional.ofNullable(secrets.get(account)));
    }

    // ---- what the plugin may ask, which fails in an outage

    BigInteger balance(String account, String asset) {
        return asked(() -> balances.getOrDefault(account + "/" + asset, BigInteger.ZERO));
    }

    Optional<String> secret(String account) {
        return asked(() -> Optional.ofNullable(secrets.get(account)));
    }

    Optional<Use> use(String right) {
        return asked(() -> Optional.ofNullable(used.get(right)));
    }

    int height() {
        return asked(() -> blocks.size() - 1);
    }

    Instant finalTime() {
        return asked(() -> blocks.get(Math.max(0, blocks.size() - 1 - FINAL)));
    }

    /** When the payment of this block can no longer be returned. */
    Instant finalAt(int block) {
        return asked(() -> end(block));
    }

    /** Whether the payment of this block can no longer be returned. */
    boolean isFinal(int block) {
        return asked(() -> isOver(block));
    }

    /** Whether the use is buried under so many blocks that none of them vanishes. */
    boolean isDeep(Use use) {
        return asked(() -> blocks.size() - 1 - use.block() >= FINAL);
    }

    private Instant end(int block) {
        return blocks.get(block).plus(WINDOW);
    }

    private boolean isOver(int block) {
        int height = blocks.size() - 1;
        return height - block >= FINAL && !blocks.get(height).isBefore(end(block));
    }

    long nextSequence(String sender) {
        return asked(() -> sequences.getOrDefault(sender, 0L));
    }

    /** The block that used up this place; empty while it is free. */
    Optional<Integer> consumed(String place) {
        return asked(() -> Optional.ofNullable(consumed.get(place)));
    }

    boolean isPooled(String reference) {
        return asked(() -> pool.containsKey(reference));
    }

    void send(Tx tx) {
        asked(() -> {
            if (consumed.containsKey(tx.place())) {
                throw new IllegalStateException("sequence " + tx.sequence() + " is used");
            }
            sent.add(tx.reference());
            return pool.put(tx.reference(), tx);
        });
        if (locked(() -> {
            boolean now = losing;
            losing = false;
            lost |= now;
            return now;
        })) {
            throw new RailUnavailableException("mem:1: no answer");
        }
    }

    boolean hasLost() {
        return locked(() -> lost);
    }

    boolean hasVanished(String reference) {
        return locked(() -> vanished.contains(reference));
    }

    boolean wasSent(String reference) {
        return locked(() -> sent.contains(reference));
    }

    // ---- what the kit may do

    void tick(Instant now) {
        locked(() -> {
            blocks.add(now);
            if (!held) {
                List<Tx> waiting = new ArrayList<>(pool.values());
                waiting.sort(Comparator.comparingLong(Tx::sequence)
                        .thenComparing(Comparator.comparingLong(Tx::fee).reversed()));
                waiting.forEach(this::include);
            }
            return null;
        });
    }

    void hold(boolean on) {
        locked(() -> held = on);
    }

    void drop() {
        locked(() -> {
            pool.clear();
            return null;
        });
    }

    void land(String reference) {
        locked(() -> {
            Tx tx = pool.get(reference);
            pool.clear();
            include(tx);
            return null;
        });
    }

    void outage(boolean on) {
        locked(() -> out = on);
    }

    void loseNextAnswer() {
        locked(() -> losing = true);
    }

    void reverse(String reference) {
        locked(() -> {
            used.replaceAll((right, use) -> {
                boolean named = use.by().reference().equals(reference)
                        || (flaw == Flaw.RETURNS_WHAT_THE_PAYER_PAID && !use.reversed());
                boolean late = (isOver(use.block()) && flaw != Flaw.RETURNS_AFTER_THE_END)
                        || (isDeep(use) && flaw == Flaw.FINAL_BEFORE_ITS_DATE);
                if (!named || late || (use.reversed() && flaw != Flaw.BOOKS_A_RETURN_TWICE)) {
                    return use;
                }
                move(use.right().to(), use.right().from(), use.right());
                return new Use(use.by(), use.right(), use.block(), use.paid(), true);
            });
            return null;
        });
    }

    void reorganise(String reference) {
        locked(() -> {
            Use gone = used.values().stream()
                    .filter(use -> use.by().reference().equals(reference))
                    .findFirst()
                    .orElseThrow();
            used.remove(gone.right().right());
            move(gone.right().to(), gone.right().from(), gone.right());
            consumed.remove(gone.by().place());
            sequences.put(gone.by().sender(), gone.by().sequence());
            pool.put(reference, gone.by());
            return vanished.add(reference);
        });
    }

    /** Somebody else brings this authorisation in, at once; without {@code paid} it only uses up the right. */
    void stranger(Authorization right, boolean paid) {
        locked(() -> {
            Tx tx = new Tx(
                    "stranger-" + right.nonce().substring(0, 8), "stranger", blocks.size(), 9, Optional.of(right));
            if (paid) {
                move(right.from(), right.to(), right);
            }
            return used.put(right.right(), new Use(tx, right, blocks.size() - 1, paid, false));
        });
    }

    private void include(Tx tx) {
        pool.remove(tx.reference());
        if (consumed.containsKey(tx.place()) || tx.sequence() != sequences.getOrDefault(tx.sender(), 0L)) {
            return;
        }
        consumed.put(tx.place(), blocks.size() - 1);
        sequences.put(tx.sender(), tx.sequence() + 1);
        tx.carried().ifPresent(right -> {
            boolean valid = blocks.get(blocks.size() - 1).getEpochSecond() < right.validBefore()
                    && !used.containsKey(right.right())
                    && right.isSignedBy(secrets.getOrDefault(right.from(), ""))
                    && balances.getOrDefault(right.from() + "/" + right.asset(), BigInteger.ZERO)
                                    .compareTo(right.value().value())
                            >= 0;
            if (valid) {
                move(right.from(), right.to(), right);
                if (flaw == Flaw.CHARGES_THE_PAYER_MORE) {
                    balances.merge(right.from() + "/" + right.asset(), BigInteger.ONE.negate(), BigInteger::add);
                }
                used.put(right.right(), new Use(tx, right, blocks.size() - 1, true, false));
            }
        });
    }

    private void move(String from, String to, Authorization right) {
        BigInteger amount = flaw == Flaw.TAKES_A_FEE
                ? right.value().value().subtract(BigInteger.TEN)
                : right.value().value();
        balances.merge(from + "/" + right.asset(), amount.negate(), BigInteger::add);
        balances.merge(to + "/" + right.asset(), amount, BigInteger::add);
    }

    private <T> T asked(Supplier<T> work) {
        return locked(() -> {
            if (out) {
                throw new RailUnavailableException("mem:1: cannot be reached");
            }
            return work.get();
        });
    }

    private <T> T locked(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }
}
