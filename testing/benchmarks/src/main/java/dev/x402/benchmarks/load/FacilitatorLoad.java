package dev.x402.benchmarks.load;

import dev.x402.benchmarks.load.ClosedLoop.Exchange;
import dev.x402.benchmarks.load.ClosedLoop.Seen;
import dev.x402.testbed.evm.DevAccount;
import dev.x402.testbed.evm.DevAccounts;
import dev.x402.testbed.evm.EvmChain;
import dev.x402.testbed.evm.EvmNode;
import dev.x402.testbed.evm.Snapshot;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ours, the reference and the bare node under the same load, in turn, on one chain. */
public final class FacilitatorLoad {
    static final DevAccount OURS = DevAccounts.FACILITATORS.get(0);
    static final DevAccount REFERENCE = DevAccounts.FACILITATORS.get(1);
    private static final DevAccount BARE = DevAccounts.FACILITATORS.get(2);
    private static final int VERIFIERS = 16;
    private static final int SETTLERS = 64;
    private static final int VERIFIED = 8_000;
    private static final int SETTLED = 512;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final EvmNode node;
    private final Purses purses;
    private final Duration time;
    private final Figures figures;
    private final List<Purses.Payment> verified;
    private Snapshot first;

    private FacilitatorLoad(EvmNode node, Purses purses, Duration time, Figures figures) {
        this.node = node;
        this.purses = purses;
        this.time = time;
        this.figures = figures;
        verified = purses.sign(VERIFIED);
        first = node.chain().snapshot();
    }

    /**
     * Measures and returns the rows of the table.
     *
     * <p>Reads {@code load.rounds}, {@code load.warmup} (rounds that do not count), {@code load.seconds} of a round's
     * verifying, {@code load.flags} for both Java processes, and {@code load.profile}, a file for the profile of ours.
     *
     * @throws IOException when an answer is not as it must be, or when money is where it should not be
     */
    public static List<List<String>> measured(Clock clock) throws IOException, InterruptedException {
        int rounds = Integer.getInteger("load.rounds", 5);
        Figures figures = new Figures();
        try (EvmNode node = EvmNode.start();
                Purses purses = new Purses(node, clock);
                Programs programs = new Programs(node)) {
            for (int round = 0; round <= rounds; round++) {
                try (Program empty = programs.empty();
                        Program ours = programs.ours()) {
                    figures.start(empty, ours);
                }
            }
            try (Program ours = programs.ours();
                    Program theirs = programs.theirs()) {
                Duration time = Duration.ofSeconds(Integer.getInteger("load.seconds", 3));
                FacilitatorLoad load = new FacilitatorLoad(node, purses, time, figures);
                for (int round = Integer.getInteger("load.warmup", 3); round > 0; round--) {
                    load.round(ours, theirs);
                }
                figures.forgetWarmup();
                programs.record(ours);
                for (int round = 0; round < rounds; round++) {
                    load.round(ours, theirs);
                }
                programs.dump(ours);
                figures.end(ours, theirs);
            }
        }
        return figures.rows();
    }

    private void round(Program ours, Program theirs) throws IOException, InterruptedException {
        figures.verified(
                verify(ours.uri(), asked("/verify", "\"isValid\":true")),
                verify(theirs.uri(), asked("/verify", "\"isValid\":true")),
                verify(node.uri(), RawNode::call));
        List<Purses.Payment> payments = purses.sign(SETTLED);
        long nonce = node.chain().nonce(BARE.address());
        List<String> transactions = RawNode.transactions(payments, BARE, node.chainId(), nonce);
        figures.settled(
                settle(ours.uri(), payments, asked("/settle", "\"success\":true")),
                settle(theirs.uri(), payments, asked("/settle", "\"success\":true")),
                settle(node.uri(), transactions, RawNode::settle));
    }

    private Seen verify(URI server, Exchange<Purses.Payment> exchange) throws IOException, InterruptedException {
        return ClosedLoop.run(server, VERIFIERS, time, verified, exchange);
    }

    private <T> Seen settle(URI server, List<T> requests, Exchange<T> exchange)
            throws IOException, InterruptedException {
        BigInteger before = owned();
        Seen seen = ClosedLoop.run(server, SETTLERS, PATIENCE, requests, exchange);
        BigInteger due = Purses.AMOUNT.multiply(BigInteger.valueOf(requests.size()));
        BigInteger came = owned().subtract(before);
        if (!came.equals(due)) {
            throw new IOException(server + ": expected the payee to own " + due + " more, saw " + came);
        }
        forget();
        return seen;
    }

    /** The node's blocks get slower with each authorization that its token remembers. The signers go on counting. */
    private void forget() {
        EvmChain chain = node.chain();
        Map<String, Long> nonces = new LinkedHashMap<>();
        for (DevAccount signer : List.of(OURS, REFERENCE, BARE)) {
            nonces.put(signer.address(), chain.nonce(signer.address()));
        }
        chain.revert(first);
        first = chain.snapshot();
        nonces.forEach((signer, nonce) -> chain.call("anvil_setNonce", signer, "0x" + Long.toHexString(nonce)));
    }

    private BigInteger owned() {
        return node.dollar().balance(DevAccounts.PAYEE.address());
    }

    private static Exchange<Purses.Payment> asked(String path, String expected) {
        return (wire, payment) -> {
            Wire.Reply reply = wire.post(path, payment.request());
            if (reply.status() != 200 || !reply.body().contains(expected)) {
                throw new IOException(path + ": expected " + expected + ", saw " + reply);
            }
        };
    }
}
