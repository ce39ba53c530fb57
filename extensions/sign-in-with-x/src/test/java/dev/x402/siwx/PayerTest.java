package dev.x402.siwx;

import static dev.x402.siwx.Shop.ALICE;
import static dev.x402.siwx.Shop.ORIGIN;
import static dev.x402.siwx.World.BASE;
import static dev.x402.siwx.World.MAINNET;
import static dev.x402.siwx.World.SOLANA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.Json;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentExtension.ClientSide;
import dev.x402.spi.PaymentExtension.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayerTest {
    private static final String WEATHER = ORIGIN + "/weather";
    private static final String SOL = "BSmWDgE9ex6dZYbiTsJGcwMEgFp8q4aWh92hdErQPeVW";

    private final Shop shop =
            Shop.of(settings -> settings.plan("weather", Plan.forEver()).plan("news", Plan.forEver()));
    private final World wallet = new World();
    private PayerSessions sessions = PayerSessions.inMemory();
    private ClientSide payer = client();
    private int payments;

    private ClientSide client() {
        wallet.port(PayerSessions.class, sessions);
        return new SignInWithX().client(wallet).orElseThrow();
    }

    private PaymentRequired challenge(String error, Json declared) {
        return new PaymentRequired(
                error,
                ResourceInfo.of(WEATHER),
                List.of(),
                Json.Obj.EMPTY.with(SignInWithX.KEY, declared),
                Json.Obj.EMPTY);
    }

    /** What a gate and a client do with one request; pays on a network when nothing else helps. */
    private List<String> get(String route, Network pays) {
        String url = ORIGIN + "/" + route;
        List<String> told = new ArrayList<>();
        Map<String, String> shown = payer.present(url);
        for (int i = 0; i < 2; i++) {
            Visit visit = Shop.visit("", "GET", route, "/" + route, shown);
            Access access = shown.isEmpty() ? new Access.Unknown() : shop.side.enter(visit);
            shown.keySet().forEach(name -> told.add(name.equals(Proof.HEADER) ? "signed" : "session"));
            if (access instanceof Access.Granted granted) {
                payer.received(url, granted.answers());
                granted.pass().ended(true);
                told.add("entered");
                return told;
            }
            String error = "payment required";
            if (access instanceof Access.Denied denied) {
                error = denied.code().value();
                payer.received(url, denied.answers());
            }
            Json.Obj declared = shop.declared(visit, BASE, SOLANA);
            Map<String, String> proofs = i == 1 ? Map.of() : payer.prove(url, challenge(error, declared), Instant.MAX);
            if (proofs.isEmpty()) {
                payer.answer(declared, Shop.offer(pays));
                String who = wallet.accounts(pays)
                        .flatMap(accounts -> accounts.own(pays))
                        .orElseThrow();
                String id = "p" + ++payments;
                shop.side.became(Shop.sale(
                        "",
                        route,
                        id,
                        pays,
                        new dev.x402.spi.Settlement.Settled(Shop.receipt(who), dev.x402.spi.Stage.SETTLED)));
                told.add("paid");
                return told;
            }
            shown = proofs;
        }
        return told;
    }

    @Test
    void signs_in_once_pays_once_and_then_shows_the_session() {
        wallet.ethereum.holding(ALICE);

        assertEquals(List.of("signed", "paid"), get("weather", BASE));
        assertEquals(List.of("session", "entered"), get("weather", BASE));
        assertEquals(List.of("session", "entered"), get("weather", BASE));
        assertEquals(1, wallet.ethereum.signed());
    }

    @Test
    void a_session_that_opens_nothing_here_means_paying_and_no_other_signature() {
        wallet.ethereum.holding(ALICE);
        get("weather", BASE);

        assertEquals(List.of("session", "paid"), get("news", BASE));
        assertEquals(List.of("session", "entered"), get("news", BASE));
        assertEquals(List.of("session", "entered"), get("weather", BASE));
        assertEquals(1, wallet.ethereum.signed());
    }

    @Test
    void a_session_that_ended_is_followed_by_another() {
        wallet.ethereum.holding(ALICE);
        get("weather", BASE);
        shop.world.clock.advance(Duration.ofDays(2));
        wallet.clock.advance(Duration.ofDays(2));

        assertEquals(List.of("session", "signed", "entered"), get("weather", BASE));
        assertEquals(List.of("session", "entered"), get("weather", BASE));
        assertEquals(2, wallet.ethereum.signed());
    }

    @Test
    void a_replaced_token_is_taken_over() {
        wallet.ethereum.holding(ALICE);
        get("weather", BASE);
        get("weather", BASE);
        for (int hour = 0; hour < 5; hour++) {
            shop.world.clock.advance(Duration.ofHours(1));
            assertEquals(List.of("session", "entered"), get("weather", BASE));
        }
        assertEquals(1, wallet.ethereum.signed());
    }

    @Test
    void the_account_that_pays_is_the_one_that_signs_in_next() {
        wallet.ethereum.holding(ALICE);
        wallet.solana.holding(SOL);

        assertEquals(List.of("signed", "paid"), get("weather", SOLANA));
        assertEquals(List.of("signed", "entered"), get("weather", SOLANA));
        assertEquals(List.of("session", "entered"), get("weather", SOLANA));
        assertEquals(List.of(1, 1), List.of(wallet.ethereum.signed(), wallet.solana.signed()));
    }

    @Test
    void what_either_account_bought_is_not_bought_again() {
        wallet.ethereum.holding(ALICE);
        wallet.solana.holding(SOL);
        get("weather", BASE);
        get("news", SOLANA);

        assertEquals(List.of("signed", "entered"), get("news", BASE));
        assertEquals(List.of("session", "session", "entered"), get("weather", BASE));
        assertEquals(List.of("session", "session", "entered"), get("news", BASE));
        assertEquals(2, payments);
    }

    @Test
    void a_bound_session_signs_each_request_by_its_own_key() {
        wallet.ethereum.holding(ALICE);
        sessions = PayerSessions.inMemory().boundToKeys();
        payer = client();

        assertEquals(List.of("signed", "paid"), get("weather", BASE));
        assertEquals(List.of("session", "entered"), get("weather", BASE));
        assertEquals(3, payer.present(WEATHER).get(Sessions.HEADER).split("\\.", -1).length);
        assertEquals(1, wallet.ethereum.signed());
    }

    @Test
    void without_a_key_for_the_networks_nothing_is_signed() {
        assertEquals(Map.of(), payer.prove(WEATHER, challenge("x", shop.declared(BASE)), Instant.MAX));
    }

    @Test
    void the_first_network_that_the_server_names_and_the_wallet_has_is_taken() {
        wallet.solana.holding(SOL);
        Map<String, String> shown = payer.prove(WEATHER, challenge("x", shop.declared(BASE, SOLANA)), Instant.MAX);

        assertEquals(
                SOLANA,
                Proof.read(shown.getOrDefault(Proof.HEADER, "")).message().network());
    }

    @Test
    void without_sessions_as_a_port_the_payer_signs_in_nowhere() {
        assertEquals(Optional.empty(), new SignInWithX().client(new World()));
        assertEquals(Optional.empty(), new SignInWithX().server(new World()));
    }

    /** I16. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/weather",
                "https://api.example.com:8443/weather",
                "http://api.example.com/weather",
                "https://api.example.com.evil.example/weather",
                "https://evil.example/https://api.example.com/weather",
                "not an address"
            })
    void signs_nothing_for_an_origin_that_it_does_not_visit(String visited) {
        wallet.ethereum.holding(ALICE);

        assertEquals(Map.of(), payer.prove(visited, challenge("x", shop.declared(BASE)), Instant.MAX));
        assertEquals(0, wallet.ethereum.signed());
    }

    /** I16. */
    @ParameterizedTest
    @CsvSource({
        "domain, evil.example",
        "domain, api.example.com:443",
        "uri, https://evil.example/weather",
        "uri, https://api.example.com@evil.example/",
        "version, 2",
        "expirationTime, 2026-03-03T10:00:00.124Z",
        "expirationTime, soon",
        "nonce, ''"
    })
    void signs_nothing_that_says_something_else(String field, String value) {
        wallet.ethereum.holding(ALICE);

        assertEquals(Map.of(), payer.prove(WEATHER, changed(field, Json.of(value)), Instant.MAX));
        assertEquals(0, wallet.ethereum.signed());
    }

    /** I14, I16: the wallet shows what the origin says, on the lines where it says it. */
    @ParameterizedTest
    @ValueSource(strings = {"statement", "nonce", "requestId", "uri", "issuedAt"})
    void signs_nothing_with_a_line_break(String field) {
        wallet.ethereum.holding(ALICE);

        assertEquals(
                Map.of(),
                payer.prove(WEATHER, changed(field, Json.of(WEATHER + "\n\nURI: https://evil.example")), Instant.MAX));
    }

    @Test
    void a_declaration_of_another_shape_is_none() {
        wallet.ethereum.holding(ALICE);
        for (Json declared : List.of(
                Json.of("x"),
                Json.Obj.EMPTY,
                Json.array(),
                shop.declared(BASE).with("supportedChains", "eip155:8453"),
                shop.declared(BASE).without("info"),
                shop.declared(BASE).with("supportedChains", Json.array(Json.of(1))))) {
            assertEquals(Map.of(), payer.prove(WEATHER, challenge("x", declared), Instant.MAX));
        }
        assertEquals(
                Map.of(),
                payer.prove(WEATHER, PaymentRequired.of("x", ResourceInfo.of(WEATHER), List.of()), Instant.MAX));
    }

    @Test
    void a_session_is_shown_to_its_origin_alone() {
        wallet.ethereum.holding(ALICE);
        get("weather", BASE);

        assertTrue(payer.present(ORIGIN + ":443/other?x").containsKey(Sessions.HEADER));
        assertEquals(Map.of(), payer.present("http://api.example.com/weather"));
        assertEquals(Map.of(), payer.present("https://api.example.com.evil.example/weather"));
        assertEquals(Map.of(), payer.present("https://api.example.com:8443/weather"));
    }

    @Test
    void sessions_can_be_forgotten_and_are_bounded() {
        wallet.ethereum.holding(ALICE);
        sessions = PayerSessions.inMemory(1);
        payer = client();
        get("weather", BASE);
        sessions.forget(WEATHER);
        assertEquals(Map.of(), payer.present(WEATHER));
        get("weather", BASE);
        Origin other = Origin.configured("https://other.example");
        sessions.first(other, new Seat(BASE, ALICE, Optional.empty(), Optional.empty()));

        assertEquals(Map.of(), payer.present(WEATHER));
        assertEquals(1, sessions.seats(other).size());
    }

    @Test
    void what_a_server_sends_as_a_token_is_a_token_or_nothing() {
        wallet.ethereum.holding(ALICE);
        get("weather", BASE);
        Map<String, String> before = payer.present(WEATHER);
        payer.received(WEATHER, Map.of(Sessions.HEADER, "x\r\nAuthorization: y"));
        payer.received(WEATHER, Map.of());
        payer.received("https://evil.example/", Map.of(Sessions.HEADER, "A".repeat(43)));

        assertEquals(before, payer.present(WEATHER));
        assertEquals(Map.of(), payer.present("https://evil.example/"));
    }

    @Test
    void nothing_secret_is_printed() {
        wallet.ethereum.holding(ALICE);
        get("weather", BASE);
        String token = payer.present(WEATHER).getOrDefault(Sessions.HEADER, "");

        assertEquals("sessions of up to 256 origins", sessions.toString());
        assertFalse(sessions.seats(Origin.configured(ORIGIN)).toString().contains(token));
    }

    @Test
    void a_contract_signs_in_on_the_network_that_it_paid_on() {
        wallet.ethereum.holding(ALICE);
        payer.prove(WEATHER, challenge("x", shop.declared(BASE, MAINNET)), Instant.MAX);
        payer.answer(shop.declared(BASE, MAINNET), Shop.offer(MAINNET));
        Map<String, String> shown = payer.prove(WEATHER, challenge("x", shop.declared(BASE, MAINNET)), Instant.MAX);

        assertEquals(
                MAINNET,
                Proof.read(shown.getOrDefault(Proof.HEADER, "")).message().network());
    }

    private PaymentRequired changed(String field, Json value) {
        Json.Obj declared = shop.declared(BASE);
        Json.Obj info = (Json.Obj) declared.find("info").orElseThrow();
        return challenge("x", declared.with("info", info.with(field, value)));
    }
}
