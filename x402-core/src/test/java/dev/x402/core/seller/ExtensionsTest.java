package dev.x402.core.seller;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.x402.core.market.Coin;
import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spec.SettleResponse;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.Settlement;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What extensions may do at the gate: declare, be echoed, contribute. */
class ExtensionsTest {
    private static final Json.Obj LABEL =
            info(Json.Obj.EMPTY.with("label", "blue").with("nonce", "7"));

    private static final class Label implements PaymentExtension, PaymentExtension.ServerSide {
        private boolean fails;
        private boolean broken;

        @Override
        public String key() {
            return "label";
        }

        @Override
        public Optional<PaymentExtension.ServerSide> server(PaymentExtension.Context context) {
            return Optional.of(this);
        }

        @Override
        public Set<String> dynamicInfo() {
            return Set.of("nonce");
        }

        @Override
        public Optional<Json> declare(PaymentExtension.Visit visit, List<PaymentRequirements> offers) {
            if (fails) {
                throw new IllegalStateException("no label today");
            }
            return Optional.of(LABEL);
        }

        @Override
        public Optional<Json> contribute(Payment payment, Json echoed, Settlement now) {
            if (fails) {
                throw new IllegalStateException("no label today");
            }
            if (broken) {
                throw new NoClassDefFoundError("no label library");
            }
            return Optional.of(Json.of(now instanceof Settlement.Settled));
        }
    }

    private final Label label = new Label();
    private final Shop shop = new Shop(
            gate -> gate.route(PricedRoute.builder("report")
                    .way(Shop.way().build())
                    .extensions(Json.Obj.EMPTY.with("fixed", Json.of("said")))
                    .build()),
            List.of(label),
            null);

    @AfterEach
    void close() {
        shop.close();
    }

    private static Json.Obj info(Json.Obj members) {
        return Json.Obj.EMPTY.with("info", members).with("schema", "not compared");
    }

    private static Json.Obj declared() {
        return Json.Obj.EMPTY.with("fixed", Json.of("said")).with("label", LABEL);
    }

    private static ResourceRequest echoing(Json.Obj extensions) {
        PaymentPayload plain = Coin.payment(Shop.OFFER, "1");
        return Shop.paid(new PaymentPayload(null, Shop.OFFER, plain.payload(), extensions, Json.Obj.EMPTY));
    }

    private void mismatches(String key, Json.Obj echoed) {
        PaymentRequired challenge = new PaymentRequired(
                "extension_echo_mismatch", ResourceInfo.of(Shop.URL), List.of(Shop.OFFER), declared(), Json.Obj.EMPTY);
        assertEquals(
                new Decision.Reject(
                        Decision.Refusal.MALFORMED,
                        ErrorCode.EXTENSION_ECHO_MISMATCH,
                        "extensions/" + key + ": expected what the challenge declared, saw something else",
                        Optional.of(challenge),
                        Optional.empty()),
                shop.gate.decide(echoing(echoed)));
        assertEquals(List.of("supported"), shop.bank.asked);
        shop.admitted(Shop.paid("1"));
    }

    @Test
    void the_challenge_declares_the_routes_and_the_plugins() {
        assertEquals(
                declared(),
                ((Decision.Challenge) shop.gate.decide(Shop.request()))
                        .required()
                        .extensions());
    }

    @Test
    void an_extension_that_fails_to_declare_leaves_the_challenge_without_it() {
        label.fails = true;
        assertEquals(
                Json.Obj.EMPTY.with("fixed", Json.of("said")),
                ((Decision.Challenge) shop.gate.decide(Shop.request()))
                        .required()
                        .extensions());
    }

    @Test
    void a_payment_is_asked_to_come_again_while_an_extension_fails_to_declare_itself() {
        label.fails = true;
        Decision.RetryLater later = (Decision.RetryLater) shop.gate.decide(Shop.paid("1"));
        assertEquals(Decision.Wait.UNAVAILABLE, later.why());
        assertEquals(List.of("supported"), shop.bank.asked);
        label.fails = false;
        shop.admitted(Shop.paid("1"));
    }

    @Test
    void a_whole_echo_is_admitted() {
        shop.admitted(echoing(declared()));
    }

    @Test
    void an_echo_without_one_of_the_keys_is_admitted() {
        shop.admitted(echoing(Json.Obj.EMPTY.with("fixed", Json.of("said"))));
    }

    @Test
    void members_that_the_payer_adds_are_admitted() {
        shop.admitted(echoing(Json.Obj.EMPTY
                .with("label", info(Json.Obj.EMPTY.with("label", "blue").with("more", "mine")))
                .with("own", Json.of(1))));
    }

    @Test
    void dynamic_members_are_not_compared() {
        shop.admitted(echoing(Json.Obj.EMPTY.with(
                "label", info(Json.Obj.EMPTY.with("label", "blue").with("nonce", "8")))));
    }

    @Test
    void a_changed_member_is_a_mismatch() {
        mismatches("label", Json.Obj.EMPTY.with("label", info(Json.Obj.EMPTY.with("label", "red"))));
    }

    @Test
    void a_changed_value_without_info_is_a_mismatch() {
        mismatches("fixed", Json.Obj.EMPTY.with("fixed", Json.of("unsaid")));
    }

    @Test
    void an_echoed_extension_contributes_to_the_receipt() {
        Completion.Release release =
                (Completion.Release) shop.admitted(echoing(declared())).finish(Shop.bytes("report"));
        assertEquals(
                Json.Obj.EMPTY.with("label", Json.of(true)), release.receipt().extensions());
    }

    @Test
    void an_extension_that_was_not_echoed_contributes_nothing() {
        assertEquals(new Completion.Release(Shop.receipt("1")), shop.bought(Shop.paid("1"), "report"));
    }

    @Test
    void an_extension_that_fails_to_contribute_does_not_keep_the_receipt_back() {
        Admission admission = shop.admitted(echoing(declared()));
        label.fails = true;
        SettleResponse receipt = ((Completion.Release) admission.finish(Shop.bytes("report"))).receipt();
        assertEquals(Shop.receipt("1"), receipt);
    }

    @Test
    void an_extension_whose_library_is_missing_does_not_keep_the_receipt_back() {
        Admission admission = shop.admitted(echoing(declared()));
        label.broken = true;
        SettleResponse receipt = ((Completion.Release) admission.finish(Shop.bytes("report"))).receipt();
        assertEquals(Shop.receipt("1"), receipt);
    }
}
