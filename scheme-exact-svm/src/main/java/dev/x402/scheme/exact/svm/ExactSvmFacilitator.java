package dev.x402.scheme.exact.svm;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Attempt;
import dev.x402.spi.Declined;
import dev.x402.spi.Movement;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Preparation;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Verification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The facilitator's side: judges locally first, then asks a node once.
 *
 * <p>The payer fixed every byte but one signature, so a movement has one transaction and no lane: whoever signs it again
 * signs the same, and a cluster takes it once.
 */
final class ExactSvmFacilitator implements SchemeFacilitator {
    private static final Duration LATER = Duration.ofSeconds(2);
    private static final Duration LOOK = Duration.ofSeconds(2);

    private final Map<Network, Served> networks;
    private final Nodes nodes;
    private final Clock clock;
    private final Judge judge;
    private final Observer observer;
    private final Function<Payment, PaymentKey> keys;

    ExactSvmFacilitator(
            SvmFacilitatorConfig config, SvmRpc rpc, SchemeContext context, Function<Payment, PaymentKey> keys) {
        clock = context.clock();
        nodes = new Nodes(rpc, clock);
        networks = config.policies().stream()
                .map(policy -> new Served(policy, policy.accounts(), new Purses(policy, clock)))
                .collect(Collectors.toUnmodifiableMap(served -> served.policy.network(), Function.identity()));
        List<Network> unserved = nodes.unserved(networks.keySet());
        if (!unserved.isEmpty()) {
            throw new IllegalArgumentException(
                    "SvmRpc: expected a node of each configured network, saw none of " + unserved + "; add one");
        }
        judge = new Judge(
                context, network -> Optional.ofNullable(networks.get(network)).map(Served::feePayers));
        observer = new Observer(nodes, clock);
        this.keys = keys;
    }

    /** A network that is switched on. */
    private record Served(SvmSettlementPolicy policy, FeePayers feePayers, Purses purses) {}

    @Override
    public Set<Network> networks() {
        return networks.keySet();
    }

    /** Names the fee payer whose turn it is and who is not dry; looks at the balances now and then. */
    @Override
    public SupportedKind kind(Network network) {
        Purses purses = served(network).purses;
        if (purses.isLookDue()) {
            look(network, purses);
        }
        Json.Obj extra = Json.Obj.EMPTY.with(Offers.FEE_PAYER, purses.next().toString());
        return new SupportedKind(ExactSvmScheme.NAME, network, extra, Json.Obj.EMPTY);
    }

    @Override
    public List<String> signers(Network network) {
        return served(network).policy.feePayers().stream()
                .map(SvmSigner::address)
                .toList();
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        Network network = payment.requirements().network();
        if (!networks.containsKey(network)) {
            return new Verification.Invalid(
                    ErrorCode.INVALID_NETWORK, "network: expected one of " + known() + ", saw " + network, false);
        }
        Judge.Judgement judgement = judge.judge(payment);
        if (judgement instanceof Judge.Judgement.Refused refused) {
            return refused.why();
        }
        try {
            return simulate(network, (Judge.Judgement.Sound) judgement, by).verification();
        } catch (RailUnavailableException unavailable) {
            return new Verification.Unavailable(String.valueOf(unavailable.getMessage()), LATER);
        }
    }

    /** A payment is declined only while nothing of it was signed; what landed by the same signature is found later. */
    @Override
    public Preparation prepare(Movement movement, Instant by) {
        Payment payment = movement.payments().get(0);
        Network network = payment.requirements().network();
        Optional<Attempt> before = movement.attempts().stream()
                .filter(attempt -> attempt.signed().isPresent())
                .findFirst();
        if (before.isPresent()) {
            return before.get().signed().orElseThrow(); // no other bytes can move this money
        }
        if (judge.judge(payment) instanceof Judge.Judgement.Refused refused) {
            return declined(payment, refused.why());
        }
        Judge.Judgement.Sound sound = Judge.trusted(payment);
        Simulation.Result result = simulate(network, sound, by);
        if (!(result.landed() || result.verification() instanceof Verification.Valid)) {
            return declined(payment, result.verification());
        }
        return SignedTransfer.of(signed(served(network).policy, sound), result.height(), result.slot(), clock.instant())
                .toSigned();
    }

    @Override
    public void submit(Movement movement, Attempt attempt, Instant by) {
        byte[] raw = SignedTransfer.read(attempt.signed().orElseThrow()).raw().toArray();
        nodes.ask(network(movement), by, session -> send(session, raw));
    }

    @Override
    public Sighting observe(Movement movement, Instant by) {
        return observer.observe(network(movement), movement, by);
    }

    private Simulation.Result simulate(Network network, Judge.Judgement.Sound sound, Instant by) {
        Simulation simulation = new Simulation(sound, served(network).purses);
        return nodes.ask(network, by, simulation::run);
    }

    private static boolean send(Nodes.Session session, byte[] raw) {
        session.call(Calls.send(raw)).refusal(0).ifPresent(refused -> {
            throw new RailUnavailableException(session.node() + ": the transaction was refused ("
                    + Answers.printable(refused.message()) + "); looking tells what became of it");
        });
        return true;
    }

    private static WireTransaction signed(SvmSettlementPolicy policy, Judge.Judgement.Sound sound) {
        SvmAddress feePayer = sound.shape().feePayer();
        SvmSigner signer = policy.feePayers().stream()
                .filter(known -> known.address().equals(feePayer.toString()))
                .findFirst()
                .orElseThrow();
        byte[] message = sound.transaction().message().bytes();
        byte[] signature = signer.sign(message.clone());
        if (!Ed25519.verify(feePayer, message, signature)) {
            throw new RailUnavailableException(
                    "the signer of " + feePayer + " gave another key's signature; correct its key");
        }
        return sound.transaction().signedBy(feePayer, signature);
    }

    private void look(Network network, Purses purses) {
        try {
            Answers answers = nodes.ask(
                    network,
                    clock.instant().plus(LOOK),
                    session -> session.call(Calls.accounts(Calls.CONFIRMED, purses.accounts())));
            purses.seen(answers.values(0, purses.accounts().size()));
        } catch (RailUnavailableException unavailable) {
            purses.unseen();
        }
    }

    private Declined declined(Payment payment, Verification why) {
        return new Declined(Map.of(keys.apply(payment), why));
    }

    private Served served(Network network) {
        Served served = networks.get(network);
        if (served == null) {
            throw new IllegalArgumentException("network: expected one of " + known() + ", saw " + network);
        }
        return served;
    }

    private List<Network> known() {
        return networks.keySet().stream().sorted().toList();
    }

    private static Network network(Movement movement) {
        return movement.payments().get(0).requirements().network();
    }
}
