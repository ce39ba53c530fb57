package dev.x402.testbed.svm;

import dev.x402.testbed.JsonRpc;
import java.math.BigInteger;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The slots, the clock, the accounts and the waiting transactions of a local Solana.
 *
 * <p>Addresses, signatures and blockhashes are Base58. A refusal of the node is a {@link
 * dev.x402.testbed.RpcException}, silence an {@link java.io.UncheckedIOException}. Safe for many threads.
 */
public final class SvmChain {

    /** How many slots a blockhash lives after its own. */
    public static final int BLOCKHASH_LIFE = 150;

    /** Where Lighthouse is on real clusters; here a program that just succeeds. */
    public static final String LIGHTHOUSE = "L2TExMFKdjpN9kozasaurPirfHy9P8sbXoAN1qA3S95";

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);
    private static final Map<String, String> PROCESSED = Map.of("commitment", "processed");

    private final JsonRpc rpc;

    SvmChain(JsonRpc rpc) {
        this.rpc = rpc;
    }

    /** Returns the chain of a node that somebody else started. */
    public static SvmChain at(URI uri) {
        return new SvmChain(new JsonRpc(uri, Duration.ofSeconds(20)));
    }

    /** Calls any method of the node; the result is plain Java. */
    public @Nullable Object call(String method, @Nullable Object... parameters) {
        return rpc.call(method, parameters);
    }

    // Reading

    /** Returns the newest slot. */
    public long slot() {
        return slot(Commitment.PROCESSED);
    }

    /** Returns the newest slot of a level. */
    public long slot(Commitment commitment) {
        return number(rpc.call("getSlot", Map.of("commitment", commitment.wireName())));
    }

    /** Returns how many blocks are before the newest slot's; not its number. */
    public long blockHeight() {
        return number(rpc.call("getBlockHeight", PROCESSED));
    }

    /** Returns the newest slot's blockhash. */
    public String blockhash() {
        return String.valueOf(map(value("getLatestBlockhash", PROCESSED)).get("blockhash"));
    }

    /** Tells whether the next slot takes a transaction with this blockhash. */
    public boolean isBlockhashValid(String blockhash) {
        return Boolean.TRUE.equals(value("isBlockhashValid", blockhash, PROCESSED));
    }

    /** Returns the newest slot's time. */
    public Instant time() {
        return Instant.ofEpochSecond(number(rpc.call("getBlockTime", slot())));
    }

    /** Returns an account's lamports in the newest slot. */
    public BigInteger balance(String account) {
        return BigInteger.valueOf(number(value("getBalance", account, PROCESSED)));
    }

    /** Returns the address of an owner's associated token account, whether it is open or not. */
    public String tokenAccount(String mint, String owner) {
        return String.valueOf(rpc.call("testbed_tokenAccount", mint, owner));
    }

    /** Returns what an owner has in the associated token account in the newest slot, zero when it is not open. */
    public BigInteger tokenBalance(String mint, String owner) {
        return tokenBalance(mint, owner, Commitment.PROCESSED);
    }

    /** Returns what an owner has in the associated token account at a level, zero when it is not open. */
    public BigInteger tokenBalance(String mint, String owner, Commitment commitment) {
        Map<String, String> asked = Map.of("commitment", commitment.wireName(), "encoding", "base64");
        Object account = value("getAccountInfo", tokenAccount(mint, owner), asked);
        if (account == null) {
            return BigInteger.ZERO;
        }
        List<?> data = (List<?>) map(account).get("data");
        byte[] bytes = Base64.getDecoder().decode(String.valueOf(data == null ? "" : data.get(0)));
        byte[] amount = new byte[8];
        for (int i = 0; i < amount.length; i++) {
            amount[i] = bytes[71 - i];
        }
        return new BigInteger(1, amount);
    }

    /** Returns what became of a transaction, however old, when it landed. */
    public Optional<SvmStatus> status(String signature) {
        Object found = value("getSignatureStatuses", List.of(signature), Map.of("searchTransactionHistory", true));
        if (!(found instanceof List<?> list) || !(list.get(0) instanceof Map<?, ?> status)) {
            return Optional.empty();
        }
        Commitment commitment = Commitment.parse(String.valueOf(status.get("confirmationStatus")));
        return Optional.of(new SvmStatus(number(status.get("slot")), commitment, status.get("err")));
    }

    /**
     * Returns what became of a transaction as soon as a level shows it, at most five seconds from now.
     *
     * @throws IllegalStateException when it does not by then
     */
    public SvmStatus awaitStatus(String signature, Commitment commitment) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            Optional<SvmStatus> status = status(signature);
            if (status.isPresent() && status.get().commitment().compareTo(commitment) >= 0) {
                return status.get();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        throw new IllegalStateException(signature + " is not " + commitment.wireName() + " within " + PATIENCE
                + " at slot " + slot() + "; are slots made by hand?");
    }

    // Sending

    /** Sends a signed transaction in base64, simulated first; returns its signature. */
    public String send(String transaction) {
        return send(transaction, Map.of("encoding", "base64", "preflightCommitment", "processed"));
    }

    /** Sends a signed transaction in base64 unseen: one that cannot land is lost without a word. */
    public String sendBlindly(String transaction) {
        return send(transaction, Map.of("encoding", "base64", "skipPreflight", true));
    }

    private String send(String transaction, Map<String, Object> how) {
        return String.valueOf(rpc.call("sendTransaction", transaction, how));
    }

    // Writing without a transaction; every slot shows it

    /** Sets an account's lamports; with zero the account is gone. */
    public void setBalance(String account, BigInteger lamports) {
        rpc.call("testbed_setBalance", account, lamports.toString());
    }

    /** Sets what an owner has in the associated token account, which is opened where it lacks. */
    public void setTokenBalance(String mint, String owner, BigInteger amount) {
        rpc.call("testbed_setTokenBalance", mint, owner, amount.toString());
    }

    /** Writes a whole account. */
    public void setAccount(String address, String owner, BigInteger lamports, byte[] data) {
        String encoded = Base64.getEncoder().encodeToString(data);
        rpc.call("testbed_setAccount", address, owner, lamports.toString(), encoded);
    }

    /** Makes a mint, whose only authority is the issuer. */
    public void createMint(SvmMint mint) {
        Map<String, Object> wanted = new HashMap<>();
        wanted.put("address", mint.address());
        wanted.put("program", mint.program().address());
        wanted.put("decimals", mint.decimals());
        wanted.put("issuer", SvmAccounts.ISSUER.address());
        wanted.put("extensions", mint.extensions());
        wanted.put("hook", SvmMint.HOOK);
        rpc.call("testbed_createMint", wanted);
    }

    /** Puts a program at an address that just succeeds; it stays until the node is closed. */
    public void addNoOpProgram(String address) {
        rpc.call("testbed_addNoOpProgram", address);
    }

    // Slots

    /** Runs each transaction at once in a slot of its own, final at once; so it is at the start. */
    public void slotPerTransaction() {
        rpc.call("testbed_drive", "transaction");
    }

    /** Makes slots only when told to: the next one is confirmed by one more, finalized by 31 more. */
    public void slotsByHand() {
        rpc.call("testbed_drive", "hand");
    }

    /** Makes a slot in regular intervals; otherwise as by hand. */
    public void slotsEvery(Duration interval) {
        rpc.call("testbed_drive", interval.toMillis());
    }

    /** Makes one slot with what waits. */
    public void advance() {
        advance(1);
    }

    /** Makes many slots, the first of them with what waits; 151 of them outlive every blockhash. */
    public void advance(int slots) {
        rpc.call("testbed_advance", slots);
    }

    /** Moves the clock and makes the slots of that time, one in 0.4 seconds. */
    public void advance(Duration duration) {
        rpc.call("testbed_advanceTime", duration.toSeconds());
    }

    /** Confirms the newest slot now. */
    public void confirm() {
        rpc.call("testbed_raise", "confirmed");
    }

    /** Finalizes the newest slot now. */
    public void finish() {
        rpc.call("testbed_raise", "finalized");
    }

    /**
     * Replaces the newest slots by as many empty ones; their transactions and blockhashes are lost.
     *
     * @throws dev.x402.testbed.RpcException when one of them is final
     */
    public void fork(int depth) {
        rpc.call("testbed_fork", depth);
    }

    /** Answers everything as a node does that is so many slots late; zero heals it. */
    public void lagBehind(int slots) {
        rpc.call("testbed_lag", slots);
    }

    // Waiting transactions

    /** Takes transactions, but runs none until they are released. */
    public void holdTransactions() {
        rpc.call("testbed_hold", true);
    }

    /** Runs what was held, and what comes. */
    public void releaseTransactions() {
        rpc.call("testbed_hold", false);
    }

    /** Returns the signatures of the transactions that wait for a slot. */
    public List<String> waiting() {
        return rpc.call("testbed_waiting") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** Runs a waiting transaction in a slot of its own; tells whether it was there. */
    public boolean land(String signature) {
        return Boolean.TRUE.equals(rpc.call("testbed_land", signature));
    }

    /** Removes a waiting transaction; tells whether it was there. */
    public boolean drop(String signature) {
        return Boolean.TRUE.equals(rpc.call("testbed_drop", signature));
    }

    /** Removes every waiting transaction. */
    public void dropAll() {
        rpc.call("testbed_dropAll");
    }

    // Breaking

    /**
     * Lets calls go wrong.
     *
     * @param method which ones, such as {@code sendTransaction}; {@code *} for all
     * @param times how many of them; a batch counts as one
     */
    public void fail(String method, SvmFault fault, int times) {
        rpc.call("testbed_fail", method, fault.name(), times);
    }

    /** Lets no more calls go wrong. */
    public void mend() {
        rpc.call("testbed_mend");
    }

    // Going back

    /** Remembers the present state, slots and waiting transactions. */
    public SvmSnapshot snapshot() {
        return new SvmSnapshot(String.valueOf(rpc.call("testbed_snapshot")));
    }

    /**
     * Goes back to a snapshot, which stays; later ones are lost.
     *
     * @throws IllegalStateException when the node does not know it any more
     */
    public void revert(SvmSnapshot snapshot) {
        if (!Boolean.TRUE.equals(rpc.call("testbed_revert", snapshot.id()))) {
            throw new IllegalStateException("the node does not know snapshot " + snapshot.id()
                    + "; going back to an earlier one loses the later ones, and so does a fork behind it");
        }
    }

    String save() {
        return String.valueOf(rpc.call("testbed_save"));
    }

    void load(String saved) {
        rpc.call("testbed_load", saved);
    }

    private @Nullable Object value(String method, @Nullable Object... parameters) {
        return map(rpc.call(method, parameters)).get("value");
    }

    private static Map<?, ?> map(@Nullable Object answer) {
        if (answer instanceof Map<?, ?> map) {
            return map;
        }
        throw new IllegalStateException("the node answered no object: " + answer);
    }

    private static long number(@Nullable Object answer) {
        if (answer instanceof Number number) {
            return number.longValue();
        }
        throw new IllegalStateException("the node answered no number: " + answer);
    }
}
