package dev.x402.scheme.exact.svm;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spi.RailUnavailableException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A payer's reads, through the nodes of the port. */
final class SvmReads implements PayerReads {
    private static final Mint NONE = new Mint(Programs.SYSTEM, 0);

    private final Nodes nodes;

    SvmReads(SvmRpc rpc, Clock clock) {
        nodes = new Nodes(rpc, clock);
    }

    @Override
    public Blockhash blockhash(Network network, Instant by) {
        return nodes.ask(network, by, session -> {
            Answers answers = session.call(Calls.latestBlockhash(Calls.CONFIRMED));
            Json value = answers.value(0);
            return (value instanceof Json.Obj obj ? obj.text("blockhash") : Optional.<String>empty())
                    .flatMap(Blockhash::find)
                    .orElseThrow(() -> answers.unexpected(0, "a blockhash"));
        });
    }

    @Override
    public Mint mint(Network network, SvmAddress mint, Instant by) {
        return nodes.ask(network, by, session -> {
            Answers answers = session.call(Calls.accounts(Calls.CONFIRMED, List.of(mint)));
            Json value = answers.values(0, 1).get(0);
            ChainAccount account = ChainAccount.read(value);
            if (account == null && value != Json.Null.NULL) {
                throw new RailUnavailableException(
                        session.node() + ": expected an account, saw something else; ask again later");
            }
            return account == null
                    ? NONE
                    : account.mint()
                            .map(read -> new Mint(read.program(), read.decimals()))
                            .orElse(NONE);
        });
    }
}
