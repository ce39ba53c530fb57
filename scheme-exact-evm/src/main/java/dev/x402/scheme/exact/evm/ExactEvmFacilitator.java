package dev.x402.scheme.exact.evm;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Attempt;
import dev.x402.spi.Lane;
import dev.x402.spi.Movement;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Preparation;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Verification;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The facilitator's side: judges locally first, then asks one node. */
final class ExactEvmFacilitator implements SchemeFacilitator {
    private static final Duration LATER = Duration.ofSeconds(2);
    /** Refusals of a transaction that say nothing of what became of it; looking will tell. */
    private static final List<String> HARMLESS =
            List.of("already known", "already imported", "nonce too low", "underpriced", "already exists");

    private final Map<Network, EvmSettlementPolicy> policies;
    private final Nodes nodes;
    private final Judge judge;
    private final Preparer preparer;
    private final Observer observer;

    ExactEvmFacilitator(
            EvmFacilitatorConfig config, EvmRpc rpc, SchemeContext context, Function<Payment, PaymentKey> keys) {
        policies = config.policies().stream()
                .collect(Collectors.toUnmodifiableMap(EvmSettlementPolicy::network, Function.identity()));
        nodes = new Nodes(rpc, context.clock());
        List<Network> unserved = nodes.unserved(policies.keySet());
        if (!unserved.isEmpty()) {
            throw new IllegalArgumentException(
                    "EvmRpc: expected a node of each configured network, saw none of " + unserved + "; add one");
        }
        Recovery recovery = Recovery.fastest();
        judge = new Judge(context, recovery);
        preparer = new Preparer(judge, recovery, context.clock(), keys);
        observer = new Observer(judge, context.clock());
    }

    @Override
    public Set<Network> networks() {
        return policies.keySet();
    }

    @Override
    public SupportedKind kind(Network network) {
        return SupportedKind.of(new Kind(ExactEvmScheme.NAME, network));
    }

    @Override
    public List<String> signers(Network network) {
        return policy(network).signers().stream()
                .map(ExactEvmFacilitator::checksummed)
                .toList();
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        Network network = payment.requirements().network();
        EvmSettlementPolicy policy = policies.get(network);
        if (policy == null) {
            return new Verification.Invalid(
                    ErrorCode.INVALID_NETWORK, "network: expected one of " + known() + ", saw " + network, false);
        }
        Judge.Judgement judgement = judge.judge(payment);
        if (judgement instanceof Judge.Judgement.Refused refused) {
            return refused.why();
        }
        SignedTransfer transfer = ((Judge.Judgement.Sound) judgement).transfer();
        Address sender = Address.find(policy.signers().get(0).address()).orElseThrow();
        Simulation simulation = new Simulation(transfer, sender, policy.gasCap());
        try {
            return nodes.ask(network, by, session -> simulation.judge(session.call(simulation.calls()), 0));
        } catch (RailUnavailableException unavailable) {
            return new Verification.Unavailable(String.valueOf(unavailable.getMessage()), LATER);
        }
    }

    @Override
    public List<Lane> lanes(List<Payment> payments) {
        Network network = payments.get(0).requirements().network();
        return signers(network).stream()
                .map(signer -> new Lane(network, signer))
                .toList();
    }

    @Override
    public long confirmedNext(Lane lane, Instant by) {
        EvmSettlementPolicy policy = policy(lane.network());
        Address account = Address.find(lane.signer()).orElseThrow();
        BigInteger next = nodes.ask(lane.network(), by, session -> {
            Heads heads = Heads.read(session, policy.confirmations());
            if (heads.finalNumber().isEmpty()) {
                return BigInteger.ZERO;
            }
            String last = Hex.quantity(heads.finalNumber().get());
            Answers answers = session.call(List.of(Calls.nonce(account, last), Calls.nonce(account, Calls.LATEST)));
            // a node that has dropped the state of its final block still knows the newest
            return answers.quantity(answers.refusal(0).isPresent() ? 1 : 0);
        });
        return next.longValueExact();
    }

    @Override
    public Preparation prepare(Movement movement, Instant by) {
        EvmSettlementPolicy policy = policy(network(movement));
        return nodes.ask(policy.network(), by, session -> preparer.prepare(session, policy, movement));
    }

    @Override
    public void submit(Movement movement, Attempt attempt, Instant by) {
        byte[] raw =
                SignedTransaction.read(attempt.signed().orElseThrow()).raw().toArray();
        nodes.ask(network(movement), by, session -> send(session, raw));
    }

    @Override
    public Sighting observe(Movement movement, Instant by) {
        EvmSettlementPolicy policy = policy(network(movement));
        return nodes.ask(policy.network(), by, session -> observer.observe(session, policy, movement));
    }

    private static boolean send(Nodes.Session session, byte[] raw) {
        Optional<String> refusal = session.call(List.of(Calls.send(raw))).refusal(0);
        boolean harmless = refusal.map(text -> text.toLowerCase(Locale.ROOT))
                .map(text -> HARMLESS.stream().anyMatch(text::contains))
                .orElse(true);
        if (!harmless) {
            throw new RailUnavailableException(
                    session.node() + ": the transaction was refused (" + refusal.get() + "); it will be sent again");
        }
        return true;
    }

    private EvmSettlementPolicy policy(Network network) {
        EvmSettlementPolicy policy = policies.get(network);
        if (policy == null) {
            throw new IllegalArgumentException("network: expected one of " + known() + ", saw " + network);
        }
        return policy;
    }

    private List<Network> known() {
        return policies.keySet().stream().sorted().toList();
    }

    private static Network network(Movement movement) {
        return movement.last().slot().orElseThrow().lane().network();
    }

    private static String checksummed(EvmSigner signer) {
        return Address.find(signer.address()).orElseThrow().toString();
    }
}
