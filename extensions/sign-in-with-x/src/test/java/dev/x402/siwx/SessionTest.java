package dev.x402.siwx;

import static dev.x402.siwx.Shop.ALICE;
import static dev.x402.siwx.Shop.BOB;
import static dev.x402.siwx.Shop.assertDenied;
import static dev.x402.siwx.Shop.assertGranted;
import static dev.x402.siwx.Shop.assertNotEntitled;
import static dev.x402.siwx.World.ACH;
import static dev.x402.siwx.World.BASE;
import static dev.x402.siwx.World.MAINNET;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentExtension.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SessionTest {
    private static final String UNKNOWN = "session: expected one that lives, saw an unknown or ended one; sign in";

    private final Shop shop = Shop.with(Plan.forEver());
    private final SignInDesk desk = SignInDesk.of(shop.store, shop.world.clock);

    SessionTest() {
        shop.paid("p1", BASE, ALICE);
    }

    @Test
    void a_session_enters_without_another_signature() {
        String token = shop.signIn(BASE, ALICE);

        Access.Granted granted = assertGranted(shop.session(token));
        assertEquals("p1", granted.key().value());
        assertEquals(ALICE, granted.account());
        assertEquals(Map.of(), granted.answers());
    }

    @Test
    void who_signed_in_and_paid_afterwards_enters() {
        String token = shop.signIn(BASE, BOB);
        assertNotEntitled(shop.session(token));
        shop.paid("p2", BASE, BOB);

        assertGranted(shop.session(token));
    }

    @Test
    void who_bought_nothing_has_a_session_for_a_quarter_of_an_hour() {
        String token = shop.signIn(BASE, BOB);
        shop.world.clock.advance(Duration.ofMinutes(15));

        assertDenied(Codes.SESSION, UNKNOWN, shop.session(token));
    }

    @Test
    void who_paid_after_signing_in_gets_a_full_session_once() {
        String guest = shop.signIn(BASE, BOB);
        shop.paid("p2", BASE, BOB);
        String full = Shop.token(assertGranted(shop.session(guest)));
        assertEquals(Map.of(), assertGranted(shop.session(guest)).answers());
        shop.world.clock.advance(Duration.ofMinutes(30));

        assertDenied(Codes.SESSION, UNKNOWN, shop.session(guest));
        assertGranted(shop.session(full));
    }

    /** I15. */
    @Test
    void every_sign_in_has_another_token() {
        String first = shop.signIn(BASE, ALICE);
        String second = shop.signIn(BASE, ALICE);

        assertNotEquals(first, second);
        assertTrue(first.matches("[A-Za-z0-9_-]{43}"));
    }

    /** I15: a token that somebody planted stays what it was. */
    @Test
    void signing_in_beside_a_planted_token_gives_a_new_one_and_does_not_raise_the_other() {
        String planted = shop.signIn(BASE, BOB);
        Access access = shop.side.enter(
                Shop.weather(Shop.proofs(Proof.HEADER, shop.proof(BASE, ALICE), Sessions.HEADER, planted)));

        assertNotEquals(planted, Shop.token(assertGranted(access)));
        assertNotEntitled(shop.session(planted));
    }

    /** I15. */
    @ParameterizedTest
    @ValueSource(strings = {"", "x", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", "a.b.c", "..", "AAAA AAAA"})
    void a_token_that_is_none_is_refused(String token) {
        assertDenied(
                Codes.SESSION, "session: expected a token of 43 characters, saw another text", shop.session(token));
    }

    /** I15. */
    @Test
    void a_token_that_the_client_made_up_is_refused() {
        assertDenied(Codes.SESSION, UNKNOWN, shop.session("A".repeat(43)));
    }

    @Test
    void a_session_ends() {
        String token = shop.signIn(BASE, ALICE);
        shop.world.clock.advance(Duration.ofHours(24));

        assertDenied(Codes.SESSION, UNKNOWN, shop.session(token));
    }

    @Test
    void a_token_shown_after_logging_out_is_refused() {
        String token = shop.signIn(BASE, ALICE);
        String other = shop.signIn(BASE, ALICE);
        desk.logOut(token);
        desk.logOut(token);
        desk.logOut("no token");

        assertDenied(Codes.SESSION, UNKNOWN, shop.session(token));
        assertGranted(shop.session(other));
    }

    @Test
    void all_sessions_of_an_account_end_at_once() {
        String one = shop.signIn(BASE, ALICE);
        String two = shop.signIn(MAINNET, ALICE);
        String bobs = shop.signIn(BASE, BOB);
        desk.logOutEverywhere("", BASE, ALICE);

        assertDenied(Codes.SESSION, UNKNOWN, shop.session(one));
        assertDenied(Codes.SESSION, UNKNOWN, shop.session(two));
        assertNotEntitled(shop.session(bobs));
        assertGranted(shop.session(shop.signIn(BASE, ALICE)));
    }

    @Test
    void a_token_is_replaced_after_an_hour_and_good_for_a_minute_more() {
        String old = shop.signIn(BASE, ALICE);
        shop.world.clock.advance(Duration.ofHours(1));
        String next = Shop.token(assertGranted(shop.session(old)));

        assertNotEquals(old, next);
        assertEquals(Map.of(), assertGranted(shop.session(old)).answers());
        assertEquals(Map.of(), assertGranted(shop.session(next)).answers());
        shop.world.clock.advance(Duration.ofMinutes(1));
        assertDenied(Codes.SESSION, UNKNOWN, shop.session(old));
        assertGranted(shop.session(next));
    }

    @Test
    void a_replaced_token_does_not_live_longer_than_its_session() {
        String token = shop.signIn(BASE, ALICE);
        for (int hour = 1; hour < 24; hour++) {
            shop.world.clock.advance(Duration.ofHours(1));
            token = Shop.token(assertGranted(shop.session(token)));
        }
        shop.world.clock.advance(Duration.ofHours(1));

        assertDenied(Codes.SESSION, UNKNOWN, shop.session(token));
    }

    @Test
    void logging_out_everywhere_ends_replaced_tokens_and_their_successors() {
        String old = shop.signIn(BASE, ALICE);
        shop.world.clock.advance(Duration.ofHours(1));
        String next = Shop.token(shop.session(old));
        desk.logOutEverywhere("", BASE, ALICE);

        assertDenied(Codes.SESSION, UNKNOWN, shop.session(old));
        assertDenied(Codes.SESSION, UNKNOWN, shop.session(next));
    }

    @Test
    void of_an_account_the_last_16_sessions_live() {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < 17; i++) {
            tokens.add(shop.signIn(BASE, ALICE));
        }

        assertDenied(Codes.SESSION, UNKNOWN, shop.session(tokens.get(0)));
        for (String token : tokens.subList(1, 17)) {
            assertGranted(shop.session(token));
        }
    }

    @Test
    void a_busy_session_that_rotates_pushes_no_quiet_one_out() {
        Shop shopOfMonths =
                Shop.of(settings -> settings.plan("weather", Plan.forEver()).sessionFor(Duration.ofDays(30)));
        shopOfMonths.paid("p1", BASE, ALICE);
        String quiet = shopOfMonths.signIn(BASE, ALICE);
        String busy = shopOfMonths.signIn(BASE, ALICE);
        for (int hour = 0; hour < 40; hour++) {
            shopOfMonths.world.clock.advance(Duration.ofHours(1));
            busy = Shop.token(shopOfMonths.session(busy));
        }

        assertGranted(shopOfMonths.session(quiet));
    }

    @Test
    void a_token_of_another_tenant_is_refused() {
        String token = shop.signIn(BASE, ALICE);

        assertDenied(
                Codes.SESSION,
                UNKNOWN,
                shop.side.enter(Shop.visit("acme", "GET", "weather", "/weather", Map.of(Sessions.HEADER, token))));
    }

    /** I18: what many could share is a token, and one that is bound to a key is none of theirs. */
    @Test
    void a_stolen_token_of_a_bound_session_is_worth_nothing() {
        Bound bound = new Bound(shop);
        String token = bound.signIn();

        assertDenied(
                Codes.SESSION, "session: expected token, time and signature, saw no signature", shop.session(token));
        assertDenied(
                Codes.SESSION,
                "session: expected a signature of its key over this request, saw another",
                shop.session(new Bound(shop).shown(token, Shop.ORIGIN + "/weather")));
        assertGranted(shop.session(bound.shown(token, Shop.ORIGIN + "/weather")));
    }

    /** I18. */
    @Test
    void a_signature_of_a_bound_session_is_for_one_address_and_a_moment() {
        Bound bound = new Bound(shop);
        String token = bound.signIn();
        String shown = bound.shown(token, Shop.ORIGIN + "/weather");

        assertDenied(
                Codes.SESSION,
                "session: expected a signature of its key over this request, saw another",
                shop.side.enter(Shop.visit("", "GET", "weather", "/weather?day=2", Map.of(Sessions.HEADER, shown))));
        shop.world.clock.advance(Duration.ofSeconds(31));
        assertDenied(
                Codes.SESSION, "session: expected a signature of the last 30 s, saw another time", shop.session(shown));
    }

    /** I18: the key is named in what the wallet signed. */
    @Test
    void a_key_that_was_put_into_a_proof_on_the_way_is_refused() {
        Bound mallory = new Bound(shop);
        dev.x402.spec.Json.Obj proof = shop.proof(shop.message(BASE, ALICE), ALICE);

        assertDenied(
                Codes.SIGNATURE,
                "signature: expected one of the account, saw another",
                shop.enter(Shop.header(proof.with(
                        "resources",
                        dev.x402.spec.Json.texts(List.of(Shop.ORIGIN + "/weather", mallory.resource()))))));
    }

    @Test
    void a_seller_may_give_bound_sessions_only() {
        Shop strict =
                Shop.of(settings -> settings.plan("weather", Plan.forEver()).boundSessions());
        strict.paid("p1", BASE, ALICE);

        assertDenied(
                Codes.PAYLOAD,
                "resources: expected the key of the session at the end, saw none; it is required",
                strict.enter(strict.proof(BASE, ALICE)));
        Bound bound = new Bound(strict);
        assertGranted(strict.session(bound.shown(bound.signIn(), Shop.ORIGIN + "/weather")));
    }

    /** I19. */
    @Test
    void a_payer_without_a_wallet_is_known_by_the_application() {
        Shop bank = Shop.of(settings -> settings.plan("weather", Plan.calls(12)).identity(new Tokens()));
        bank.paid("p1", ACH, "acct_1");
        Access entered = bank.side.enter(Shop.weather(Map.of("X-Customer", "secret-1")));

        assertEquals("acct_1", assertGranted(entered).account());
        assertGranted(bank.session(Shop.token(entered)));
        assertDenied(
                Codes.IDENTITY,
                "identity: expected a visitor who is known, saw another",
                bank.side.enter(Shop.weather(Map.of("X-Customer", "guess"))));
        assertEquals(Set.of("X-Customer", Proof.HEADER, Sessions.HEADER), bank.side.proofs());
    }

    /** I19. */
    @Test
    void who_is_known_enters_beside_a_session_that_ended() {
        Shop bank = Shop.of(settings -> settings.plan("weather", Plan.forEver()).identity(new Tokens()));
        bank.paid("p1", ACH, "acct_1");

        assertGranted(bank.side.enter(Shop.weather(Map.of("X-Customer", "secret-1", Sessions.HEADER, "A".repeat(43)))));
    }

    /** I17, I19. */
    @Test
    void a_return_takes_the_session_of_a_bank_accounts_holder_away() {
        Shop bank = Shop.of(settings -> settings.plan("weather", Plan.forEver()).identity(new Tokens()));
        bank.paid("p1", ACH, "acct_1");
        String token = Shop.token(bank.side.enter(Shop.weather(Map.of("X-Customer", "secret-1"))));
        assertGranted(bank.session(token));
        bank.reversed("p1", ACH, "acct_1");

        assertNotEntitled(bank.session(token));
    }

    private static final class Tokens implements Identity {
        @Override
        public Set<String> proofs() {
            return Set.of("X-Customer");
        }

        @Override
        public Optional<Holder> of(Visit visit) {
            return Optional.ofNullable(visit.proofs().get("X-Customer"))
                    .filter("secret-1"::equals)
                    .map(known -> new Holder(ACH, "acct_1"));
        }
    }
}
