package dev.x402.tck.reference;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.SupportedKind;
import dev.x402.spi.Advice;
import dev.x402.spi.Attempt;
import dev.x402.spi.Bytes;
import dev.x402.spi.Declined;
import dev.x402.spi.Lane;
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
import dev.x402.spi.Slot;
import dev.x402.spi.Stage;
import dev.x402.spi.Verification;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/** Verifies, signs, sends and looks, on the ledger. */
final class LedgerFacilitator implements SchemeFacilitator {
    static final int MARGIN_SECONDS = 6;
    private static final String SIGNER = "acct-000000ff";
    private static final int FORMAT = 1;
    private static final ErrorCode USED = new ErrorCode("ledger_right_used");
    private static final ErrorCode EXPIRED = new ErrorCode("ledger_expired");
    private static final ErrorCode MISMATCH = new ErrorCode("ledger_terms_mismatch");
    private static final ErrorCode SIGNATURE = new ErrorCode("ledger_signature");

    private final LedgerScheme scheme;
    private final SchemeContext context;
    private final Ledger ledger;
    private final Flaw flaw;
    private final LedgerRail rail = new LedgerRail();
    private final Map<Json, Instant> seen = new ConcurrentHashMap<>();
    private final Set<String> mine = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean sending = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicBoolean noticed = new AtomicBoolean();
    private final AtomicBoolean landed = new AtomicBoolean();
    private final AtomicReference<Payment> shared = new AtomicReference<>();

    LedgerFacilitator(LedgerScheme scheme, SchemeContext context, Ledger ledger, Flaw flaw) {
        this.scheme = scheme;
        this.context = context;
        this.ledger = ledger;
        this.flaw = flaw;
    }

    @Override
    public Set<Network> networks() {
        return flaw == Flaw.NETWORK_WIDENED
                ? Set.of(LedgerRail.NETWORK, Network.parse("mem:2"))
                : Set.of(LedgerRail.NETWORK);
    }

    @Override
    public SupportedKind kind(Network network) {
        return SupportedKind.of(new Kind(scheme.name(), network));
    }

    @Override
    public List<String> signers(Network network) {
        return List.of(SIGNER);
    }

    @Override
    public List<Lane> lanes(List<Payment> payments) {
        return List.of(new Lane(LedgerRail.NETWORK, SIGNER));
    }

    @Override
    public long confirmedNext(Lane lane, Instant by) {
        return ledger.nextSequence(lane.signer());
    }

    @Override
    public Verification verify(Payment payment, Instant by) {
        Flaw flaw = ledger.asked.get() ? this.flaw : Flaw.NONE;
        try {
            return judged(payment, flaw);
        } catch (MalformedMessageException e) {
            if (flaw == Flaw.THROWS_AT_NONSENSE
                    && payment.payload().payload().members().containsValue(Json.Null.NULL)) {
                throw e;
            }
            return invalid(
                    flaw == Flaw.NONSENSE_UNNAMED ? MISMATCH : ErrorCode.INVALID_PAYLOAD,
                    "payload: not of this scheme",
                    false);
        } catch (RailUnavailableException e) {
            if (flaw == Flaw.OUTAGE_IS_INVALID) {
                return invalid(SIGNATURE, "mem:1 cannot be reached", false);
            }
            return new Verification.Unavailable("mem:1 cannot be reached", Duration.ofSeconds(2));
        }
    }

    private Verification judged(Payment payment, Flaw flaw) {
        PaymentRequirements terms =
                flaw == Flaw.TERMS_FROM_THE_ECHO ? payment.payload().accepted() : payment.requirements();
        if (flaw == Flaw.REMEMBERS_WHAT_IT_VERIFIED && wasSeen(payment)) {
            return invalid(USED, "nonce: seen", true);
        }
        if (flaw == Flaw.SHARES_A_BUFFER && Thread.currentThread().getName().startsWith("pool-")) {
            Payment before = shared.getAndSet(payment);
            terms = before == null ? terms : before.requirements();
        }
        if (!terms.kind().equals(new Kind(scheme.name(), LedgerRail.NETWORK))) {
            return invalid(ErrorCode.INVALID_NETWORK, "network: not served", false);
        }
        Authorization right =
                Authorization.read(LedgerRail.NETWORK, payment.payload().payloadCursor());
        int more = right.value().compareTo(terms.amount());
        boolean same = (flaw == Flaw.PAYEE_UNCHECKED
                        || rail.canonicalAccount(LedgerRail.NETWORK, terms.payTo())
                                .filter(right.to()::equals)
                                .isPresent())
                && (flaw == Flaw.ASSET_UNCHECKED
                        || rail.canonicalAsset(LedgerRail.NETWORK, terms.asset())
                                .filter(right.asset()::equals)
                                .isPresent())
                && (more == 0
                        || (more > 0 && flaw == Flaw.AMOUNT_AT_LEAST)
                        || (more < 0 && flaw == Flaw.AMOUNT_AT_MOST));
        if (!same) {
            return invalid(MISMATCH, "authorization: not of these terms", false);
        }
        Optional<String> secret = ledger.secret(right.from());
        if (flaw != Flaw.SIGNATURE_UNCHECKED
                && !secret.filter(right::isSignedBy).isPresent()) {
            String shown = flaw == Flaw.MESSAGE_SHOWS_THE_PROOF ? right.signature() : "not the payer's";
            return invalid(SIGNATURE, "signature: " + shown, false);
        }
        int margin = flaw == Flaw.MARGIN_UNDECLARED ? 20 : MARGIN_SECONDS;
        if (flaw != Flaw.EXPIRY_UNCHECKED
                && context.clock().instant().getEpochSecond() + margin >= right.validBefore()) {
            return invalid(EXPIRED, "validBefore: over, or nearly", true);
        }
        Optional<Ledger.Use> use = ledger.use(right.right());
        boolean forgiven = flaw == Flaw.USE_UNCHECKED
                || (this.flaw == Flaw.RETURN_FREES_THE_RIGHT
                        && use.filter(Ledger.Use::reversed).isPresent());
        if (use.isPresent() && !forgiven) {
            return invalid(USED, "nonce: used", true);
        }
        if (flaw != Flaw.BALANCE_UNCHECKED
                && ledger.balance(right.from(), right.asset())
                                .compareTo(right.value().value())
                        < 0) {
            return invalid(
                    flaw == Flaw.POVERTY_UNNAMED ? MISMATCH : ErrorCode.INSUFFICIENT_FUNDS, "balance: too low", true);
        }
        return new Verification.Valid(flaw == Flaw.NAMES_NO_PAYER ? "somebody" : right.from(), Json.Obj.EMPTY);
    }

    private boolean wasSeen(Payment payment) {
        Instant now = context.clock().instant();
        return seen.computeIfAbsent(payment.payload().payload(), proof -> now).isBefore(now);
    }

    @Override
    public Preparation prepare(Movement movement, Instant by) {
        boolean fresh = movement.attempts().size() == 1;
        Map<PaymentKey, Verification> refused = new HashMap<>();
        for (Payment payment : movement.payments()) {
            Verification now = fresh ? verify(payment, by) : null;
            if (now instanceof Verification.Unavailable && flaw == Flaw.OUTAGE_DECLINES) {
                now = invalid(USED, "mem:1 cannot be reached", true);
            }
            if (now instanceof Verification.Unavailable) {
                throw new RailUnavailableException("mem:1: cannot be reached");
            }
            if (now instanceof Verification.Invalid) {
                refused.put(scheme.key(payment), now);
            }
        }
        if (!refused.isEmpty()) {
            return new Declined(refused);
        }
        Attempt last = movement.last();
        Slot slot = last.slot().orElseThrow();
        String right = movement.payments().isEmpty()
                ? ""
                : text(right(movement.payments().get(0)));
        String content = slot.lane().signer() + "\n" + slot.sequence() + "\n" + (1 + last.number()) + "\n" + right;
        Signed signed = new Signed(
                "tx-" + Authorization.sha256(content).substring(0, 24),
                FORMAT,
                Bytes.of(content.getBytes(StandardCharsets.UTF_8)));
        mine.add(signed.reference());
        if (flaw == Flaw.PREPARING_SENDS) {
            try {
                ledger.send(read(signed));
            } catch (RuntimeException e) {
                return signed;
            }
        }
        return signed;
    }

    @Override
    public void submit(Movement movement, Attempt attempt, Instant by) {
        String reference = attempt.signed().orElseThrow().reference();
        if (flaw == Flaw.REMEMBERS_WHAT_IT_SIGNED && !mine.contains(reference)) {
            throw new IllegalStateException("bytes: not signed here");
        }
        if (!ledger.hasLost()) {
            sending.set(true);
        }
        ledger.send(read(attempt.signed().orElseThrow()));
    }

    @Override
    public void close() {
        if (flaw == Flaw.CLOSES_ONCE && !closed.compareAndSet(false, true)) {
            throw new IllegalStateException("closed");
        }
    }

    @Override
    public Sighting observe(Movement movement, Instant by) {
        try {
            return look(movement);
        } catch (RailUnavailableException e) {
            if (flaw == Flaw.OUTAGE_IS_FAILED) {
                return new Sighting(Advice.WAIT, Duration.ofSeconds(2), List.of(new Outcome.Failed(USED)));
            }
            throw e;
        }
    }

    private Sighting look(Movement movement) {
        List<Ledger.Tx> sent = new ArrayList<>();
        movement.attempts().forEach(attempt -> attempt.signed().ifPresent(signed -> sent.add(read(signed))));
        Instant finalTime = ledger.finalTime();
        int height = ledger.height();
        List<Outcome> plain = new ArrayList<>();
        List<Outcome> outcomes = new ArrayList<>();
        for (Payment payment : movement.payments()) {
            plain.add(outcome(right(payment), payment, height, finalTime));
            outcomes.add(flawed(movement, payment, plain.get(plain.size() - 1)));
        }
        List<Outcome> advised = flaw == Flaw.FINAL_BEFORE_ITS_DATE ? plain : outcomes;
        Advice advice = flawed(advice(movement, sent, advised, height), sent);
        boolean settled = plain.stream().allMatch(LedgerFacilitator::isReturnable);
        boolean forgotten = flaw == Flaw.DONE_AFTER_A_RESTART && settled && !landed.get();
        if (settled) {
            landed.set(true);
        }
        if (plain.stream().anyMatch(Outcome.Landed.class::isInstance)) {
            noticed.set(true);
        }
        return new Sighting(
                forgotten ? Advice.DONE : advice,
                settled && flaw != Flaw.LOOKS_EVERY_SECOND ? Ledger.WINDOW.dividedBy(32) : Duration.ofSeconds(2),
                outcomes);
    }

    private static boolean isReturnable(Outcome outcome) {
        return outcome instanceof Outcome.Landed landed && landed.stage() == Stage.SETTLED;
    }

    private Advice flawed(Advice advice, List<Ledger.Tx> sent) {
        if (advice == Advice.RESEND) {
            boolean was = sent.stream().anyMatch(tx -> ledger.wasSent(tx.reference()));
            return flaw == (was ? Flaw.WAITS_FOR_THE_LOST : Flaw.WAITS_FOR_THE_UNSENT) ? Advice.WAIT : advice;
        }
        return advice == Advice.DONE && flaw == Flaw.NEVER_DONE ? Advice.WAIT : advice;
    }

    private Outcome flawed(Movement movement, Payment payment, Outcome seen) {
        Optional<Ledger.Use> use = ledger.use(right(payment).right());
        String last = movement.last().signed().map(Signed::reference).orElse("");
        boolean others = use.filter(used -> !used.by().reference().equals(last)).isPresent();
        boolean stranger =
                use.filter(used -> used.by().sender().equals("stranger")).isPresent();
        long left = right(payment).validBefore() - context.clock().instant().getEpochSecond();
        return switch (flaw) {
            case LOOKS_AT_THE_LAST_ATTEMPT ->
                others && movement.attempts().size() > 1 ? new Outcome.Failed(USED) : seen;
            case STRANGER_IS_FAILED -> stranger && use.get().paid() ? new Outcome.Failed(USED) : seen;
            case USED_IS_LANDED ->
                stranger && !use.get().paid() ? new Outcome.Landed(receipt(use.get(), payment), Stage.FINAL) : seen;
            case TIMEOUT_IS_FAILED -> use.isEmpty() && left < 30 ? new Outcome.Failed(EXPIRED) : seen;
            case END_UNNOTICED -> seen instanceof Outcome.Failed && use.isEmpty() ? new Outcome.Open() : seen;
            case RETURN_UNSEEN ->
                seen instanceof Outcome.Reversed reversed && noticed.get() && !landed.get()
                        ? new Outcome.Landed(reversed.receipt(), Stage.SETTLED)
                        : seen;
            case RETURN_NEEDS_A_LANDING ->
                seen instanceof Outcome.Reversed && !noticed.get() ? new Outcome.Failed(USED) : seen;
            case FINAL_BEFORE_ITS_DATE ->
                use.filter(ledger::isDeep).isPresent() && isReturnable(seen)
                        ? new Outcome.Landed(((Outcome.Landed) seen).receipt(), Stage.FINAL)
                        : seen;
            case FINAL_WHEN_SETTLED ->
                isReturnable(seen) ? new Outcome.Landed(((Outcome.Landed) seen).receipt(), Stage.FINAL) : seen;
            case VANISHED_IS_FAILED -> use.isEmpty() && ledger.hasVanished(last) ? new Outcome.Failed(USED) : seen;
            case LOST_ANSWER_IS_LOST -> ledger.hasLost() && !sending.get() ? new Outcome.Open() : seen;
            case REFERENCE_IS_THE_BLOCK ->
                seen instanceof Outcome.Landed landed
                        ? new Outcome.Landed(
                                new Receipt(
                                        "block-" + use.get().block(),
                                        landed.receipt().payer(),
                                        landed.receipt().amount(),
                                        landed.receipt().extra()),
                                landed.stage())
                        : seen;
            default -> seen;
        };
    }

    private Receipt receipt(Ledger.Use use, Payment payment) {
        AtomicAmount amount = payment.requirements().amount();
        Receipt receipt = new Receipt(
                use.by().reference(),
                use.right().from(),
                flaw == Flaw.TAKES_A_FEE ? new AtomicAmount(amount.value().subtract(BigInteger.TEN)) : amount,
                Json.Obj.EMPTY);
        return flaw == Flaw.FINAL_AT_UNTOLD ? receipt : receipt.withFinalAt(ledger.finalAt(use.block()));
    }

    private Outcome outcome(Authorization right, Payment payment, int height, Instant finalTime) {
        Optional<Ledger.Use> found = ledger.use(right.right());
        if (found.isEmpty()) {
            return finalTime.getEpochSecond() >= right.validBefore() ? new Outcome.Failed(EXPIRED) : new Outcome.Open();
        }
        Ledger.Use use = found.get();
        int depth = height - use.block();
        if (!use.paid()) {
            return depth >= Ledger.FINAL ? new Outcome.Failed(USED) : new Outcome.Open();
        }
        Receipt receipt = receipt(use, payment);
        if (use.reversed()) {
            return new Outcome.Reversed(receipt, new ErrorCode("ledger_returned"));
        }
        return new Outcome.Landed(
                receipt,
                ledger.isFinal(use.block()) ? Stage.FINAL : depth >= Ledger.SETTLED ? Stage.SETTLED : Stage.SEEN);
    }

    private Advice advice(Movement movement, List<Ledger.Tx> sent, List<Outcome> outcomes, int height) {
        boolean over = outcomes.stream().allMatch(LedgerFacilitator::isOver);
        Optional<Integer> consumed = sent.isEmpty()
                ? Optional.empty()
                : ledger.consumed(sent.get(sent.size() - 1).place());
        boolean gone = consumed.filter(block -> height - block >= Ledger.FINAL).isPresent();
        if (over && (gone || sent.isEmpty())) {
            return Advice.DONE;
        }
        if (consumed.isPresent()) {
            boolean open = outcomes.stream().anyMatch(Outcome.Open.class::isInstance);
            return gone && open ? Advice.RENEW : Advice.WAIT;
        }
        boolean pooled = sent.stream().anyMatch(tx -> ledger.isPooled(tx.reference()));
        return pooled || sent.isEmpty() ? Advice.WAIT : Advice.RESEND;
    }

    private static boolean isOver(Outcome outcome) {
        return outcome instanceof Outcome.Failed
                || outcome instanceof Outcome.Reversed
                || (outcome instanceof Outcome.Landed landed && landed.stage() == Stage.FINAL);
    }

    private static Authorization right(Payment payment) {
        return Authorization.read(LedgerRail.NETWORK, payment.payload().payloadCursor());
    }

    private static String text(Authorization right) {
        return String.join(
                "\n",
                right.from(),
                right.to(),
                right.asset(),
                right.value().toString(),
                right.nonce(),
                Long.toString(right.validBefore()),
                right.signature());
    }

    private Ledger.Tx read(Signed signed) {
        if (signed.format() != FORMAT && flaw != Flaw.FORMAT_UNREAD) {
            throw new IllegalStateException("format " + signed.format() + ": expected 1; a newer version wrote it");
        }
        String[] lines = new String(signed.bytes().toArray(), StandardCharsets.UTF_8).split("\n", -1);
        Optional<Authorization> carried = lines.length < 10
                ? Optional.empty()
                : Optional.of(new Authorization(
                        LedgerRail.NETWORK,
                        lines[3],
                        lines[4],
                        lines[5],
                        AtomicAmount.parse(lines[6]),
                        lines[7],
                        Long.parseLong(lines[8]),
                        lines[9]));
        return new Ledger.Tx(signed.reference(), lines[0], Long.parseLong(lines[1]), Long.parseLong(lines[2]), carried);
    }

    private static Verification invalid(ErrorCode code, String message, boolean authentic) {
        return new Verification.Invalid(code, message, authentic);
    }
}
