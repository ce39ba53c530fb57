package dev.x402.scheme.exact.evm;

import dev.x402.spec.Network;
import dev.x402.spi.RailUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What contract wallets say of signatures (EIP-1271).
 *
 * <p>Also those that are not on the chain yet (EIP-6492).
 */
final class Wallets {
    /** More than twice what a wallet takes to be made and to check a passkey. */
    static final long GAS = 5_000_000;

    /** At this address on nearly every chain; where it is not, no wallet is known before it is there. */
    static final Address MULTICALL3 =
            Address.find("0xcA11bde05977b3631167028862bE2a173976CA11").orElseThrow();

    /** All that so much gas can return. */
    private static final int MOST = HttpNode.MAX_BODY / 2;

    private final Nodes nodes;
    private final Clock clock;

    Wallets(Nodes nodes, Clock clock) {
        this.nodes = nodes;
        this.clock = clock;
    }

    boolean serve(Network network) {
        return nodes.unserved(Set.of(network)).isEmpty();
    }

    /** One call; who is no contract answers with nothing. */
    boolean accept(Network network, Address wallet, byte[] digest, byte[] signature, Instant by) {
        byte[] question = WalletAbi.isValidSignature(digest, signature);
        EvmRpc.Call call = Calls.ethCall(Address.ZERO, wallet, question, GAS, Calls.LATEST);
        return ask(network, call, by).map(WalletAbi::isYes).orElse(false);
    }

    /** The same after the factory was called, all within one call that leaves nothing behind. */
    boolean accept(Network network, Address wallet, byte[] digest, Counterfactual wrapped, Instant by) {
        byte[] question = WalletAbi.afterwards(
                wrapped.factory(),
                wrapped.factoryCall().toArray(),
                wallet,
                WalletAbi.isValidSignature(digest, wrapped.signature().toArray()));
        EvmRpc.Call call = Calls.ethCall(Address.ZERO, MULTICALL3, question, GAS, Calls.LATEST);
        return ask(network, call, by)
                .map(WalletAbi::second)
                .map(WalletAbi::isYes)
                .orElse(false);
    }

    /** Empty when it reverted; a deadline that is over asks nobody. */
    private Optional<byte[]> ask(Network network, EvmRpc.Call call, Instant by) {
        if (!by.isAfter(clock.instant())) {
            throw new RailUnavailableException(
                    network + ": expected time to ask a node about a contract wallet, saw none left");
        }
        return nodes.ask(network, by, session -> session.call(List.of(call)).returned(0, MOST));
    }
}
