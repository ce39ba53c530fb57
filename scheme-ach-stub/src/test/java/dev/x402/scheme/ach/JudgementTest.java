package dev.x402.scheme.ach;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.x402.scheme.ach.AchGateway.Answer;
import dev.x402.scheme.ach.AchGateway.Speed;
import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.Payment;
import dev.x402.spi.Settlement;
import dev.x402.spi.Verification;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is refused before money is asked for, with the field and the reason. */
class JudgementTest {
    private static final ErrorCode FOREIGN = new ErrorCode("ach_mandate_foreign");

    private final World world = new World("2026-11-23T10:00");

    JudgementTest() {
        world.bank.deposit(world.payer, 1_000_00);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void an_honest_payment_is_valid_and_names_the_token() {
        assertEquals(
                new Verification.Valid(world.payer, Json.Obj.EMPTY), world.verify(world.pay(1_000, Funding.DEBIT)));
    }

    @Test
    void euros_are_refused() {
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "asset: expected USD on ach:us, saw another",
                asked(world.pay(1_000, Funding.DEBIT), "asset", "EUR"));
    }

    @Test
    void a_token_of_a_chain_is_no_dollar_here() {
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "asset: expected USD on ach:us, saw another",
                asked(world.pay(1_000, Funding.DEBIT), "asset", "0x833589fCD6eDb6E08f4c7C32D4f71b54bdA02913"));
    }

    @Test
    void three_decimals_are_refused_and_never_rounded() {
        Asset dollar = new AchAssets().assets().iterator().next();

        assertEquals(AtomicAmount.of(1_234), dollar.toAtomic(new BigDecimal("12.34")));
        assertEquals(
                "amount of USD: expected at most 2 decimals, saw 3",
                assertThrows(ArithmeticException.class, () -> dollar.toAtomic(new BigDecimal("12.345")))
                        .getMessage());
        assertEquals(
                "/amount: expected a string of decimal digits such as \"10000\", saw \"12.345\"",
                assertThrows(
                                MalformedMessageException.class,
                                () -> asked(world.pay(1_000, Funding.DEBIT), "amount", "12.345"))
                        .getMessage());
    }

    @Test
    void nothing_is_no_amount() {
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "amount: expected 1 to 9999999999 cents, saw 0",
                asked(world.pay(1_000, Funding.DEBIT), "amount", "0"));
    }

    @Test
    void eleven_digits_of_cents_are_refused() {
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "amount: expected 1 to 9999999999 cents, saw more",
                asked(world.pay(1_000, Funding.DEBIT), "amount", "10000000000"));
    }

    @Test
    void eleven_digits_in_the_payload_are_refused_with_their_place() {
        refused(
                ErrorCode.INVALID_PAYLOAD,
                "/payload/authorization/amount: expected cents, 1 to 9999999999, saw a string of 11 characters",
                signed(world.pay(1_000, Funding.DEBIT), "amount", "10000000000"));
    }

    @Test
    void an_account_number_is_no_payee() {
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "payTo: expected a role such as merchant or an account token such as acct_…, saw another text",
                asked(world.pay(1_000, Funding.DEBIT), "payTo", "021000021/12345678"));
    }

    @Test
    void more_than_the_same_day_takes_is_refused_and_not_sent_the_next_day() {
        try (World sameDay = new World(
                "2026-11-23T10:00",
                builder -> builder.sameDayLimit(5_000),
                mandate -> mandate,
                AccountKind.CONSUMER_CHECKING,
                Speed.SAME_DAY)) {
            assertEquals(
                    new Verification.Invalid(
                            new ErrorCode("ach_amount_over_limit"),
                            "payload.authorization.amount: expected at most 5000 cents, which is the limit of SAME_DAY,"
                                    + " saw 5001",
                            true),
                    sameDay.verify(sameDay.pay(5_001, Funding.DEBIT)));
            assertInstanceOf(Verification.Valid.class, sameDay.verify(sameDay.pay(5_000, Funding.DEBIT)));
        }
    }

    @Test
    void a_mandate_that_has_ended_is_refused() {
        world.clock.pass(Duration.ofDays(365).minusSeconds(1));
        Payment payment = world.pay(1_000, Funding.DEBIT);
        world.clock.pass(Duration.ofSeconds(1));

        refusedAfterSigning(
                new ErrorCode("ach_mandate_expired"),
                "payload.authorization.mandate: expected one in force, saw one that has ended",
                payment);
    }

    @Test
    void a_payment_that_has_ended_is_refused() {
        Payment payment = world.pay(1_000, Funding.DEBIT);
        world.clock.pass(Duration.ofSeconds(600));

        refused(
                new ErrorCode("invalid_exact_ach_payload_valid_until"),
                "payload.authorization.validUntil: expected a time after now, saw an earlier one",
                payment);
    }

    @Test
    void a_mandate_that_nobody_enrolled_is_refused() {
        refused(
                new ErrorCode("ach_mandate_unknown"),
                "payload.authorization.mandate: expected one that was enrolled here, saw another",
                signed(world.pay(1_000, Funding.DEBIT), "mandate", "mdt_0000000000000002"));
    }

    @Test
    void a_signature_of_another_key_is_refused() {
        Payment payment = world.pay(1_000, Funding.DEBIT);
        SignedAuthorization honest = SignedAuthorization.of(payment);
        LocalAchWallet thief = LocalAchWallet.generate(new java.security.SecureRandom());
        SignedAuthorization forged = new SignedAuthorization(
                honest.authorization(), thief.sign(honest.authorization().toBytes()));

        refused(
                new ErrorCode("invalid_exact_ach_payload_signature"),
                "payload.signature: expected one of the mandate's key over these terms, saw another",
                with(payment, forged.toJson()));
    }

    @Test
    void another_originator_is_refused() {
        refused(
                FOREIGN,
                "payload.authorization.originator: expected X402TEST01, saw another",
                signed(world.pay(1_000, Funding.DEBIT), "originator", "SOMEBODY00"));
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "extra.originator: expected X402TEST01, saw another",
                extra(world.pay(1_000, Funding.DEBIT), Ach.ORIGINATOR, "SOMEBODY00"));
    }

    @Test
    void a_mandate_for_one_shop_pays_no_other() {
        Payment payment = world.pay(1_000, Funding.DEBIT);
        Authorization honest = SignedAuthorization.of(payment).authorization();
        Authorization elsewhere = new Authorization(
                honest.mandate(),
                honest.account(),
                honest.originator(),
                "other-shop",
                honest.cents(),
                honest.funding(),
                honest.nonce(),
                honest.validUntil());
        SignedAuthorization signed = new SignedAuthorization(elsewhere, world.wallet.sign(elsewhere.toBytes()));

        refusedAfterSigning(
                FOREIGN,
                "payload.authorization.mandate: expected one for this originator and payee, saw one for others",
                with(asked(payment, "payTo", "other-shop"), signed.toJson()));
    }

    @Test
    void a_mandate_for_one_tenant_s_shop_pays_no_other_tenant() {
        Payment payment = world.pay(1_000, Funding.DEBIT);

        refusedAfterSigning(
                FOREIGN,
                "payload.authorization.mandate: expected one for this originator and payee, saw one for others",
                new Payment(payment.payload(), payment.requirements(), "tenant-2"));
    }

    @Test
    void a_token_that_somebody_learnt_pays_under_no_other_mandate() {
        LocalAchWallet thief = LocalAchWallet.generate(new java.security.SecureRandom());
        String own = world.bank.open(
                new dev.x402.scheme.ach.bank.BankAccount("021000021", "66666", AccountKind.CONSUMER_CHECKING));
        Mandate model = world.mandate("merchant", "mdt_0000000000000066");
        Mandate his = new Mandate(
                model.id(),
                model.originator(),
                model.merchant(),
                own,
                thief.key(),
                model.sec(),
                model.scope(),
                model.maximum(),
                model.period(),
                model.from(),
                model.until());
        assertEquals(new Answer.Taken(), world.book.enrol("", thief.agree(his)));
        Payment payment = world.pay(1_000, Funding.DEBIT);
        Authorization honest = SignedAuthorization.of(payment).authorization();
        Authorization stolen = new Authorization(
                his.id(),
                world.payer,
                honest.originator(),
                honest.payTo(),
                honest.cents(),
                honest.funding(),
                honest.nonce(),
                honest.validUntil());

        refusedAfterSigning(
                FOREIGN,
                "payload.authorization.account: expected the account of the mandate, saw another",
                with(payment, new SignedAuthorization(stolen, thief.sign(stolen.toBytes())).toJson()));
    }

    @Test
    void a_payee_that_the_tenant_does_not_have_is_refused() {
        refused(
                ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                "payTo: expected a payee of this tenant, saw another; have the operator add it",
                new Payment(world.pay(1_000, Funding.DEBIT).payload(), world.offer(1_000, Funding.DEBIT), "tenant-3"));
    }

    @Test
    void a_payee_can_be_named_by_its_token() {
        world.book.enrol("", world.wallet.agree(world.mandate(world.shop, "mdt_0000000000000003")));
        PaymentRequirements offer =
                asked(world.pay(1_000, Funding.DEBIT), "payTo", world.shop).requirements();

        assertInstanceOf(Verification.Valid.class, world.verify(world.pay(offer)));
    }

    @Test
    void a_revoked_mandate_is_refused_and_its_history_stays() {
        Payment before = world.pay(1_000, Funding.DEBIT);
        world.settle(before);
        world.book.revoke(World.MANDATE, world.clock.instant());

        refusedAfterSigning(
                new ErrorCode("ach_mandate_revoked"),
                "payload.authorization.mandate: expected one in force, saw one that was revoked",
                world.pay(1_000, Funding.DEBIT));
        assertEquals(
                world.clock.instant(),
                world.book.find(World.MANDATE).orElseThrow().revoked().orElseThrow());
        world.until("2026-11-24T08:30");
        assertInstanceOf(Settlement.Settled.class, world.settle(before));
    }

    @Test
    void more_than_is_left_of_the_mandate_is_refused() {
        world.settle(world.pay(9_000, Funding.DEBIT));

        refusedAfterSigning(
                new ErrorCode("ach_mandate_exceeded"),
                "payload.authorization.amount: expected at most the 1000 cents that are left of the mandate, saw 1001",
                world.pay(1_001, Funding.DEBIT));
    }

    @Test
    void a_single_mandate_pays_once() {
        try (World once = new World(
                "2026-11-23T10:00",
                builder -> builder,
                JudgementTest::single,
                AccountKind.CONSUMER_CHECKING,
                Speed.NEXT_DAY)) {
            once.bank.deposit(once.payer, 10_000);
            once.settle(once.pay(100, Funding.DEBIT));

            assertEquals(
                    new Verification.Invalid(
                            new ErrorCode("ach_mandate_exceeded"),
                            "payload.authorization.amount: expected at most the 0 cents that are left of the mandate,"
                                    + " saw 100",
                            true),
                    once.verify(once.pay(100, Funding.DEBIT)));
        }
    }

    @Test
    void a_company_s_account_is_not_debited_as_a_person_s_nor_the_other_way_round() {
        try (World company = new World(
                "2026-11-23T10:00",
                builder -> builder,
                mandate -> mandate,
                AccountKind.CORPORATE_CHECKING,
                Speed.NEXT_DAY)) {
            assertEquals(
                    new Verification.Invalid(
                            new ErrorCode("ach_sec_account_mismatch"),
                            "payload.authorization.mandate: expected one whose SEC code is for a company's account, saw"
                                    + " WEB",
                            true),
                    company.verify(company.pay(1_000, Funding.DEBIT)));
        }
        try (World person = new World(
                "2026-11-23T10:00",
                builder -> builder,
                JudgementTest::corporate,
                AccountKind.CONSUMER_SAVINGS,
                Speed.NEXT_DAY)) {
            assertEquals(
                    new Verification.Invalid(
                            new ErrorCode("ach_sec_account_mismatch"),
                            "payload.authorization.mandate: expected one whose SEC code is for a person's account, saw"
                                    + " CCD",
                            true),
                    person.verify(person.pay(1_000, Funding.DEBIT)));
        }
    }

    @Test
    void prefunded_money_that_is_used_up_is_refused_in_verifying() {
        world.bank.prefund(world.payer, 1_500);
        world.settle(world.pay(1_000, Funding.PREFUNDED));

        refusedAfterSigning(
                ErrorCode.INSUFFICIENT_FUNDS,
                "payload.authorization.amount: expected at most what is prefunded, saw 501 cents",
                world.pay(501, Funding.PREFUNDED));
        assertInstanceOf(Verification.Valid.class, world.verify(world.pay(500, Funding.PREFUNDED)));
    }

    @Test
    void more_than_is_guaranteed_is_refused() {
        world.bank.endow(4_000);
        refusedAfterSigning(
                new ErrorCode("ach_guarantee_exceeded"),
                "payload.authorization.amount: expected at most what the bank guarantees now, saw 4001 cents",
                world.pay(4_001, Funding.GUARANTEED));
        assertEquals(
                "amount: expected at most what the facilitator guarantees, saw more; offer prefunded or debit",
                assertThrows(IllegalArgumentException.class, () -> world.offer(5_001, Funding.GUARANTEED))
                        .getMessage());
    }

    @Test
    void a_payer_cannot_choose_another_funding_than_was_offered() {
        Payment payment = world.pay(1_000, Funding.DEBIT);

        refused(
                new ErrorCode("invalid_exact_ach_payload_funding_mismatch"),
                "payload.authorization.funding: expected prefunded, saw another",
                extra(payment, Ach.FUNDING, "prefunded"));
    }

    @Test
    void a_seller_cannot_turn_a_debit_into_prefunded_money() {
        Payment debit = signed(world.pay(1_000, Funding.DEBIT), Ach.FUNDING, "prefunded");

        refused(
                new ErrorCode("invalid_exact_ach_payload_signature"),
                "payload.signature: expected one of the mandate's key over these terms, saw another",
                extra(debit, Ach.FUNDING, "prefunded"));
    }

    @Test
    void the_key_is_originator_mandate_and_nonce() {
        Payment payment = world.pay(1_000, Funding.DEBIT);
        String nonce = payment.payload()
                .payloadCursor()
                .member("authorization")
                .member("nonce")
                .text();

        assertEquals(
                "ach:us/X402TEST01/mdt_0000000000000001/" + nonce,
                new ExactAchScheme().key(payment).value());
    }

    @Test
    void a_settled_nonce_is_used() {
        Payment payment = world.pay(1_000, Funding.DEBIT);
        world.settle(payment);

        assertEquals(
                new Verification.Invalid(
                        new ErrorCode("invalid_exact_ach_nonce_already_used"),
                        "payload.authorization.nonce: expected a new one, saw one that was used",
                        true),
                world.plugins.facilitator(Ach.KIND).verify(payment, world.soon()));
        assertEquals(Set.of(new ErrorCode("invalid_exact_ach_nonce_already_used")), new ExactAchScheme().spent());
    }

    @Test
    void a_used_nonce_with_other_terms_is_refused_and_moves_nothing() {
        Payment payment = world.pay(1_000, Funding.DEBIT);
        world.settle(payment);
        Authorization honest = SignedAuthorization.of(payment).authorization();
        Authorization other = new Authorization(
                honest.mandate(),
                honest.account(),
                honest.originator(),
                honest.payTo(),
                2_000,
                honest.funding(),
                honest.nonce(),
                honest.validUntil());
        Payment dearer = with(
                asked(payment, "amount", "2000"),
                new SignedAuthorization(other, world.wallet.sign(other.toBytes())).toJson());

        assertEquals(
                new Settlement.Rejected(
                        ErrorCode.DUPLICATE_SETTLEMENT,
                        "the same right to move money was used for a payment with another seller or other terms"),
                world.settle(dearer));
        world.until("2026-11-24T08:30");
        assertEquals(1_000, world.bank.balance(world.shop));
    }

    @Test
    void a_mandate_with_a_sec_code_that_is_not_served_is_malformed() {
        Json.Obj json = world.mandate("merchant", World.MANDATE).toJson().with("sec", "XYZ");

        assertEquals(
                "/mandate/sec: expected one of [WEB, PPD, TEL, CCD], saw \"XYZ\"",
                assertThrows(MalformedMessageException.class, () -> Mandate.parse(JsonCursor.at("/mandate", json)))
                        .getMessage());
    }

    @Test
    void a_mandate_is_read_as_it_was_written() {
        SignedMandate signed = world.wallet.agree(world.mandate("merchant", "mdt_0000000000000009"));

        assertEquals(signed, SignedMandate.parse(JsonCursor.at("", signed.toJson())));
    }

    @Test
    void a_mandate_that_its_key_did_not_sign_is_not_enrolled() {
        SignedMandate signed = world.wallet.agree(world.mandate("merchant", "mdt_0000000000000009"));
        SignedMandate forged = new SignedMandate(world.mandate("merchant", "mdt_0000000000000010"), signed.signature());

        assertEquals(
                new Answer.Refused(
                        new ErrorCode("invalid_exact_ach_payload_signature"),
                        "signature: expected one of the mandate's key over the mandate, saw another"),
                world.book.enrol("", forged));
    }

    @Test
    void an_id_is_not_enrolled_for_another_mandate() {
        SignedMandate other = world.wallet.agree(world.mandate("other-shop", World.MANDATE));

        assertEquals(
                new Answer.Refused(
                        ErrorCode.INVALID_PAYLOAD, "mandate.id: expected a new one, saw that of another mandate"),
                world.book.enrol("", other));
    }

    private static Mandate single(Mandate of) {
        return new Mandate(
                of.id(),
                of.originator(),
                of.merchant(),
                of.account(),
                of.key(),
                of.sec(),
                Mandate.Scope.SINGLE,
                of.maximum(),
                of.period(),
                of.from(),
                of.until());
    }

    private static Mandate corporate(Mandate of) {
        return new Mandate(
                of.id(),
                of.originator(),
                of.merchant(),
                of.account(),
                of.key(),
                SecCode.CCD,
                of.scope(),
                of.maximum(),
                of.period(),
                of.from(),
                of.until());
    }

    private void refused(ErrorCode code, String message, Payment payment) {
        assertEquals(
                new Verification.Invalid(code, message, false),
                world.facilitator().verify(payment, world.soon()));
    }

    private void refusedAfterSigning(ErrorCode code, String message, Payment payment) {
        assertEquals(
                new Verification.Invalid(code, message, true),
                world.facilitator().verify(payment, world.soon()));
    }

    private static Payment with(Payment payment, Json.Obj proof) {
        return new Payment(
                PaymentPayload.of(null, payment.payload().accepted(), proof), payment.requirements(), payment.tenant());
    }

    /** The payment with another member in what was signed, and the old signature. */
    private static Payment signed(Payment payment, String member, String text) {
        Json.Obj proof = payment.payload().payload();
        Json.Obj authorization = (Json.Obj) proof.find("authorization").orElseThrow();
        return with(payment, proof.with("authorization", authorization.with(member, text)));
    }

    /** The payment shown to a seller who asks this. */
    private static Payment asked(Payment payment, String member, String text) {
        Json.Obj wire = (Json.Obj) Codec.PAYMENT_REQUIREMENTS.json(payment.requirements());
        PaymentRequirements other = Codec.PAYMENT_REQUIREMENTS.of(wire.with(member, text));
        return Payment.of(PaymentPayload.of(null, other, payment.payload().payload()), other);
    }

    private static Payment extra(Payment payment, String member, String text) {
        PaymentRequirements offer = payment.requirements();
        PaymentRequirements other = offer.withExtra(offer.extraOrEmpty().with(member, text));
        return Payment.of(PaymentPayload.of(null, other, payment.payload().payload()), other);
    }
}
