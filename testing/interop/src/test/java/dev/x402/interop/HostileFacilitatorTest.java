package dev.x402.interop;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.http.client.Outcome;
import dev.x402.interop.Link.Asked;
import dev.x402.interop.Link.Manner;
import dev.x402.interop.Link.Reply;
import dev.x402.interop.Market.Balances;
import dev.x402.interop.entry.ServerEntry;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.testbed.evm.DevAccounts;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Our seller, and buyers who pay at it, before a facilitator that lies: the chain says what really moved. */
@ExtendWith(MarketExtension.class)
final class HostileFacilitatorTest {
    private final CountDownLatch released = new CountDownLatch(1);
    private ServerEntry shop;
    private Link link;

    @BeforeEach
    void open(Market market) throws IOException {
        link = market.link(Side.OURS);
        Map<String, String> environment = new HashMap<>(market.server(link.uri().toString()));
        environment.put("SETTLE_SECONDS", "2");
        shop = ServerEntry.start(environment, Clock.systemUTC(), () -> {});
    }

    @AfterEach
    void close() {
        released.countDown();
        shop.close();
        link.honest();
    }

    /** What is told instead of the truth, after the money moved. */
    enum Lie {
        HANGS {
            @Override
            Optional<Reply> told(Reply truth, CountDownLatch released) {
                try {
                    released.await();
                } catch (InterruptedException over) {
                    Thread.currentThread().interrupt();
                }
                return Optional.empty();
            }
        },
        BREAKS_THE_CONNECTION {
            @Override
            Optional<Reply> told(Reply truth, CountDownLatch released) {
                return Optional.empty();
            }
        },
        ANSWERS_500 {
            @Override
            Optional<Reply> told(Reply truth, CountDownLatch released) {
                return Optional.of(new Reply(500, "{\"error\":\"internal\"}"));
            }
        },
        ANSWERS_402_OF_ITS_OWN {
            @Override
            Optional<Reply> told(Reply truth, CountDownLatch released) {
                return Optional.of(new Reply(402, "{}"));
            }
        },
        ANSWERS_GARBAGE {
            @Override
            Optional<Reply> told(Reply truth, CountDownLatch released) {
                return Optional.of(Reply.ok("<html>all well</html>"));
            }
        },
        SAYS_THAT_THE_TRANSACTION_FAILED {
            @Override
            Optional<Reply> told(Reply truth, CountDownLatch released) {
                return changed(
                        truth,
                        result -> result.with("success", Json.of(false))
                                .with("transaction", "")
                                .with("errorReason", "invalid_exact_evm_transaction_failed"));
            }
        },
        DECLARES_A_RETRY_SAFE {
            @Override
            Optional<Reply> told(Reply truth, CountDownLatch released) {
                return changed(
                        truth,
                        result -> result.with("success", Json.of(false))
                                .with("transaction", "")
                                .with("errorReason", "not_charged_safe_to_retry")
                                .with("errorMessage", "nothing was charged; sign a new payment"));
            }
        },
        NAMES_NO_TRANSACTION {
            @Override
            Optional<Reply> told(Reply truth, CountDownLatch released) {
                return changed(truth, result -> result.with("transaction", ""));
            }
        },
        NAMES_WHAT_IS_NO_TRANSACTION {
            @Override
            Optional<Reply> told(Reply truth, CountDownLatch released) {
                return changed(truth, result -> result.with("transaction", "0x1234"));
            }
        },
        NAMES_ANOTHER_NETWORK {
            @Override
            Optional<Reply> told(Reply truth, CountDownLatch released) {
                return changed(truth, result -> result.with("network", "eip155:1"));
            }
        },
        NAMES_ANOTHER_PAYER {
            @Override
            Optional<Reply> told(Reply truth, CountDownLatch released) {
                return changed(truth, result -> result.with("payer", DevAccounts.STRANGER.address()));
            }
        };

        abstract Optional<Reply> told(Reply truth, CountDownLatch released);

        static Optional<Reply> changed(Reply truth, UnaryOperator<Json.Obj> change) {
            Json.Obj result =
                    Codec.JSON.read(truth.body().getBytes(UTF_8)).cursor().object();
            return Optional.of(Reply.ok(new String(Codec.JSON.write(change.apply(result)), UTF_8)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void after_a_lie_the_identical_payment_is_asked_again_and_the_money_moves_once(Lie lie, Market market)
            throws Exception {
        AtomicInteger told = new AtomicInteger();
        link.behave(settling((asked, real) -> {
            Reply truth = real.answer(asked);
            return told.getAndIncrement() == 0 ? lie.told(truth, released) : Optional.of(truth);
        }));
        Balances before = market.balances();

        Outcome<String> outcome = market.ourClient().send(resource());

        assertInstanceOf(Outcome.Paid.class, outcome, outcome.toString());
        assertEquals(before.paidBy(Side.OURS, 1), market.balances());
        assertEquals(1, shop.runs());
        assertTrue(told.get() > 1, "asked " + told.get() + " times");
        assertEquals(
                1,
                link.asked("/settle").stream().map(Asked::body).distinct().count(),
                "it is the identical payment that is asked again");
    }

    @Test
    void a_part_of_the_amount_is_no_proof_and_sells_nothing_yet(Market market) throws Exception {
        AtomicInteger told = new AtomicInteger();
        link.behave(settling((asked, real) -> {
            Reply truth = real.answer(asked);
            return told.getAndIncrement() == 0
                    ? Lie.changed(truth, result -> result.with("amount", "1"))
                    : Optional.of(truth);
        }));
        Balances before = market.balances();
        String payment = market.ourClient().sign(resource(), UnaryOperator.identity());

        Answer first = market.ourClient().present(resource(), payment);
        assertEquals(502, first.status());
        assertEquals(
                "{\"error\":\"facilitator_response_invalid\",\"message\":\"the facilitator says settled without proof of"
                        + " the whole amount; come again with the same payment\"}",
                first.body());

        assertEquals(200, market.ourClient().present(resource(), payment).status());
        assertEquals(before.paidBy(Side.OURS, 1), market.balances());
        assertEquals(1, shop.runs());
    }

    @Test
    void a_buyer_who_cannot_wait_is_not_asked_to_pay_again_and_gets_later_what_was_bought(Market market)
            throws Exception {
        AtomicInteger told = new AtomicInteger();
        link.behave(settling((asked, real) -> {
            Reply truth = real.answer(asked);
            return told.getAndIncrement() == 0 ? Optional.empty() : Optional.of(truth);
        }));
        Balances before = market.balances();

        Answer first = market.theirClient().pay(resource(), Json.Obj.EMPTY);
        assertEquals(503, first.status());
        assertEquals(
                "settlement_pending",
                first.receipt().orElseThrow().errorReason().value());
        assertEquals(Optional.empty(), first.required());
        assertEquals(before.paidBy(Side.THEIRS, 1), market.balances());

        Answer later = market.ourClient().present(resource(), first.payment().orElseThrow());
        assertEquals(200, later.status());
        assertEquals(before.paidBy(Side.THEIRS, 1), market.balances());
        assertEquals(1, shop.runs());
    }

    @Test
    void an_answer_that_flips_to_a_refusal_is_not_believed(Market market) throws Exception {
        AtomicInteger told = new AtomicInteger();
        link.behave(settling((asked, real) -> {
            Reply truth = real.answer(asked);
            return switch (told.getAndIncrement()) {
                case 0 -> Optional.empty();
                case 1 ->
                    Optional.of(Reply.ok("{\"success\":false,\"errorReason\":\"insufficient_funds\","
                            + "\"transaction\":\"\",\"network\":\"eip155:84532\"}"));
                default -> Optional.of(truth);
            };
        }));
        Balances before = market.balances();

        Outcome<String> outcome = market.ourClient().send(resource());

        assertInstanceOf(Outcome.Paid.class, outcome, outcome.toString());
        assertEquals(before.paidBy(Side.OURS, 1), market.balances());
        assertEquals(1, shop.runs());
    }

    @Test
    void the_settlement_of_another_payment_settles_nothing(Market market) throws Exception {
        AtomicReference<Reply> earlier = new AtomicReference<>();
        link.behave(settling((asked, real) -> {
            earlier.set(real.answer(asked));
            return Optional.of(earlier.get());
        }));
        assertEquals(200, market.theirClient().pay(resource(), Json.Obj.EMPTY).status());
        link.behave(settling((asked, real) -> Optional.of(earlier.get())));
        Balances before = market.balances();

        Answer answer = market.ourClient().pay(resource(), UnaryOperator.identity());

        assertEquals(503, answer.status());
        assertEquals(
                "settlement_pending",
                answer.receipt().orElseThrow().errorReason().value());
        assertFalse(answer.body().contains("Protected"), answer.body());
        assertEquals(before, market.balances());
    }

    @Test
    void what_is_called_valid_and_cannot_be_settled_gives_nothing_away(Market market) throws Exception {
        link.behave((asked, real) -> Optional.of(
                asked.path().equals("/verify")
                        ? Reply.ok("{\"isValid\":true,\"payer\":\"" + market.payer(Side.THEIRS) + "\"}")
                        : real.answer(asked)));
        Balances before = market.balances();

        Answer answer = market.theirClient()
                .pay(resource(), Json.object().put("maxTimeoutSeconds", -60).build());

        assertEquals(402, answer.status());
        assertEquals(Optional.of("invalid_exact_evm_payload_authorization_valid_before"), answer.error());
        assertFalse(answer.body().contains("Protected"), answer.body());
        assertEquals(before, market.balances());
    }

    @Test
    void a_facilitator_that_is_only_slow_is_waited_for(Market market) throws Exception {
        link.behave((asked, real) -> {
            Reply truth = real.answer(asked);
            try {
                assertFalse(released.await(200, TimeUnit.MILLISECONDS));
            } catch (InterruptedException over) {
                Thread.currentThread().interrupt();
            }
            return Optional.of(truth);
        });
        Balances before = market.balances();

        Outcome<String> outcome = market.ourClient().send(resource());

        assertInstanceOf(Outcome.Paid.class, outcome, outcome.toString());
        assertEquals(before.paidBy(Side.OURS, 1), market.balances());
    }

    @Test
    void a_facilitator_that_never_tells_again_leaves_the_outcome_unknown_and_the_payment_the_only_one(Market market)
            throws Exception {
        AtomicInteger told = new AtomicInteger();
        link.behave(settling((asked, real) -> {
            if (told.getAndIncrement() == 0) {
                real.answer(asked);
                return Optional.empty();
            }
            return Optional.of(new Reply(503, "{}"));
        }));
        Balances before = market.balances();
        try (OurClient hasty = new OurClient(DevAccounts.PAYERS.get(0), Clock.systemUTC(), Duration.ofSeconds(12))) {
            Outcome.Unknown<?> unknown = assertInstanceOf(Outcome.Unknown.class, hasty.send(resource()));
            assertEquals("503 after the payment: settlement_pending", unknown.message());
            assertEquals(before.paidBy(Side.OURS, 1), market.balances());

            link.honest();
            Outcome<String> outcome = hasty.send(resource(), unknown.intent());
            assertInstanceOf(Outcome.Paid.class, outcome, outcome.toString());
        }
        assertEquals(before.paidBy(Side.OURS, 1), market.balances());
        assertEquals(1, shop.runs());
    }

    @Test
    void a_server_that_asks_again_after_the_money_moved_is_not_paid_twice(Market market) throws Exception {
        market.link(Side.THEIRS).behave(settling((asked, real) -> {
            real.answer(asked);
            return Optional.empty();
        }));
        Balances before = market.balances();

        Outcome.Unknown<?> unknown = assertInstanceOf(
                Outcome.Unknown.class, market.ourClient().send(market.resource(Side.THEIRS, Side.THEIRS)));

        assertEquals(Optional.of(402), unknown.status());
        assertEquals(before.paidBy(Side.OURS, 1), market.balances());
        assertEquals(1, market.link(Side.THEIRS).asked("/settle").size());
    }

    private URI resource() {
        return shop.uri().resolve(Market.PATH);
    }

    /** Honest but when it settles. */
    private static Manner settling(Manner manner) {
        return (asked, real) ->
                asked.path().equals("/settle") ? manner.answer(asked, real) : Optional.of(real.answer(asked));
    }
}
