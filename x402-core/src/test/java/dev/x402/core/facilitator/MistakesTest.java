package dev.x402.core.facilitator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import dev.x402.core.facilitator.NonceChain.Auth;
import dev.x402.core.facilitator.ToyScheme.Terms;
import dev.x402.spec.ErrorCode;
import dev.x402.spi.Declined;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Lease;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentKey;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.RailUnavailableException;
import dev.x402.spi.SchemeClient;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.SchemeServer;
import dev.x402.spi.Settlement;
import dev.x402.spi.SettlementStore;
import dev.x402.spi.Signed;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import java.lang.reflect.Method;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The mistakes that a settlement engine plausibly makes, each with the scene in which it costs money.
 *
 * <p>Where a {@link Mistake} is named, it is put back by a mistaken store, scheme or caller, and the test asserts that
 * the promise then breaks: in the same scene, or in one of the first seeds of the simulation ({@code #found}).
 */
class MistakesTest {
    private static final Duration TTL = Duration.ofSeconds(10);

    private final CounterRail rail = new CounterRail();
    private final ManualTime time = new ManualTime();
    private final InMemorySettlementStore store = new InMemorySettlementStore(time);

    /** Put back by a caller that claims before the engine is asked: the simulation finds forged payments stored. */
    @Test
    void row_01_verifies_before_claiming() {
        rail.verification = payment -> new Verification.Invalid(new ErrorCode("invalid_signature"), "forged", false);
        assertEquals("rejected: invalid_signature", settle("a"));

        rail.verification = new CounterRail().verification;
        assertEquals("settled: FINAL", settle("a"));
        assertFound(Mistake.CLAIMS_BEFORE_VERIFYING);
    }

    /** Put back by a caller that verifies first: the simulation finds money moved after a rejection. */
    @Test
    void row_02_looks_up_before_verifying() {
        assertEquals("settled: FINAL", settle("a"));

        rail.verification = payment -> new Verification.Invalid(new ErrorCode("nonce_used"), "used", true);
        assertEquals("settled: FINAL", settle("a"));
        assertFound(Mistake.VERIFIES_BEFORE_LOOKING_UP);
    }

    /** Put back by a store that leaves no tombstone, or one under the key alone: the simulation finds both. */
    @Test
    void row_03_leaves_a_tombstone_for_this_tenant_and_offer_only() {
        rail.verification = payment -> new Verification.Invalid(
                ErrorCode.INSUFFICIENT_FUNDS, "balance 0", payment.tenant().isEmpty());
        assertEquals("rejected: insufficient_funds", settle("a"));

        rail.verification = new CounterRail().verification;
        Payment other = CounterRail.payment("a");
        assertEquals("rejected: insufficient_funds", settle("a"));
        assertEquals(
                "settled: FINAL",
                CalmWorld.kind(settle(store, new Payment(other.payload(), other.requirements(), "other"))));
        assertFound(Mistake.LEAVES_NO_TOMBSTONE);
        assertFound(Mistake.TOMBSTONE_UNDER_KEY_ALONE);
    }

    /** Put back by a caller that rejects what could not be verified: the simulation finds a good payment burnt. */
    @Test
    void row_04_never_takes_an_unreachable_rail_for_an_invalid_payment() {
        rail.verification = payment -> {
            throw new RailUnavailableException("counter:1: connection refused");
        };
        assertEquals(
                new Settlement.Pending(Optional.empty(), false, Duration.ofSeconds(1)),
                settle(store, CounterRail.payment("a")));

        rail.verification = new CounterRail().verification;
        rail.preparation = signed -> {
            rail.preparation = same -> same;
            return new Declined(Map.of(
                    CounterRail.keyOf(CounterRail.payment("a")),
                    new Verification.Unavailable("busy", Duration.ofSeconds(2))));
        };
        assertEquals("settled: FINAL", settle("a"));
        assertFound(Mistake.UNAVAILABLE_IS_INVALID);
    }

    /** Put back by a scheme that looks for its last hash only: the same scene then rejects a paid payment. */
    @Test
    void row_05_counts_a_strangers_transaction_that_moved_the_money() {
        assertEquals("settled: FINAL of 1", frontRun(Mistake.NONE, "shop"));
        assertEquals("rejected: nonce_used of 1", frontRun(Mistake.LOOKS_AT_LAST_HASH_ONLY, "shop"));
    }

    /** Put back by a scheme that takes a used nonce for a payment: the same scene then serves for nothing. */
    @Test
    void row_06_does_not_count_a_nonce_that_the_payer_used_for_himself() {
        assertEquals("rejected: nonce_used of 0", frontRun(Mistake.NONE, "payer"));
        assertEquals("settled: FINAL of 0", frontRun(Mistake.USED_IS_SETTLED, "payer"));
    }

    /** Put back by a scheme that fails on a final revert: the same scene then rejects, and the money moves later. */
    @Test
    void row_07_a_final_revert_is_not_a_failure_while_the_authorisation_lives() {
        assertEquals(List.of("pending", "settled: FINAL"), revertThenLand(Mistake.NONE));
        assertEquals(
                List.of("rejected: insufficient_funds", "rejected: insufficient_funds"),
                revertThenLand(Mistake.REVERTED_IS_FAILED));
    }

    /** Put back by a store that closes a movement with its payment: the lane then has a gap for ever. */
    @Test
    void row_08_watches_a_movement_until_its_slot_is_used_up() {
        assertEquals(List.of("rejected: expired", "settled: FINAL"), expireThenPay(Mistake.NONE));
        assertEquals(List.of("rejected: expired", "pending"), expireThenPay(Mistake.CLOSES_ON_OUTCOME));
    }

    /** Put back by a bank's scheme that resends what it does not see yet: the same scene then debits twice. */
    @Test
    void row_09_resends_only_what_the_rail_recognises() {
        assertEquals(1, debits(Mistake.NONE));
        assertTrue(debits(Mistake.RESENDS_TO_BANK) > 1);
    }

    /** Put back by a scheme that never takes a new slot: the same scene then loses a good payment. */
    @Test
    void row_10_renews_the_attempt_of_a_living_payment() {
        assertEquals("settled: FINAL", foreignUse(Mistake.NONE));
        assertEquals("rejected: expired", foreignUse(Mistake.NEVER_RENEWS));
    }

    /** Put back by a store that counts numbers before it opens: the simulation finds a stuck lane. */
    @Test
    void row_11_signs_again_for_the_slot_that_a_crash_left_unsigned() {
        Payment payment = CounterRail.payment("a");
        PaymentKey key = CounterRail.keyOf(payment);
        try (Plugins plugins = plugins()) {
            store.claim(key, payment, new Binding(plugins).of(payment));
            store.open(List.of(key), Map.of(CounterRail.LANE, 0L), "killed", TTL);
            time.pause(TTL);
            engine(plugins, store).sweep();
        }
        assertEquals(List.of("prepare 0", "submit 0", "observe"), rail.calls);
        assertEquals(Set.of("tx0.0"), rail.references);
        settle("b");
        assertEquals(Set.of("tx0.0", "tx1.0"), rail.references);
        assertFound(Mistake.NUMBERS_OUTSIDE_TRANSACTION);
    }

    /** Put back by a store that loses the slot, or never fills it: the lane of the same scene then stands still. */
    @Test
    void row_12_gives_back_the_slot_of_a_declined_payment_and_fills_it() {
        assertEquals("settled: FINAL", declineBelow(Mistake.NONE));
        assertEquals("pending", declineBelow(Mistake.NEVER_FILLS_GAPS));
        assertFound(Mistake.LOSES_DECLINED_SLOT);
    }

    /** Put back by a store that forgets fences: the zombie's second attempt is then stored. */
    @Test
    void row_13_a_lost_lease_writes_nothing() {
        assertFalse(zombieSigns(Mistake.NONE));
        assertTrue(zombieSigns(Mistake.NO_FENCE));
    }

    /** Put back by a scheme that sends while it signs: the simulation finds money moved after a rejection. */
    @Test
    void row_14_sends_nothing_that_is_not_stored() {
        SettlementStore failing = new FaultyStore(store, new Faults(new Baton(), new Random(1), 0)) {
            @Override
            public boolean sign(Lease lease, int attempt, Signed signed) {
                throw new IllegalStateException("store: connection lost");
            }
        };
        assertEquals("pending", CalmWorld.kind(settle(failing, CounterRail.payment("a"))));
        assertTrue(rail.references.isEmpty());
        assertFound(Mistake.PERSIST_AFTER_SEND);
    }

    /** Put back by a rail that is answered when merely seen: the same scene then serves for what vanished. */
    @Test
    void row_15_does_not_answer_what_may_vanish() {
        assertEquals(List.of("pending", "rejected: expired"), vanish(Mistake.NONE));
        assertEquals(List.of("settled: SEEN", "rejected: expired"), vanish(Mistake.ANSWERS_WHEN_SEEN));
    }

    /** Put back by a bank's scheme that calls a debit final: the simulation finds a settled payment without money. */
    @Test
    void row_16_watches_a_settled_payment_until_it_is_final() {
        CalmWorld world = new CalmWorld(Mistake.NONE);
        List<String> answers = new ArrayList<>();
        world.play(() -> {
            Payment payment = world.bank.payment("a", "payer", 5, 0, "good", "");
            answers.add(CalmWorld.kind(world.settle(payment, 60)));
            world.bank.bank.giveBack("trace1.0");
            world.baton.rest(60_000);
            answers.add(CalmWorld.kind(world.settle(payment, 1)));
        });
        assertEquals(List.of("settled: SETTLED", "reversed: returned_by_bank"), answers);
        assertEquals(
                List.of("settled: SETTLED", "reversed: returned_by_bank"),
                world.events.stream().map(event -> CalmWorld.kind(event.now())).toList());
        assertFound(Mistake.CLOSES_ON_SETTLED);
    }

    /** Put back by a scheme that asks a stale node for the status and another for the height. */
    @Test
    void row_17_reads_height_before_status_at_one_node() {
        assertFound(Mistake.STATUS_BEFORE_HEIGHT);
    }

    /** Put back by a scheme whose key holds the signature's spelling: the simulation finds payments made twice. */
    @Test
    void row_18_the_key_is_the_schemes_and_pure() throws NoSuchMethodException {
        assertEquals(
                PaymentKey.class,
                PaymentScheme.class.getMethod("key", Payment.class).getReturnType());
        assertTrue(Stream.of(SchemeFacilitator.class.getMethods())
                .noneMatch(method -> method.getName().equals("key")));
        assertFound(Mistake.KEY_BY_SPELLING);
    }

    /** Put back by a caller that drops the tenant: the simulation finds one payment serving two tenants. */
    @Test
    void row_19_one_payment_serves_one_tenant() {
        Payment payment = CounterRail.payment("a");
        assertEquals("settled: FINAL", settle("a"));

        assertEquals(
                new Settlement.Rejected(
                        ErrorCode.DUPLICATE_SETTLEMENT,
                        "the same right to move money was used for a payment with another seller or other terms"),
                settle(store, new Payment(payment.payload(), payment.requirements(), "other")));
        assertFound(Mistake.BINDING_WITHOUT_TENANT);
    }

    /** Structural: a method that may do I/O has no deadline as soon as its last parameter is no instant. */
    @Test
    void row_20_every_method_that_may_do_io_has_a_deadline() {
        Map<Class<?>, List<String>> io = Map.of(
                SchemeFacilitator.class, List.of("verify", "confirmedNext", "prepare", "submit", "observe"),
                SchemeServer.class, List.of("complete"),
                Facilitator.class, List.of("supported", "verify", "settle"));
        io.forEach((type, names) -> {
            List<Method> methods = Arrays.stream(type.getDeclaredMethods())
                    .filter(method -> names.contains(method.getName()))
                    .toList();
            assertEquals(names.size(), methods.size());
            methods.forEach(method -> {
                Class<?>[] parameters = method.getParameterTypes();
                assertEquals(Instant.class, parameters[parameters.length - 1], method::toString);
            });
        });
    }

    /** Structural: a {@code close} that may throw does not compile at its callers. */
    @Test
    void row_21_closing_never_throws() throws NoSuchMethodException {
        for (Class<?> type :
                List.of(Facilitator.class, SchemeClient.class, SchemeServer.class, SchemeFacilitator.class)) {
            assertEquals(0, type.getMethod("close").getExceptionTypes().length, type::getName);
        }
    }

    /** The payer's authorisation is used by a stranger, in favour of somebody, before our transaction. */
    private static String frontRun(Mistake mistake, String to) {
        CalmWorld world = new CalmWorld(mistake);
        List<String> answer = new ArrayList<>();
        world.play(() -> {
            Payment payment = world.onNonces("a", 100);
            Terms terms = Terms.of(payment);
            world.baton.after(100, () -> {
                world.nonces.chain.forget();
                world.nonces.chain.stranger(
                        List.of(new Auth(terms.nonce(), terms.from(), to, terms.amount(), terms.validUntil())));
            });
            answer.add(CalmWorld.kind(world.settle(payment, 60)) + " of " + world.nonces.transfers(payment, "shop"));
        });
        return answer.get(0);
    }

    /** The payer has no money when our transaction comes, and has it again when a stranger's comes. */
    private static List<String> revertThenLand(Mistake mistake) {
        CalmWorld world = new CalmWorld(mistake);
        List<String> answers = new ArrayList<>();
        world.play(() -> {
            Payment payment = world.onNonces("a", 120);
            Terms terms = Terms.of(payment);
            world.baton.after(100, () -> world.nonces.chain.mint("payer", -100));
            answers.add(CalmWorld.kind(world.settle(payment, 40)));
            world.nonces.chain.mint("payer", 100);
            world.nonces.chain.stranger(
                    List.of(new Auth(terms.nonce(), terms.from(), terms.to(), terms.amount(), terms.validUntil())));
            answers.add(CalmWorld.kind(world.settle(payment, 60)));
            world.baton.rest(10_000);
            assertEquals(1, world.nonces.transfers(payment, "shop"));
        });
        return answers;
    }

    /** A transaction is dropped for so long that its payment expires; another payment follows in its lane. */
    private static List<String> expireThenPay(Mistake mistake) {
        CalmWorld world = new CalmWorld(mistake);
        List<String> answers = new ArrayList<>();
        world.nonces.lanes = 1;
        world.play(() -> {
            Payment first = world.onNonces("a", 20);
            world.nonces.chain.closed = true;
            world.baton.after(45_000, () -> world.nonces.chain.closed = false);
            world.baton.after(3_000, () -> world.nonces.chain.forget());
            answers.add(CalmWorld.kind(world.settle(first, 60)));
            world.nonces.chain.forget();
            answers.add(CalmWorld.kind(world.settle(world.onNonces("b", 100), 60)));
        });
        return answers;
    }

    private static int debits(Mistake mistake) {
        CalmWorld world = new CalmWorld(mistake);
        List<Integer> debits = new ArrayList<>();
        world.play(() -> {
            Payment payment = world.bank.payment("a", "payer", 5, 0, "good", "");
            world.settle(payment, 60);
            debits.add(world.bank.bank.debits(world.bank.key(payment).value()));
        });
        return debits.get(0);
    }

    /** Somebody uses the nonce of our transaction. */
    private static String foreignUse(Mistake mistake) {
        CalmWorld world = new CalmWorld(mistake);
        List<String> answer = new ArrayList<>();
        world.nonces.lanes = 1;
        world.play(() -> {
            world.baton.after(100, () -> world.nonces.chain.foreignUse(NonceScheme.SIGNERS.get(0)));
            answer.add(CalmWorld.kind(world.settle(world.onNonces("a", 60), 120)));
        });
        return answer.get(0);
    }

    /** Two payments are in the lane, and the lower is declined after the upper was sent. */
    private static String declineBelow(Mistake mistake) {
        CalmWorld world = new CalmWorld(mistake);
        List<String> answer = new ArrayList<>();
        world.nonces.lanes = 1;
        world.play(() -> {
            Payment lower = world.onNonces("a", 100);
            PaymentKey key = world.nonces.key(lower);
            world.store.claim(key, lower, "killed caller");
            Lease lease = world.store
                    .open(List.of(key), Map.of(world.nonces.lane(0), 0L), "killed", TTL)
                    .orElseThrow();
            world.baton.after(
                    5_000,
                    () -> world.store.decline(
                            lease, Map.of(key, new Settlement.Rejected(ErrorCode.INSUFFICIENT_FUNDS, "balance 0"))));
            answer.add(CalmWorld.kind(world.settle(world.onNonces("b", 100), 60)));
        });
        return answer.get(0);
    }

    /** A worker wakes after its lease lapsed and another worker has stored the attempt. */
    private boolean zombieSigns(Mistake mistake) {
        ManualTime clock = new ManualTime();
        SettlementStore leased = new MistakenStore(
                new InMemorySettlementStore(clock),
                new Faults(new Baton(), new Random(1), 0),
                mistake,
                new MistakenStore.Memory());
        Payment payment = CounterRail.payment("a");
        PaymentKey key = CounterRail.keyOf(payment);
        leased.claim(key, payment, "binding");
        Lease zombie = leased.open(List.of(key), Map.of(), "zombie", TTL).orElseThrow();
        clock.pause(TTL);
        Lease other = leased.lease(zombie.movement().id(), "other", TTL).orElseThrow();
        assertTrue(leased.sign(other, 0, ToyScheme.signed("trace0", "0")));
        return leased.sign(zombie, 1, ToyScheme.signed("trace1", "0"));
    }

    /** A transaction is seen in a block, the block vanishes, and the payment expires. */
    private static List<String> vanish(Mistake mistake) {
        CalmWorld world = new CalmWorld(mistake);
        List<String> answers = new ArrayList<>();
        world.play(() -> {
            Payment payment = world.onNonces("a", 14);
            world.baton.after(5_500, () -> {
                world.nonces.chain.reorganise(3);
                world.nonces.chain.forget();
                world.nonces.chain.closed = true;
            });
            answers.add(CalmWorld.kind(world.settle(payment, 5)));
            world.baton.after(20_000, () -> world.nonces.chain.closed = false);
            world.baton.rest(40_000);
            answers.add(CalmWorld.kind(world.settle(payment, 60)));
        });
        return answers;
    }

    private static void assertFound(Mistake mistake) {
        if (LongStream.rangeClosed(1, 250)
                .mapToObj(seed -> Simulation.run(seed, mistake, true))
                .noneMatch(Simulation.Result::isBroken)) {
            fail(mistake + ": expected a broken promise in 250 seeds, saw none");
        }
    }

    private String settle(String nonce) {
        return CalmWorld.kind(settle(store, CounterRail.payment(nonce)));
    }

    private Settlement settle(SettlementStore used, Payment payment) {
        try (Plugins plugins = plugins()) {
            return engine(plugins, used).settle(payment, time.instant().plusSeconds(10));
        }
    }

    private Plugins plugins() {
        return Plugins.builder().add(rail).clock(time).build();
    }

    private FacilitatorEngine engine(Plugins plugins, SettlementStore used) {
        return FacilitatorEngine.builder(plugins, used, FacilitatorPolicy.anyPayee(), "one")
                .clock(time)
                .pause(time)
                .build();
    }
}
