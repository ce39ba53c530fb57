package dev.x402.core.facilitator;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A chain of accounts with nonces, on which a payer's authorisation moves money in anybody's transaction.
 *
 * <p>Fees change, the mempool drops, the newest blocks are reorganised, strangers send what they saw.
 */
final class NonceChain {
    /** Blocks that a reorganisation never reaches. */
    static final int DEPTH = 4;

    static final long BLOCK = 2_000;

    private final Baton baton;
    private final Random random;
    private final List<Block> blocks = new ArrayList<>();
    private final Map<String, Tx> mempool = new LinkedHashMap<>();
    private final Map<String, Long> minted = new HashMap<>();
    private int strangers;
    private long baseFee = 10;
    private int highest;

    boolean disturbed = true;
    boolean closed;
    private static final double FRONT_RUN = 0.1;

    /** A payer's authorisation, public once it was sent. */
    record Auth(String nonce, String from, String to, long amount, long validUntil) {}

    record Tx(String hash, String sender, long nonce, long fee, List<Auth> auths) {}

    record Use(String hash, Auth auth, int height) {}

    /** The state after a block. */
    record State(
            Map<String, Long> spent, Map<String, Long> nonces, Map<String, Use> used, Map<String, Integer> included) {
        static final State EMPTY = new State(Map.of(), Map.of(), Map.of(), Map.of());

        long nonce(String sender) {
            return nonces.getOrDefault(sender, 0L);
        }
    }

    record Block(int height, long time, List<Tx> txs, State state) {}

    NonceChain(Baton baton, Random random) {
        this.baton = baton;
        this.random = random;
        blocks.add(new Block(0, 0, List.of(), State.EMPTY));
        baton.after(BLOCK, this::tick);
    }

    void mint(String account, long amount) {
        minted.merge(account, amount, Long::sum);
    }

    /** The newest block that a node so many blocks behind knows. */
    Block head(int lag) {
        return blocks.get(Math.max(0, blocks.size() - 1 - lag));
    }

    /** The newest final block that such a node knows. */
    Block finalised(int lag) {
        return blocks.get(Math.max(0, blocks.size() - 1 - lag - DEPTH));
    }

    long balance(String account, State state) {
        return minted.getOrDefault(account, 0L) - state.spent().getOrDefault(account, 0L);
    }

    long baseFee() {
        return baseFee;
    }

    boolean pooled(Tx tx) {
        return tx.equals(mempool.get(place(tx)));
    }

    boolean isIdle(List<String> senders) {
        return mempool.values().stream().noneMatch(tx -> senders.contains(tx.sender()));
    }

    /** Drops every waiting transaction. */
    void forget() {
        mempool.clear();
    }

    /** Takes a transaction into the mempool, as a node does. */
    void send(Tx tx) {
        if (tx.nonce() < head(0).state().nonce(tx.sender())) {
            throw new IllegalStateException("nonce too low");
        }
        Tx there = mempool.get(place(tx));
        if (there != null && !there.equals(tx) && tx.fee() * 10 < there.fee() * 11) {
            throw new IllegalStateException("replacement underpriced");
        }
        mempool.put(place(tx), tx);
        if (disturbed && !tx.auths().isEmpty() && random.nextDouble() < FRONT_RUN) {
            baton.after(random.nextInt(2) * (1 + random.nextInt(30_000)), () -> stranger(tx.auths()));
        }
    }

    /** Somebody else sends these authorisations at once. */
    void stranger(List<Auth> auths) {
        String sender = "stranger" + strangers++;
        mempool.put(sender + "#0", new Tx(sender + "#0", sender, 0, 1_000_000, auths));
    }

    /** Somebody uses the next nonce of an account of ours. */
    void foreignUse(String sender) {
        long nonce = head(0).state().nonce(sender);
        Tx tx = new Tx("foreign" + strangers++, sender, nonce, 2_000_000, List.of());
        mempool.put(place(tx), tx);
    }

    private void tick() {
        if (disturbed) {
            baseFee = Math.max(1, Math.min(200, baseFee + random.nextInt(baseFee > 20 ? 21 : 41) - 15));
            if (random.nextInt(20) == 0) {
                baseFee = Math.min(400, baseFee * 3);
            }
            mempool.values().removeIf(tx -> random.nextInt(25) == 0);
            if (random.nextInt(20) == 0 && blocks.size() > DEPTH) {
                reorganise(1 + random.nextInt(DEPTH - 1));
            }
        } else {
            baseFee = 10;
        }
        mine();
        baton.after(BLOCK, this::tick);
    }

    void reorganise(int depth) {
        List<Tx> dropped = new ArrayList<>();
        for (int i = 0; i < depth && blocks.size() > 1 && head(0).height() > highest - DEPTH + 1; i++) {
            dropped.addAll(0, blocks.remove(blocks.size() - 1).txs());
        }
        for (Tx tx : dropped) {
            if (random.nextInt(5) > 0) {
                mempool.putIfAbsent(place(tx), tx);
            }
        }
    }

    private void mine() {
        Block parent = head(0);
        List<Tx> waiting = new ArrayList<>(mempool.values());
        Collections.shuffle(waiting, random);
        waiting.sort(
                (one, other) -> one.sender().equals(other.sender()) ? Long.compare(one.nonce(), other.nonce()) : 0);
        Building building = new Building(parent);
        boolean progress = !closed;
        while (progress) {
            progress = false;
            for (Tx tx : List.copyOf(waiting)) {
                long next = building.nonces.getOrDefault(tx.sender(), 0L);
                if (tx.nonce() < next) {
                    waiting.remove(tx);
                    mempool.remove(place(tx), tx);
                } else if (tx.nonce() == next && tx.fee() >= baseFee && (!disturbed || random.nextInt(4) > 0)) {
                    waiting.remove(tx);
                    mempool.remove(place(tx), tx);
                    building.include(tx);
                    progress = true;
                }
            }
        }
        blocks.add(building.block());
        highest = Math.max(highest, head(0).height());
    }

    private static String place(Tx tx) {
        return tx.sender() + "#" + tx.nonce();
    }

    private final class Building {
        private final Block parent;
        private final int height;
        private final long time;
        private final List<Tx> txs = new ArrayList<>();
        private final Map<String, Long> spent;
        private final Map<String, Long> nonces;
        private final Map<String, Use> used;
        private final Map<String, Integer> included;

        private Building(Block parent) {
            this.parent = parent;
            this.height = parent.height() + 1;
            this.time = Math.max(parent.time() + 1, baton.now());
            this.spent = new HashMap<>(parent.state().spent());
            this.nonces = new HashMap<>(parent.state().nonces());
            this.used = new HashMap<>(parent.state().used());
            this.included = new HashMap<>(parent.state().included());
        }

        private void include(Tx tx) {
            txs.add(tx);
            nonces.merge(tx.sender(), 1L, Long::sum);
            included.put(tx.hash(), height);
            for (Auth auth : tx.auths()) {
                long balance = minted.getOrDefault(auth.from(), 0L) - spent.getOrDefault(auth.from(), 0L);
                String id = auth.from() + "/" + auth.nonce();
                if (used.containsKey(id) || time > auth.validUntil() || balance < auth.amount()) {
                } else {
                    used.put(id, new Use(tx.hash(), auth, height));
                    spent.merge(auth.from(), auth.amount(), Long::sum);
                }
            }
        }

        private Block block() {
            State state = txs.isEmpty() ? parent.state() : new State(spent, nonces, used, included);
            return new Block(height, time, txs, state);
        }
    }
}
