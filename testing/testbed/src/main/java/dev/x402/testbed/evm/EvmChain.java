package dev.x402.testbed.evm;

import dev.x402.testbed.JsonRpc;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The blocks, the clock, the accounts and the mempool of a local chain.
 *
 * <p>Addresses, hashes and bytes are hex with {@code 0x}. A refusal of the node is a {@link
 * dev.x402.testbed.RpcException}, silence an {@link java.io.UncheckedIOException}. Safe for many threads.
 */
public final class EvmChain {

    /** Where Multicall3 is, here as on every chain. */
    public static final String MULTICALL3 = "0xcA11bde05977b3631167028862bE2a173976CA11";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final String BALANCE_OF = "70a08231";

    private final JsonRpc rpc;

    EvmChain(JsonRpc rpc) {
        this.rpc = rpc;
    }

    /** Returns the chain of an anvil that somebody else started. */
    public static EvmChain at(URI uri) {
        return new EvmChain(new JsonRpc(uri, Duration.ofSeconds(10)));
    }

    /** Calls any method of the node; the result is plain Java. */
    public @Nullable Object call(String method, @Nullable Object... parameters) {
        return rpc.call(method, parameters);
    }

    // Reading

    /** Returns the number of the newest block. */
    public long blockNumber() {
        return number("eth_blockNumber").longValueExact();
    }

    /** Returns the hash of a block of the present chain. */
    public String blockHash(long number) {
        return String.valueOf(block(quantity(number)).get("hash"));
    }

    /** Returns the newest block's time. */
    public Instant time() {
        return Instant.ofEpochSecond(
                Abi.number(String.valueOf(block("latest").get("timestamp"))).longValueExact());
    }

    /** Returns the newest block's base fee in wei. */
    public BigInteger baseFee() {
        return Abi.number(String.valueOf(block("latest").get("baseFeePerGas")));
    }

    /** Returns an account's ether, in wei. */
    public BigInteger balance(String account) {
        return number("eth_getBalance", account, "latest");
    }

    /** Returns what an account owns of an ERC-20 token, in atomic units. */
    public BigInteger tokenBalance(String token, String account) {
        return Abi.number(read(token, Abi.call(BALANCE_OF, Abi.address(account))));
    }

    /** Returns how many transactions of an account are in blocks. */
    public long nonce(String account) {
        return number("eth_getTransactionCount", account, "latest").longValueExact();
    }

    /** Calls a contract on the newest block and returns the bytes that it answers. */
    public String read(String contract, String data) {
        return text("eth_call", Map.of("to", contract, "data", data), "latest");
    }

    /** Returns the receipt of a transaction that is in a block. */
    public Optional<EvmReceipt> receipt(String transaction) {
        return rpc.call("eth_getTransactionReceipt", transaction) instanceof Map<?, ?> members
                ? Optional.of(receipt(members))
                : Optional.empty();
    }

    /**
     * Returns the receipt as soon as there is one, at most five seconds from now.
     *
     * @throws IllegalStateException when there is none by then
     */
    public EvmReceipt awaitReceipt(String transaction) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            Optional<EvmReceipt> receipt = receipt(transaction);
            if (receipt.isPresent()) {
                return receipt.get();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        throw new IllegalStateException("no receipt of " + transaction + " within " + PATIENCE + " at block "
                + blockNumber() + "; is mining by hand on?");
    }

    /** Returns the hashes of the transactions that wait for a block. */
    public List<String> mempool() {
        List<String> hashes = new ArrayList<>();
        if (rpc.call("txpool_content") instanceof Map<?, ?> pools) {
            for (Object pool : pools.values()) {
                for (Object sender : ((Map<?, ?>) pool).values()) {
                    for (Object transaction : ((Map<?, ?>) sender).values()) {
                        hashes.add(String.valueOf(((Map<?, ?>) transaction).get("hash")));
                    }
                }
            }
        }
        return hashes;
    }

    // Sending

    /** Sends a signed transaction and returns its hash. */
    public String send(String rawTransaction) {
        return text("eth_sendRawTransaction", rawTransaction);
    }

    /** Sends a transaction of a {@link DevAccounts} account, signed by the node; returns its hash. */
    public String sendUnsigned(String from, String to, String data) {
        return text("eth_sendTransaction", Map.of("from", from, "to", to, "data", data));
    }

    // Writing without a transaction

    /** Sets an account's ether, in wei. */
    public void setBalance(String account, BigInteger wei) {
        rpc.call("anvil_setBalance", account, Abi.quantity(wei));
    }

    /** Places code at an address. */
    public void setCode(String account, String runtimeCode) {
        rpc.call("anvil_setCode", account, runtimeCode);
    }

    void setStorage(String account, long slot, String word) {
        rpc.call("anvil_setStorageAt", account, quantity(slot), "0x" + word);
    }

    // Blocks

    /** Mines a block whenever a transaction arrives; so it is at the start. */
    public void mineAutomatically() {
        rpc.call("evm_setIntervalMining", 0);
        rpc.call("evm_setAutomine", true);
    }

    /** Mines only when told to. */
    public void mineByHand() {
        rpc.call("evm_setAutomine", false);
        rpc.call("evm_setIntervalMining", 0);
    }

    /**
     * Mines a block in regular intervals, whatever arrives.
     *
     * @param interval whole seconds, at least one
     */
    public void mineEvery(Duration interval) {
        rpc.call("evm_setAutomine", false);
        rpc.call("evm_setIntervalMining", interval.toSeconds());
    }

    /** Mines one block with what waits. */
    public void mine() {
        rpc.call("evm_mine");
    }

    /** Mines many blocks, the first of them with what waits. */
    public void mine(int blocks) {
        rpc.call("anvil_mine", quantity(blocks));
    }

    /** Moves the chain's clock and mines a block at the new time. */
    public void advance(Duration duration) {
        rpc.call("evm_increaseTime", duration.toSeconds());
        mine();
    }

    /** Sets the next block's time; it must be later than the newest block's. */
    public void setNextBlockTime(Instant time) {
        rpc.call("evm_setNextBlockTimestamp", time.getEpochSecond());
    }

    /** Sets the next block's base fee in wei. */
    public void setNextBaseFee(BigInteger wei) {
        rpc.call("anvil_setNextBlockBaseFeePerGas", Abi.quantity(wei));
    }

    /** Remembers the present state and blocks. */
    public Snapshot snapshot() {
        return new Snapshot(text("evm_snapshot"));
    }

    /**
     * Goes back to a snapshot, which is used up; later ones are lost.
     *
     * @throws IllegalStateException when the node does not know it any more
     */
    public void revert(Snapshot snapshot) {
        if (!Boolean.TRUE.equals(rpc.call("evm_revert", snapshot.id()))) {
            throw new IllegalStateException("the node does not know snapshot " + snapshot.id()
                    + "; each can be used once, and going back loses the later ones");
        }
    }

    /** Replaces the newest blocks by as many empty ones; their transactions are lost. */
    public void reorganize(int depth) {
        reorganize(depth, List.of());
    }

    /**
     * Replaces the newest blocks by as many others.
     *
     * @param depth how many blocks
     * @param rawTransactions what the first new block holds
     */
    public void reorganize(int depth, List<String> rawTransactions) {
        List<List<Object>> placed =
                rawTransactions.stream().map(raw -> List.<Object>of(raw, 0)).toList();
        rpc.call("anvil_reorg", depth, placed);
    }

    /** Removes a waiting transaction; tells whether it was there. */
    public boolean drop(String transaction) {
        return rpc.call("anvil_dropTransaction", transaction) != null;
    }

    /** Removes every waiting transaction. */
    public void dropAll() {
        rpc.call("anvil_dropAllTransactions");
    }

    SavedState save() {
        return new SavedState(text("anvil_dumpState"), time());
    }

    /** Loads a state into a new node; a clock that was ahead of the real one is so again. */
    void load(SavedState state) {
        Duration ahead = Duration.between(time(), state.time());
        rpc.call("anvil_loadState", state.dump());
        if (ahead.compareTo(Duration.ZERO) > 0) {
            rpc.call("evm_increaseTime", ahead.toSeconds());
        }
    }

    private Map<?, ?> block(String which) {
        if (rpc.call("eth_getBlockByNumber", which, false) instanceof Map<?, ?> members) {
            return members;
        }
        throw new IllegalStateException("the chain has no block " + which + "; its newest is " + blockNumber());
    }

    private String text(String method, @Nullable Object... parameters) {
        if (rpc.call(method, parameters) instanceof String text) {
            return text;
        }
        throw new IllegalStateException(method + " answered no text");
    }

    private BigInteger number(String method, @Nullable Object... parameters) {
        return Abi.number(text(method, parameters));
    }

    private static String quantity(long number) {
        return "0x" + Long.toHexString(number);
    }

    private static EvmReceipt receipt(Map<?, ?> members) {
        List<EvmReceipt.Log> logs = new ArrayList<>();
        if (members.get("logs") instanceof List<?> entries) {
            for (Object entry : entries) {
                Map<?, ?> log = (Map<?, ?>) entry;
                List<String> topics = log.get("topics") instanceof List<?> words
                        ? words.stream().map(String::valueOf).toList()
                        : List.of();
                logs.add(new EvmReceipt.Log(
                        String.valueOf(log.get("address")), topics, String.valueOf(log.get("data"))));
            }
        }
        return new EvmReceipt(
                String.valueOf(members.get("transactionHash")),
                "0x1".equals(members.get("status")),
                Abi.number(String.valueOf(members.get("blockNumber"))).longValueExact(),
                String.valueOf(members.get("blockHash")),
                String.valueOf(members.get("from")),
                Abi.number(String.valueOf(members.get("gasUsed"))),
                Abi.number(String.valueOf(members.get("effectiveGasPrice"))),
                logs);
    }
}
