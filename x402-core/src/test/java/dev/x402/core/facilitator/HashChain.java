package dev.x402.core.facilitator;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A chain whose transactions name a recent block and die with it. */
final class HashChain {
    static final int DEPTH = 4;
    static final long BLOCK = 1_000;

    private final Baton baton;
    private final Random random;
    private final List<Block> blocks = new ArrayList<>();
    private final Set<Tx> pool = new LinkedHashSet<>();
    private final Map<String, Long> minted = new HashMap<>();

    private int highest;

    boolean disturbed = true;

    record Tx(String id, String from, long amount, long lastHeight) {}

    record Done(int height, boolean moved) {}

    record Block(int height, List<Tx> txs, Map<String, Done> done, Map<String, Long> spent) {}

    HashChain(Baton baton, Random random) {
        this.baton = baton;
        this.random = random;
        blocks.add(new Block(0, List.of(), Map.of(), Map.of()));
        baton.after(BLOCK, this::tick);
    }

    void mint(String account, long amount) {
        minted.merge(account, amount, Long::sum);
    }

    Block head(int lag) {
        return blocks.get(Math.max(0, blocks.size() - 1 - lag));
    }

    Block finalised(int lag) {
        return blocks.get(Math.max(0, blocks.size() - 1 - lag - DEPTH));
    }

    long balance(String account, Block block) {
        return minted.getOrDefault(account, 0L) - block.spent().getOrDefault(account, 0L);
    }

    void send(Tx tx) {
        if (tx.lastHeight() <= head(0).height()) {
            throw new IllegalStateException("blockhash not found");
        }
        if (!disturbed || random.nextInt(5) > 0) {
            pool.add(tx);
        }
    }

    private void tick() {
        if (disturbed) {
            pool.removeIf(tx -> random.nextInt(10) == 0);
            if (random.nextInt(25) == 0) {
                int depth = 1 + random.nextInt(DEPTH - 1);
                for (int i = 0; i < depth && blocks.size() > 1 && head(0).height() > highest - DEPTH + 1; i++) {
                    List<Tx> undone = blocks.remove(blocks.size() - 1).txs();
                    if (random.nextBoolean()) {
                        pool.addAll(undone);
                    }
                }
            }
        }
        Block parent = head(0);
        int height = parent.height() + 1;
        List<Tx> txs = new ArrayList<>();
        Map<String, Done> done = new HashMap<>(parent.done());
        Map<String, Long> spent = new HashMap<>(parent.spent());
        for (Tx tx : List.copyOf(pool)) {
            if (height > tx.lastHeight() || done.containsKey(tx.id())) {
                pool.remove(tx);
            } else if (!disturbed || random.nextInt(3) > 0) {
                pool.remove(tx);
                txs.add(tx);
                boolean moved = minted.getOrDefault(tx.from(), 0L) - spent.getOrDefault(tx.from(), 0L) >= tx.amount();
                done.put(tx.id(), new Done(height, moved));
                if (moved) {
                    spent.merge(tx.from(), tx.amount(), Long::sum);
                }
            }
        }
        blocks.add(
                txs.isEmpty()
                        ? new Block(height, txs, parent.done(), parent.spent())
                        : new Block(height, txs, done, spent));
        highest = Math.max(highest, height);
        baton.after(BLOCK, this::tick);
    }
}
