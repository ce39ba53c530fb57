package com.acme.x402;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The chain: a block every tenth of a second of its clock, final when two more stand on it.
 *
 * <p>Blocks are made when somebody asks, up to the time that the clock shows.
 */
final class Ledger {
    static final Duration INTERVAL = Duration.ofMillis(100);
    static final int DEPTH = 2;

    private final Network network;
    private final Clock clock;
    private final Instant genesis;
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Transfer> waiting = new LinkedHashMap<>();
    private final Map<String, BigInteger> minted = new HashMap<>();
    private final List<Landed> landed = new ArrayList<>();
    private final Set<String> known = new HashSet<>();
    private long height;
    private boolean held;

    /** A transfer in a block. */
    record Landed(Transfer transfer, long height) {}

    Ledger(Network network, Clock clock) {
        this.network = network;
        this.clock = clock;
        this.genesis = clock.instant();
    }

    void mint(String account, String asset, long amount) {
        locked(() -> minted.merge(account + "/" + asset, BigInteger.valueOf(amount), BigInteger::add));
    }

    AtomicAmount balance(String account, String asset) {
        return locked(() -> {
            makeBlocks();
            return new AtomicAmount(owned(account, asset));
        });
    }

    /** Takes a transaction; what it already has changes nothing. Empty, or why it is none. */
    String take(byte[] bytes) {
        Transfer transfer = Transfer.parse(bytes);
        Authorization authorization = transfer.payment().authorization();
        boolean all = transfer.amount().equals(authorization.amount());
        boolean part = authorization.kind().scheme().equals("metered")
                && transfer.amount().compareTo(authorization.amount()) <= 0;
        if (!authorization.kind().network().equals(network)) {
            return "another network";
        }
        if (!transfer.isAuthentic() || !transfer.payment().isAuthentic()) {
            return "a signature is wrong";
        }
        if (!authorization.sender().isEmpty() && !authorization.sender().equals(transfer.sender())) {
            return "another sender";
        }
        if (!all && !part) {
            return "another amount";
        }
        return locked(() -> {
            makeBlocks();
            if (!known.contains(transfer.id())) {
                waiting.putIfAbsent(transfer.id(), transfer);
            }
            return "";
        });
    }

    /** The newest blocks vanish with all that was in them, and nobody has the transactions any more. */
    void forgetWhatIsNotFinal() {
        locked(() -> {
            makeBlocks();
            waiting.clear();
            return vanish(l -> true);
        });
    }

    /** The transaction vanishes with its block, unless that is final. */
    void forget(String transaction) {
        locked(() -> vanish(l -> l.transfer().id().equals(transaction)));
    }

    /** Loses what is in no block yet. */
    void drop() {
        locked(() -> {
            waiting.clear();
            return true;
        });
    }

    /** While on, blocks are empty. */
    void hold(boolean on) {
        locked(() -> {
            makeBlocks();
            held = on;
            return true;
        });
    }

    /** Takes the transaction into a block of its own, at once. */
    void land(Transfer transfer) {
        locked(() -> {
            makeBlocks();
            height++;
            return include(transfer, height);
        });
    }

    Json.Obj view(String payer, String nonce, String asset) {
        return locked(() -> {
            makeBlocks();
            List<String> ids = waiting.values().stream()
                    .filter(transfer -> isOf(transfer, payer, nonce))
                    .map(Transfer::id)
                    .toList();
            Json.Builder view = Json.object()
                    .put("finalHeight", Long.toString(finalHeight()))
                    .put("finalTime", Long.toString(timeOf(finalHeight()).toEpochMilli()))
                    .put("balance", owned(payer, asset).toString())
                    .put("waiting", Json.texts(ids));
            landed.stream()
                    .filter(l -> isOf(l.transfer(), payer, nonce))
                    .findFirst()
                    .ifPresent(l -> view.put("used", used(l)));
            return view.build();
        });
    }

    private static Json.Obj used(Landed landed) {
        Authorization authorization = landed.transfer().payment().authorization();
        return Json.Obj.EMPTY
                .with("transaction", landed.transfer().id())
                .with("height", Long.toString(landed.height()))
                .with("to", authorization.to())
                .with("asset", authorization.asset())
                .with("amount", landed.transfer().amount().toString());
    }

    /** What waits goes into the next block that time allows; the others are empty. */
    private void makeBlocks() {
        long due = Duration.between(genesis, clock.instant()).dividedBy(INTERVAL);
        if (due > height) {
            if (!held) {
                waiting.values().forEach(transfer -> include(transfer, height + 1));
                waiting.clear();
            }
            height = due;
        }
    }

    private boolean include(Transfer transfer, long block) {
        Authorization authorization = transfer.payment().authorization();
        boolean fresh =
                landed.stream().noneMatch(l -> isOf(l.transfer(), authorization.from(), authorization.nonce()));
        BigInteger owned = owned(authorization.from(), authorization.asset());
        boolean covered = owned.compareTo(transfer.amount().value()) >= 0;
        return fresh
                && covered
                && !authorization.isExpiredAt(timeOf(block))
                && known.add(transfer.id())
                && landed.add(new Landed(transfer, block));
    }

    private boolean vanish(Predicate<Landed> which) {
        List<Landed> gone = landed.stream()
                .filter(l -> l.height() > finalHeight())
                .filter(which)
                .toList();
        gone.forEach(l -> known.remove(l.transfer().id()));
        return landed.removeAll(gone);
    }

    private BigInteger owned(String account, String asset) {
        BigInteger sum = minted.getOrDefault(account + "/" + asset, BigInteger.ZERO);
        for (Landed l : landed) {
            Authorization authorization = l.transfer().payment().authorization();
            BigInteger amount = l.transfer().amount().value();
            if (authorization.asset().equals(asset)) {
                sum = authorization.to().equals(account) ? sum.add(amount) : sum;
                sum = authorization.from().equals(account) ? sum.subtract(amount) : sum;
            }
        }
        return sum;
    }

    private long finalHeight() {
        return Math.max(0, height - DEPTH);
    }

    private Instant timeOf(long block) {
        return genesis.plus(INTERVAL.multipliedBy(block));
    }

    private static boolean isOf(Transfer transfer, String payer, String nonce) {
        Authorization authorization = transfer.payment().authorization();
        return authorization.from().equals(payer) && authorization.nonce().equals(nonce);
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
