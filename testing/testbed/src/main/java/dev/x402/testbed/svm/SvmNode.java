package dev.x402.testbed.svm;

import dev.x402.testbed.GuardedProcess;
import dev.x402.testbed.JsonRpc;
import dev.x402.testbed.NpmPackages;
import dev.x402.testbed.RpcException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A real Solana VM behind JSON-RPC on a free loopback port, gone when the JVM is gone.
 *
 * <p>It has the genesis hash of devnet, the mints of {@link SvmMint#ALL} and the {@link SvmAccounts}. One thread controls
 * it; any number may call {@link #uri()}. There are no votes, no validators and no web socket.
 */
public final class SvmNode implements AutoCloseable {

    /** The genesis hash of devnet. */
    public static final String DEVNET = "EtWTRABZaYq6iMfeYKouRu166VU2xqa1wcaWoxPkrZBG";

    private static final String MARKER = "Listening on ";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int REFERENCE_LENGTH = 32;

    private final Path program;
    private final String genesisHash;
    private final URI uri;
    private final SvmChain chain;
    private GuardedProcess process;
    private boolean paused;
    private @Nullable String stateWhenKilled;
    private SvmSnapshot pristine;

    private SvmNode(Path program, String genesisHash) {
        this.program = program;
        this.genesisHash = genesisHash;
        GuardedProcess.Started started = launch(0);
        process = started.process();
        uri = URI.create(
                "http://" + started.readyLine().substring(MARKER.length()).strip());
        chain = new SvmChain(new JsonRpc(uri, PATIENCE));
        pristine = furnish();
    }

    /** Starts a node with the genesis hash of devnet; takes well under a second. */
    public static SvmNode start() {
        return start(DEVNET);
    }

    /**
     * Starts a node with any genesis hash.
     *
     * @param genesisHash Base58
     * @throws IllegalStateException when a part of it is not installed; the message says which command installs it
     */
    public static SvmNode start(String genesisHash) {
        return new SvmNode(NpmPackages.ofThisBuild().tool("solana/node.mjs"), genesisHash);
    }

    /** Returns where the node takes JSON-RPC; the same through kill and restart. */
    public URI uri() {
        return uri;
    }

    /** Returns the genesis hash. */
    public String genesisHash() {
        return genesisHash;
    }

    /** Returns the network's CAIP-2 name, such as {@code solana:EtWTRABZaYq6iMfeYKouRu166VU2xqa1}. */
    public String network() {
        return "solana:" + genesisHash.substring(0, Math.min(REFERENCE_LENGTH, genesisHash.length()));
    }

    /** Returns the slots, the clock and the waiting transactions. */
    public SvmChain chain() {
        return chain;
    }

    /** Returns USDC. */
    public SvmToken usdc() {
        return token(SvmMint.USDC);
    }

    /** Returns the plain dollar of Token-2022. */
    public SvmToken dollar2022() {
        return token(SvmMint.DOLLAR_2022);
    }

    /** Returns any token. */
    public SvmToken token(SvmMint mint) {
        return new SvmToken(chain, mint);
    }

    /** Returns the operating system's id of the node, as it runs now or ran last. */
    public long pid() {
        return process.pid();
    }

    /** Tells whether the node is there and not paused. */
    public boolean isRunning() {
        return process.isAlive() && !paused;
    }

    /** Freezes the node: connections are accepted, nothing is answered. */
    public void pause() {
        process.pause();
        paused = true;
    }

    /** Lets a paused node answer what has waited. */
    public void resume() {
        process.resume();
        paused = false;
    }

    /** Kills the node: connections are refused; {@link #restart()} brings back its slots, not what waited. */
    public void kill() {
        if (paused) {
            resume();
        }
        stateWhenKilled = chain.save();
        process.close();
    }

    /**
     * Starts a killed node again, at the same address and with the slots that it had.
     *
     * @throws IllegalStateException when the node was not killed by {@link #kill()}
     */
    public void restart() {
        String state = stateWhenKilled;
        if (state == null) {
            throw new IllegalStateException("the node at " + uri + " was not killed; call kill() before restart()");
        }
        relaunch();
        chain.load(state);
        stateWhenKilled = null;
        pristine = chain.snapshot();
    }

    /** Brings back the chain as it was right after the start, or after the last restart. */
    public void reset() {
        goBackTo(pristine);
    }

    /** Goes back to a snapshot, or to a chain as after the start when this one cannot go back. */
    void goBackTo(@Nullable SvmSnapshot snapshot) {
        if (snapshot != null && isRunning()) {
            try {
                chain.revert(snapshot);
                return;
            } catch (RpcException | UncheckedIOException | IllegalStateException unusable) {
                // A chain that cannot go back is replaced.
            }
        }
        process.close();
        relaunch();
        stateWhenKilled = null;
        pristine = furnish();
    }

    /** Ends the node at once. */
    @Override
    public void close() {
        process.close();
    }

    private void relaunch() {
        process = launch(uri.getPort()).process();
        paused = false;
    }

    private GuardedProcess.Started launch(int port) {
        List<String> command = List.of("node", program.toString(), Integer.toString(port), genesisHash);
        return GuardedProcess.start(command, MARKER, PATIENCE);
    }

    private SvmSnapshot furnish() {
        SvmMint.ALL.forEach(chain::createMint);
        SvmAccounts.FEE_PAYERS.forEach(feePayer -> chain.setBalance(feePayer.address(), SvmAccounts.FEES));
        List<SvmAccount> others = new ArrayList<>(SvmAccounts.PAYERS);
        others.addAll(List.of(SvmAccounts.PAYEE, SvmAccounts.STRANGER, SvmAccounts.ISSUER));
        others.forEach(account -> chain.setBalance(account.address(), SvmAccounts.POCKET_MONEY));
        for (SvmMint mint : SvmMint.ALL) {
            chain.setTokenBalance(mint.address(), SvmAccounts.PAYEE.address(), BigInteger.ZERO);
            SvmAccounts.PAYERS.forEach(
                    payer -> chain.setTokenBalance(mint.address(), payer.address(), SvmAccounts.FUNDS));
        }
        return chain.snapshot();
    }
}
