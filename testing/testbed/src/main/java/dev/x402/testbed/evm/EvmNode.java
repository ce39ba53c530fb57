package dev.x402.testbed.evm;

import dev.x402.testbed.GuardedProcess;
import dev.x402.testbed.JsonRpc;
import dev.x402.testbed.NpmPackages;
import dev.x402.testbed.RpcException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A real EVM node on a free loopback port, gone when the JVM is gone.
 *
 * <p>It has the chain id of Base Sepolia, the {@link TestDollar} at that network's USDC address, Multicall3 at its usual
 * address, and the {@link DevAccounts}. One thread controls it; any number may call {@link #uri()}.
 */
public final class EvmNode implements AutoCloseable {

    /** The chain id of Base Sepolia. */
    public static final long CHAIN_ID = 84532;

    private static final String MARKER = "Listening on ";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final Path program;
    private final long chainId;
    private final URI uri;
    private final JsonRpc rpc;
    private final EvmChain chain;
    private final TestDollar dollar;
    private GuardedProcess process;
    private boolean paused;
    private @Nullable SavedState stateWhenKilled;
    private Snapshot pristine;

    private EvmNode(Path program, long chainId) {
        this.program = program;
        this.chainId = chainId;
        GuardedProcess.Started started = launch(0);
        process = started.process();
        uri = URI.create(
                "http://" + started.readyLine().substring(MARKER.length()).strip());
        rpc = new JsonRpc(uri, DEADLINE);
        chain = new EvmChain(rpc);
        dollar = new TestDollar(chain, TestDollar.ADDRESS);
        pristine = furnish();
    }

    /** Starts a node with the chain id of Base Sepolia; takes well under a second. */
    public static EvmNode start() {
        return start(CHAIN_ID);
    }

    /**
     * Starts a node with any chain id.
     *
     * @throws IllegalStateException when the program is not installed; the message says which command installs it
     */
    public static EvmNode start(long chainId) {
        return new EvmNode(NpmPackages.ofThisBuild().file(programName()), chainId);
    }

    /** Returns where the node takes JSON-RPC; the same through kill and restart. */
    public URI uri() {
        return uri;
    }

    /** Returns the chain id. */
    public long chainId() {
        return chainId;
    }

    /** Returns the network's CAIP-2 name, such as {@code eip155:84532}. */
    public String network() {
        return "eip155:" + chainId;
    }

    /** Returns the blocks, the clock and the mempool. */
    public EvmChain chain() {
        return chain;
    }

    /** Returns the token. */
    public TestDollar dollar() {
        return dollar;
    }

    /** Puts another token with the dollar's code at an address, gives its money to the payers, and returns it. */
    public TestDollar dollarAt(String address) {
        chain.setCode(address, Contract.named("TestUsdc").runtimeCode());
        TestDollar another = new TestDollar(chain, address);
        DevAccounts.PAYERS.forEach(payer -> another.mint(payer.address(), DevAccounts.FUNDS));
        return another;
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

    /** Kills the node: connections are refused; {@link #restart()} brings back its blocks, not its mempool. */
    public void kill() {
        if (paused) {
            resume();
        }
        stateWhenKilled = chain.save();
        process.close();
    }

    /**
     * Starts a killed node again, at the same address and with the blocks that it had.
     *
     * @throws IllegalStateException when the node was not killed by {@link #kill()}
     */
    public void restart() {
        SavedState state = stateWhenKilled;
        if (state == null) {
            throw new IllegalStateException("the node at " + uri + " was not killed; call kill() before restart()");
        }
        relaunch();
        chain.load(state);
        stateWhenKilled = null;
        pristine = chain.snapshot();
    }

    /** Brings back the chain as it was right after the start, whatever happened to the node since. */
    public void reset() {
        goBackTo(pristine);
    }

    /** Goes back to a snapshot, or to a chain as after the start when this one cannot go back. */
    void goBackTo(@Nullable Snapshot snapshot) {
        if (snapshot != null && isRunning()) {
            try {
                chain.dropAll();
                chain.revert(snapshot);
                chain.mineAutomatically();
                if (snapshot.equals(pristine)) {
                    pristine = chain.snapshot();
                }
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
        List<String> command = new ArrayList<>();
        command.add(program.toString());
        command.addAll(List.of("--host", "127.0.0.1", "--port", Integer.toString(port)));
        command.addAll(List.of("--chain-id", Long.toString(chainId)));
        // A killed node leaves its files behind: no old states on disk, and what is left not in the user's home.
        command.addAll(List.of("--max-persisted-states", "0"));
        command.addAll(List.of("--cache-path", System.getProperty("java.io.tmpdir") + "/x402-testbed"));
        return GuardedProcess.start(command, MARKER, PATIENCE);
    }

    private Snapshot furnish() {
        rpc.call("anvil_setLoggingEnabled", false);
        chain.setCode(TestDollar.ADDRESS, Contract.named("TestUsdc").runtimeCode());
        chain.setCode(EvmChain.MULTICALL3, Contract.named("TestMulticall3").runtimeCode());
        chain.setCode(DevAccounts.WALLET, Contract.named("TestWallet").runtimeCode());
        chain.setStorage(DevAccounts.WALLET, 0, Abi.address(DevAccounts.payer().address()));
        chain.mineByHand();
        List<String> owners = new ArrayList<>(List.of(DevAccounts.WALLET));
        DevAccounts.PAYERS.forEach(payer -> owners.add(payer.address()));
        owners.forEach(owner -> dollar.mint(owner, DevAccounts.FUNDS));
        chain.mine();
        chain.mineAutomatically();
        return chain.snapshot();
    }

    private static String programName() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String processor = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        String platform = system.startsWith("mac") ? "darwin" : "linux";
        String architecture = processor.equals("aarch64") || processor.equals("arm64") ? "arm64" : "amd64";
        return "@foundry-rs/anvil-" + platform + "-" + architecture + "/bin/anvil";
    }
}
