package dev.x402.scheme.exact.svm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.Verification;
import dev.x402.testbed.svm.SvmAccount;
import dev.x402.testbed.svm.SvmAccounts;
import dev.x402.testbed.svm.SvmFault;
import dev.x402.testbed.svm.SvmMint;
import dev.x402.testbed.svm.SvmNode;
import dev.x402.testbed.svm.SvmNodeExtension;
import java.math.BigInteger;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What only the chain can say against a payment, and what a node's word is worth. */
class VerificationOnChainTest {
    @RegisterExtension
    static final SvmNodeExtension NODE = new SvmNodeExtension();

    BentRpc rpc;
    World world = new World(NODE.node(), policy -> policy, straight -> rpc = new BentRpc(straight, 2));

    @AfterEach
    void stop() {
        NODE.node().chain().mend();
        world.close();
    }

    @Test
    void a_good_payment_is_valid_for_its_payer_and_takes_one_round_trip() {
        world.verify(world.pay(1));
        Payment payment = world.pay(10_000);
        int before = rpc.nodes.get(0).asked.size();
        assertEquals(new Verification.Valid(SvmAccounts.payer().address(), Json.Obj.EMPTY), world.verify(payment));
        assertEquals(
                List.of(List.of("simulateTransaction", "getMultipleAccounts", "getEpochInfo")),
                rpc.nodes.get(0).asked.subList(before, rpc.nodes.get(0).asked.size()));
    }

    @Test
    void a_payer_without_funds_is_refused() {
        Payment payment = world.pay(SvmAccounts.FUNDS.longValueExact() + 1);
        assertEquals(
                new Verification.Invalid(
                        ErrorCode.INSUFFICIENT_FUNDS,
                        "payer's balance: expected at least 1000000000001, saw 1000000000000",
                        true),
                world.verify(payment));
    }

    @Test
    void a_payer_whose_account_is_frozen_is_refused() {
        Payment payment = world.pay(10);
        world.dollar.freeze(SvmAccounts.payer().address());
        assertEquals(Codes.SIMULATION, refusal(payment).code());
    }

    @Test
    void a_payee_without_a_token_account_is_refused() {
        PaymentRequirements offer = PaymentRequirements.of(
                World.KIND,
                world.offer(10).amount(),
                SvmMint.USDC.address(),
                SvmAccounts.STRANGER.address(),
                60,
                world.offer(10).extraOrEmpty());
        assertEquals(
                new Verification.Invalid(
                        ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                        "payTo: expected a token account of the asset that takes payments, saw none; the payee makes it",
                        true),
                world.verify(world.pay(offer)));
    }

    @ParameterizedTest
    @CsvSource({
        "WITH_FEE, transfer fee",
        "WITH_HOOK, transfer hook",
        "WITH_DELEGATE, permanent delegate",
        "FROZEN_AT_FIRST, default account state",
        "NON_TRANSFERABLE, non-transferable",
        "PAUSABLE, pausable"
    })
    void a_mint_of_which_not_all_arrives_or_stays_is_refused(String field, String extension) throws Exception {
        SvmMint mint = (SvmMint) SvmMint.class.getField(field).get(null);
        Payment payment = world.pay(world.offer(10, mint));
        assertEquals(
                new Verification.Invalid(
                        Codes.MINT_EXTENSION,
                        "asset: expected a mint of which all arrives and stays, saw the extension " + extension,
                        true),
                world.verify(payment));
    }

    @Test
    void what_the_chain_alone_has_against_a_payment_is_asked_of_it() {
        ChainForgeries.of(world.pay(10), World.key(SvmAccounts.payer())).forEach((how, forged) -> {
            int asked = rpc.nodes.get(0).asked.size();
            assertInstanceOf(Verification.Invalid.class, world.verify(forged), how);
            assertTrue(rpc.nodes.get(0).asked.size() > asked, how);
        });
    }

    @Test
    void a_mint_of_the_newer_program_without_extensions_is_valid() {
        assertInstanceOf(Verification.Valid.class, world.verify(world.pay(world.offer(10, SvmMint.DOLLAR_2022))));
    }

    @Test
    void a_blockhash_that_ended_is_refused_after_every_node_was_asked() {
        world.chain.slotsByHand();
        Payment payment = world.pay(10);
        world.chain.advance(160);
        assertEquals(
                new Verification.Invalid(
                        Codes.BLOCKHASH,
                        "payload.transaction: expected a recent blockhash, saw one that is not known",
                        true),
                world.verify(payment));
        assertEquals(
                1,
                rpc.nodes.get(1).asked.stream()
                        .filter(batch -> batch.contains("getGenesisHash"))
                        .count());
    }

    @Test
    void a_blockhash_that_nobody_ever_saw_is_refused() {
        Payment payment = world.pay(world.offer(10)
                .withExtra(world.offer(10).extraOrEmpty().with("recentBlockhash", Offline.BLOCKHASH.toString())));
        assertEquals(Codes.BLOCKHASH, refusal(payment).code());
    }

    @Test
    void a_blockhash_that_is_newer_than_what_is_confirmed_is_known_all_the_same() {
        world.chain.slotsByHand();
        world.chain.advance();
        Payment payment = world.pay(world.offer(10)
                .withExtra(world.offer(10).extraOrEmpty().with("recentBlockhash", world.chain.blockhash())));
        assertInstanceOf(Verification.Valid.class, world.verify(payment));
    }

    @Test
    void a_transaction_that_landed_is_refused() {
        Payment payment = world.pay(10);
        world.trip(payment).send();
        assertEquals(
                new Verification.Invalid(ErrorCode.DUPLICATE_SETTLEMENT, "payload.transaction: landed before", true),
                world.verify(payment));
    }

    @Test
    void a_node_of_another_cluster_is_never_believed() {
        String mainnet = "5eykt4UsFv8P8NJdTREpY1vzqKqZKvdpKuc147dw2N9d";
        try (SvmNode other = SvmNode.start(mainnet);
                World wrong = new World(other)) {
            Verification.Unavailable unavailable =
                    assertInstanceOf(Verification.Unavailable.class, wrong.verify(world.pay(10)));
            assertTrue(
                    unavailable
                            .message()
                            .endsWith("expected a genesis hash that begins with EtWTRABZaYq6iMfeYKouRu166VU2xqa1,"
                                    + " saw another; correct the address of the node"),
                    unavailable.message());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LOST_REQUEST", "LOST_ANSWER", "UNAVAILABLE", "TOO_MANY", "GARBAGE", "BEHIND"})
    void a_node_that_fails_leaves_the_payment_open(String fault) {
        Payment payment = world.pay(10);
        world.chain.fail("*", SvmFault.valueOf(fault), 100);
        assertInstanceOf(Verification.Unavailable.class, world.verify(payment));
        world.chain.mend();
        assertInstanceOf(Verification.Valid.class, world.verify(payment));
    }

    @Test
    void a_node_that_never_answers_leaves_the_payment_open_before_the_deadline() {
        Payment payment = world.pay(10);
        world.chain.fail("simulateTransaction", SvmFault.SILENCE, 100);
        assertInstanceOf(
                Verification.Unavailable.class,
                world.facilitator.verify(payment, world.clock.instant().plus(Duration.ofMillis(600))));
    }

    @Test
    void a_node_that_is_down_is_passed_over() {
        Payment payment = world.pay(10);
        rpc.nodes.get(0).down = true;
        assertInstanceOf(Verification.Valid.class, world.verify(payment));
    }

    @Test
    void nonsense_of_a_node_is_never_a_yes() {
        Payment payment = world.pay(10);
        rpc.nodes.get(1).down = true;
        Json context = Json.Obj.EMPTY.with("slot", Json.Num.of(400_000_100));
        for (Json nonsense : List.of(
                Json.Null.NULL,
                Json.of(true),
                Json.Obj.EMPTY,
                Json.Obj.EMPTY.with("context", context).with("value", Json.Null.NULL),
                Json.Obj.EMPTY.with("context", context).with("value", Json.Obj.EMPTY),
                Json.Obj.EMPTY.with("value", Json.Obj.EMPTY.with("err", Json.Null.NULL)))) {
            rpc.nodes.get(0).says("simulateTransaction", nonsense);
            assertInstanceOf(Verification.Unavailable.class, world.verify(payment), nonsense.toString());
        }
    }

    @Test
    void an_error_of_the_cluster_that_passes_leaves_the_payment_open() {
        Payment payment = world.pay(10);
        simulationSays(Json.of("AccountInUse"));
        assertEquals(
                new Verification.Unavailable("the cluster is too busy (AccountInUse)", Duration.ofSeconds(5)),
                world.verify(payment));
    }

    @Test
    void an_error_of_the_transaction_is_told_in_printable_words() {
        Payment payment = world.pay(10);
        simulationSays(instructionError(Json.of("Bad\u0007\u00e9")));
        assertEquals(
                "the cluster refused the transaction: instruction 4, Bad??",
                refusal(payment).message());
        simulationSays(instructionError(Json.Obj.EMPTY.with("Custom", Json.Num.of(6_001))));
        assertEquals(
                "the cluster refused the transaction: instruction 4, Custom 6001",
                refusal(payment).message());
    }

    @Test
    void fee_payers_are_offered_in_turn() {
        world.close();
        world = new World(NODE.node(), policy -> SvmSettlementPolicy.of(World.NETWORK, World.feePayers()));
        assertEquals(SvmAccounts.FEE_PAYERS.stream().map(SvmAccount::address).toList(), offered(4));
        assertEquals(
                SvmAccounts.FEE_PAYERS.stream().map(SvmAccount::address).toList(),
                world.facilitator.signers(World.NETWORK));
    }

    @Test
    void a_dry_fee_payer_is_not_offered_until_it_is_filled() {
        world.close();
        world = new World(NODE.node(), policy -> SvmSettlementPolicy.of(World.NETWORK, World.feePayers()));
        String dry = SvmAccounts.FEE_PAYERS.get(1).address();
        world.chain.setBalance(dry, BigInteger.valueOf(9_999_999));
        Set<String> without = new HashSet<>(offered(9));
        world.chain.setBalance(dry, BigInteger.valueOf(10_000_000));
        world.clock.advance(Duration.ofSeconds(31));
        Set<String> with = new HashSet<>(offered(9));
        assertEquals(
                SvmAccounts.FEE_PAYERS.stream()
                        .map(SvmAccount::address)
                        .filter(address -> !address.equals(dry))
                        .collect(Collectors.toSet()),
                without);
        assertTrue(with.contains(dry), with.toString());
    }

    @Test
    void a_fee_payer_that_dries_up_in_work_is_noticed_by_the_next_payment() {
        world.close();
        world = new World(NODE.node(), policy -> SvmSettlementPolicy.of(World.NETWORK, World.feePayers()));
        Payment payment = world.pay(10);
        String dry = SvmAccounts.FEE_PAYERS.get(3).address();
        world.chain.setBalance(dry, BigInteger.ZERO);
        world.verify(payment);
        assertTrue(!offered(9).contains(dry), "the dry one is offered");
    }

    @Test
    void a_payment_of_a_dry_fee_payer_is_left_open() {
        Payment payment = world.pay(10);
        world.chain.setBalance(SvmAccounts.feePayer().address(), BigInteger.ZERO);
        assertEquals(
                new Verification.Unavailable(
                        "the fee payer " + SvmAccounts.feePayer() + " has 0 lamports, too little for the fee; fund it",
                        Duration.ofSeconds(5)),
                world.verify(payment));
    }

    private void simulationSays(Json error) {
        rpc.nodes.forEach(node -> node.says(
                "simulateTransaction",
                Json.Obj.EMPTY
                        .with("context", Json.Obj.EMPTY.with("slot", Json.Num.of(world.chain.slot())))
                        .with("value", Json.Obj.EMPTY.with("err", error))));
    }

    private static Json instructionError(Json why) {
        return Json.Obj.EMPTY.with("InstructionError", new Json.Arr(List.of(Json.Num.of(3), why)));
    }

    private List<String> offered(int times) {
        return IntStream.range(0, times)
                .mapToObj(i -> world.facilitator
                        .kind(World.NETWORK)
                        .extra()
                        .text("feePayer")
                        .orElseThrow())
                .toList();
    }

    private Verification.Invalid refusal(Payment payment) {
        return assertInstanceOf(Verification.Invalid.class, world.verify(payment));
    }
}
