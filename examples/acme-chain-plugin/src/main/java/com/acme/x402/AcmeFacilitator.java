package com.acme.x402;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Declined;
import dev.x402.spi.Movement;
import dev.x402.spi.Outcome;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.Preparation;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.Receipt;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Sighting;
import dev.x402.spi.Signed;
import dev.x402.spi.Stage;
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
 * The facilitator's side. It remembers nothing: what was signed is in the movement, what happened is in the ledger.
 *
 * <p>A ledger without sequences makes it short: no lanes, one attempt a movement, and the same bytes may be sent again.
 */
final class AcmeFacilitator implements SchemeFacilitator {
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration LATER = Duration.ofSeconds(2);

    private final Rules rules;
    private final AcmeWallet wallet;
    private final Map<Network, AcmeNode> nodes;
    private final Clock clock;
    private final Function<Payment, PaymentKey> keys;

    AcmeFacilitator(
            Rules rules, AcmeFacilitatorConfig config, SchemeContext context, Function<Payment, PaymentKey> keys) {
        this.rules = rules;
        this.wallet = config.wallet();
        this.nodes = config.nodes().stream()
                .collect(Collectors.toUnmodifiableMap(AcmeNode::network, Function.identity()));
        this.clock = context.clock();
        this.keys = keys;
    }

    @Override
    public Set<Network> networks() {
        return nodes.keySet();
    }

    @Override
    public SupportedKind kind(Network network) {
        Json.Obj extra = Json.Obj.EMPTY.with(Rules.SENDER_MEMBER, wallet.account());
        Kind kind = new Kind(rules.scheme(), network);
        return rules.metered() ? new SupportedKind(kind.scheme(), network, extra, Json.Obj.EMPTY) : SupportedKind.of(kind);
    }

    @Override
    public List<String> signers(Network network) {
        return List.of(wallet.account());
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        AcmeNode node = nodes.get(payment.requirements().network());
        if (node == null) {
            return new Verification.Invalid(
                    ErrorCode.INVALID_NETWORK,
                    "network: expected one of " + nodes.keySet() + ", saw "
                            + payment.requirements().network(),
                    false);
        }
        Optional<Verification.Invalid> refusal = rules.refusal(payment, wallet.account(), clock.instant());
        if (refusal.isPresent()) {
            return refusal.get();
        }
        try {
            return judged(payment, look(node, payment, by));
        } catch (RailUnavailableException unavailable) {
            return new Verification.Unavailable(String.valueOf(unavailable.getMessage()), LATER);
        }
    }

    /** Signs, unless the payment would not settle any more; nothing is sent. */
    @Override
    public Preparation prepare(Movement movement, Instant by) {
        Payment payment = movement.payments().get(0);
        Verification now = verify(payment, by);
        if (now instanceof Verification.Valid || paidAlready(payment, now, by)) {
            return Transfer.sign(
                            SignedAuthorization.of(payment), payment.requirements().amount(), wallet)
                    .toSigned();
        }
        return new Declined(Map.of(keys.apply(payment), now));
    }

    /** Sends the stored bytes, not new ones: a crash may have come in between. */
    @Override
    public void submit(Movement movement, Attempt attempt, Instant by) {
        Signed signed = attempt.signed().orElseThrow();
        Network network = Transfer.of(signed).payment().authorization().kind().network();
        node(network).send(signed.bytes().toArray(), by);
    }

    @Override
    public Sighting observe(Movement movement, Instant by) {
        Payment payment = movement.payments().get(0);
        Set<String> ours = movement.attempts().stream()
                .flatMap(attempt -> attempt.signed().stream())
                .peek(Transfer::of) // what a newer version wrote is not understood here
                .map(Signed::reference)
                .collect(Collectors.toSet());
        AcmeNode.View view = look(node(payment.requirements().network()), payment, by);
        Outcome outcome = outcome(payment, view);
        boolean over = outcome instanceof Outcome.Failed
                || outcome instanceof Outcome.Landed landed && landed.stage() == Stage.FINAL;
        if (over) {
            return new Sighting(Advice.DONE, Duration.ZERO, List.of(outcome));
        }
        boolean waiting = view.used().isPresent() || view.waiting().stream().anyMatch(ours::contains);
        return new Sighting(waiting ? Advice.WAIT : Advice.RESEND, SOON, List.of(outcome));
    }

    /** The effect itself decides, whoever sent it; failed is only what no block can change any more. */
    private static Outcome outcome(Payment payment, AcmeNode.View view) {
        Authorization authorization = SignedAuthorization.of(payment).authorization();
        if (view.used().isPresent()) {
            AcmeNode.Used used = view.used().get();
            boolean isFinal = used.height() <= view.finalHeight();
            if (paid(payment, used)) {
                Receipt receipt =
                        new Receipt(used.transaction(), authorization.from(), used.amount(), Json.Obj.EMPTY);
                return new Outcome.Landed(receipt, isFinal ? Stage.FINAL : Stage.SEEN);
            }
            return isFinal ? new Outcome.Failed(Rules.USED) : new Outcome.Open();
        }
        return authorization.isExpiredAt(view.finalTime()) ? new Outcome.Failed(Rules.EXPIRED) : new Outcome.Open();
    }

    private static Verification judged(Payment payment, AcmeNode.View view) {
        if (view.used().isPresent()) {
            return Rules.refused(Rules.USED, "payload.authorization.nonce: expected a new one, saw one that was used")
                    .orElseThrow();
        }
        Authorization authorization = SignedAuthorization.of(payment).authorization();
        if (view.balance().compareTo(authorization.amount()) < 0) {
            return new Verification.Invalid(
                    ErrorCode.INSUFFICIENT_FUNDS, "payer: expected a balance of " + authorization.amount(), true);
        }
        return new Verification.Valid(authorization.from(), Json.Obj.EMPTY);
    }

    /** Whether somebody else sent it after it was verified: then looking will find it landed. */
    private boolean paidAlready(Payment payment, Verification now, Instant by) {
        return now instanceof Verification.Invalid invalid
                && invalid.code().equals(Rules.USED)
                && look(node(payment.requirements().network()), payment, by)
                        .used()
                        .filter(used -> paid(payment, used))
                        .isPresent();
    }

    private static boolean paid(Payment payment, AcmeNode.Used used) {
        PaymentRequirements terms = payment.requirements();
        return used.to().equalsIgnoreCase(terms.payTo())
                && used.asset().equals(terms.asset())
                && used.amount().equals(terms.amount());
    }

    private static AcmeNode.View look(AcmeNode node, Payment payment, Instant by) {
        Authorization authorization = SignedAuthorization.of(payment).authorization();
        return node.look(authorization.from(), authorization.nonce(), authorization.asset(), by);
    }

    private AcmeNode node(Network network) {
        AcmeNode node = nodes.get(network);
        if (node == null) {
            throw new IllegalArgumentException("network: expected one of " + nodes.keySet() + ", saw " + network);
        }
        return node;
    }
}
