package dev.x402.siwx;

import static dev.x402.siwx.Shop.ALICE;
import static dev.x402.siwx.Shop.BOB;
import static dev.x402.siwx.Shop.WALLET;
import static dev.x402.siwx.Shop.assertDenied;
import static dev.x402.siwx.Shop.assertGranted;
import static dev.x402.siwx.Shop.assertNotEntitled;
import static dev.x402.siwx.Shop.header;
import static dev.x402.siwx.World.ACH;
import static dev.x402.siwx.World.BASE;
import static dev.x402.siwx.World.MAINNET;
import static dev.x402.siwx.World.SOLANA;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentExtension.Visit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignInTest {
    private final Shop shop = Shop.with(Plan.forEver());

    @Test
    void a_challenge_says_what_the_specification_says() {
        Json.Obj declared = Shop.of(
                        settings -> settings.plan("weather", Plan.forEver()).statement("Sign in to read the weather"))
                .declared(BASE, SOLANA, ACH);
        Json.Obj info = (Json.Obj) declared.find("info").orElseThrow();

        assertTrue(info.text("nonce").orElse("").matches("[0-9a-f]{32}"));
        assertEquals(
                Json.object()
                        .put("domain", "api.example.com")
                        .put("uri", "https://api.example.com/weather")
                        .put("version", "1")
                        .put("issuedAt", "2026-03-02T10:00:00.123Z")
                        .put("expirationTime", "2026-03-02T10:05:00.123Z")
                        .put("statement", "Sign in to read the weather")
                        .put("resources", Json.texts(List.of("https://api.example.com/weather")))
                        .build(),
                info.without("nonce"));
        assertEquals(
                Optional.of(Json.array(
                        Json.object()
                                .put("chainId", BASE.toString())
                                .put("type", "eip191")
                                .build(),
                        Json.object()
                                .put("chainId", SOLANA.toString())
                                .put("type", "ed25519")
                                .build())),
                declared.find("supportedChains"));
        assertTrue(declared.find("schema").isPresent());
    }

    @Test
    void every_challenge_has_another_nonce() {
        assertNotEquals(shop.declared(BASE), shop.declared(BASE));
        assertEquals(Set.of("nonce", "issuedAt", "expirationTime"), shop.side.dynamicInfo());
    }

    @Test
    void a_route_without_a_plan_and_one_that_nobody_can_sign_in_for_say_nothing() {
        Visit free = Shop.visit("", "GET", "other", "/other", Map.of());

        assertEquals(Optional.empty(), shop.side.declare(free, List.of(Shop.offer(BASE))));
        assertEquals(Optional.empty(), shop.side.declare(Shop.weather(Map.of()), List.of(Shop.offer(ACH))));
        assertInstanceOf(Access.Unknown.class, shop.side.enter(free));
    }

    @Test
    void a_wallet_that_paid_enters_by_signing_in() {
        shop.paid("p1", BASE, ALICE);

        Access.Granted granted = assertGranted(shop.enter(shop.proof(BASE, ALICE)));
        assertEquals("p1", granted.key().value());
        assertEquals(ALICE, granted.account());
    }

    @Test
    void a_solana_wallet_that_paid_enters_by_signing_in() {
        shop.paid("p1", SOLANA, "BSmWDgE9ex6dZYbiTsJGcwMEgFp8q4aWh92hdErQPeVW");

        assertGranted(shop.enter(shop.proof(SOLANA, "BSmWDgE9ex6dZYbiTsJGcwMEgFp8q4aWh92hdErQPeVW")));
    }

    @Test
    void a_wallet_that_did_not_pay_is_asked_to() {
        shop.paid("p1", BASE, ALICE);

        assertDenied(
                new ErrorCode("siwx_not_entitled"),
                "sign-in: eip155:8453 account known, and nothing that it bought opens this",
                shop.enter(shop.proof(BASE, BOB)));
    }

    /** I01. */
    @Test
    void a_proof_that_was_seen_is_refused() {
        shop.paid("p1", BASE, ALICE);
        String proof = shop.proof(BASE, ALICE);
        assertGranted(shop.enter(proof));

        assertDenied(Codes.NONCE, "nonce: expected one that was not used, saw one that was", shop.enter(proof));
    }

    /** I01: also at another server that shares the store and the secret. */
    @Test
    void a_proof_that_another_server_saw_is_refused() {
        shop.paid("p1", BASE, ALICE);
        String proof = shop.proof(BASE, ALICE);
        assertGranted(shop.enter(proof));
        Shop other = new Shop(shop.world, shop.store, settings -> settings.plan("weather", Plan.forEver()));

        assertDenied(Codes.NONCE, "nonce: expected one that was not used, saw one that was", other.enter(proof));
    }

    /** I02. */
    @Test
    void of_many_who_show_one_proof_at_once_one_enters() throws Exception {
        shop.paid("p1", BASE, ALICE);
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (int round = 0; round < 20; round++) {
                String proof = shop.proof(BASE, ALICE);
                List<Callable<Access>> all = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    all.add(() -> shop.enter(proof));
                }
                int granted = 0;
                for (Future<Access> one : threads.invokeAll(all)) {
                    granted += one.get() instanceof Access.Granted ? 1 : 0;
                }
                assertEquals(1, granted);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /** I02: also when its account pays meanwhile, so that it was a stranger's before. */
    @Test
    void a_proof_that_did_not_let_in_does_not_after_the_payment() {
        String proof = shop.proof(BASE, ALICE);
        assertNotEntitled(shop.enter(proof));
        shop.paid("p1", BASE, ALICE);

        assertDenied(Codes.NONCE, "nonce: expected one that was not used, saw one that was", shop.enter(proof));
    }

    /** I03. */
    @Test
    void a_nonce_that_the_client_made_up_is_refused() {
        shop.paid("p1", BASE, ALICE);
        Json.Obj declared = shop.declared(BASE);
        Json.Obj info = (Json.Obj) declared.find("info").orElseThrow();
        Json.Obj invented = declared.with("info", info.with("nonce", "a1b2c3d4e5f67890a1b2c3d4e5f67890"));

        assertDenied(
                Codes.NONCE,
                "nonce: expected one of ours with what it was given for, saw another",
                shop.enter(header(shop.proof(Shop.message(invented, BASE, ALICE), ALICE))));
    }

    /** I03: our nonce is good for the times, the address and the tenant that it was given for. */
    @Test
    void a_nonce_of_ours_is_refused_with_other_times() {
        Json.Obj declared = shop.declared(BASE);
        Json.Obj info = (Json.Obj) declared.find("info").orElseThrow();
        shop.world.clock.advance(Duration.ofMinutes(4));
        Json.Obj prolonged = declared.with(
                "info",
                info.with("issuedAt", "2026-03-02T10:04:00.123Z").with("expirationTime", "2026-03-02T10:09:00.123Z"));

        assertDenied(
                Codes.NONCE,
                "nonce: expected one of ours with what it was given for, saw another",
                shop.enter(header(shop.proof(Shop.message(prolonged, BASE, ALICE), ALICE))));
    }

    @Test
    void a_nonce_of_another_tenant_is_refused() {
        String proof = shop.proof(BASE, ALICE);

        assertDenied(
                Codes.NONCE,
                "nonce: expected one of ours with what it was given for, saw another",
                shop.side.enter(Shop.visit("acme", "GET", "weather", "/weather", Map.of(Proof.HEADER, proof))));
    }

    @Test
    void a_former_secret_knows_its_nonces_until_it_is_taken_away() {
        Bytes next = Bytes.of("another secret of 32 bytes, at least".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        shop.paid("p1", BASE, ALICE);
        String first = shop.proof(BASE, ALICE);
        String second = shop.proof(BASE, ALICE);
        shop.world.port(SignInSettings.class, settings(next, Shop.SECRET));
        assertGranted(
                new SignInWithX().server(shop.world).orElseThrow().enter(Shop.weather(Map.of(Proof.HEADER, first))));
        shop.world.port(SignInSettings.class, settings(next));

        assertDenied(
                Codes.NONCE,
                "nonce: expected one of ours with what it was given for, saw another",
                new SignInWithX().server(shop.world).orElseThrow().enter(Shop.weather(Map.of(Proof.HEADER, second))));
    }

    private static SignInSettings settings(Bytes... secrets) {
        SignInSettings.Builder builder = SignInSettings.builder(Shop.ORIGIN).plan("weather", Plan.forEver());
        for (Bytes secret : secrets) {
            builder.secret(secret);
        }
        return builder.build();
    }

    /** I04: nothing of a request says where we are. */
    @Test
    void a_resource_at_another_origin_than_the_configured_is_not_declared() {
        Visit elsewhere = new Visit(
                "",
                "GET",
                "weather",
                "",
                Map.of(),
                "/weather",
                "",
                "",
                dev.x402.spec.ResourceInfo.of("https://evil.example/weather"),
                Optional.empty(),
                Map.of());

        IllegalStateException refused = assertThrows(
                IllegalStateException.class, () -> shop.side.declare(elsewhere, List.of(Shop.offer(BASE))));
        assertEquals(
                "sign-in: expected a resource at https://api.example.com, saw one at another origin; give the address"
                        + " of the server as the origin of the settings",
                refused.getMessage());
    }

    /** I04. */
    @Test
    void a_proof_for_another_domain_is_refused() {
        assertDenied(
                Codes.DOMAIN,
                "domain: expected api.example.com, saw another",
                changed(Json.object().put("domain", "evil.example").build()));
    }

    /** I05, I20, I02b. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.example.com.evil.example/weather",
                "https://api.example.com@evil.example/weather",
                "https://api.example.com:8443/weather",
                "http://api.example.com/weather",
                "https://api.example.com./weather",
                "https://\u0430pi.example.com/weather",
                "https://xn--pi-7kc.example.com/weather",
                "https://api.example.com:443/weather",
                "https://API.example.com/weather",
                "urn:weather"
            })
    void a_uri_of_another_origin_or_spelling_is_refused(String uri) {
        Access.Denied denied = assertInstanceOf(
                Access.Denied.class, changed(Json.object().put("uri", uri).build()));

        assertEquals(Codes.URI, denied.code());
    }

    /** I20. */
    @ParameterizedTest
    @ValueSource(strings = {"api.example.com:443", "api.example.com.", "API.example.com", "api.example.com:8443"})
    void a_domain_in_another_spelling_is_refused(String domain) {
        assertDenied(
                Codes.DOMAIN,
                "domain: expected api.example.com, saw another",
                changed(Json.object().put("domain", domain).build()));
    }

    /** I20. */
    @ParameterizedTest
    @CsvSource({
        "https://API.Example.com:443, api.example.com",
        "https://api.example.com./, api.example.com",
        "https://bücher.example:8443, xn--bcher-kva.example:8443"
    })
    void a_configured_origin_becomes_the_one_spelling(String origin, String domain) {
        World world = new World();
        world.port(
                        SignInSettings.class,
                        SignInSettings.builder(origin)
                                .secret(Shop.SECRET)
                                .plan("weather", Plan.forEver())
                                .build())
                .port(
                        dev.x402.spi.PaymentExtension.Store.class,
                        dev.x402.core.seller.InMemoryExtensionStore.of(world.clock));
        Visit visit = new Visit(
                "",
                "GET",
                "weather",
                "",
                Map.of(),
                "/weather",
                "",
                "",
                dev.x402.spec.ResourceInfo.of("https://" + domain + "/weather"),
                Optional.empty(),
                Map.of());
        Json.Obj declared = (Json.Obj) new SignInWithX()
                .server(world)
                .orElseThrow()
                .declare(visit, List.of(Shop.offer(BASE)))
                .orElseThrow();

        assertEquals(Optional.of(domain), ((Json.Obj) declared.find("info").orElseThrow()).text("domain"));
    }

    /** I06, I01b. */
    @ParameterizedTest
    @CsvSource({"1, true", "29, true", "30, true", "31, false"})
    void issued_at_may_be_half_a_minute_ahead(int seconds, boolean good) {
        shop.paid("p1", BASE, ALICE);
        shop.world.clock.advance(Duration.ofSeconds(seconds));
        String proof = shop.proof(BASE, ALICE);
        shop.world.clock.advance(Duration.ofSeconds(-seconds));

        if (good) {
            assertGranted(shop.enter(proof));
        } else {
            assertDenied(
                    Codes.IN_FUTURE, "issuedAt: expected at most 30 s from now, saw a later time", shop.enter(proof));
        }
    }

    /** I06. */
    @Test
    void the_end_has_no_tolerance() {
        shop.paid("p1", BASE, ALICE);
        String early = shop.proof(BASE, ALICE);
        String late = shop.proof(BASE, ALICE);
        shop.world.clock.advance(Duration.ofMinutes(5).minusMillis(1));
        assertGranted(shop.enter(early));
        shop.world.clock.advance(Duration.ofMillis(1));

        assertDenied(Codes.EXPIRED, "expirationTime: expected a time to come, saw one that is over", shop.enter(late));
    }

    /** I07. */
    @Test
    void a_proof_without_end_is_refused() {
        Json.Obj proof = shop.proof(shop.message(BASE, ALICE), ALICE);

        assertDenied(
                Codes.EXPIRATION_TIME,
                "expirationTime: expected a time, saw nothing",
                shop.enter(header(proof.without("expirationTime"))));
    }

    /** I07. */
    @Test
    void an_end_beyond_our_own_is_refused() {
        assertDenied(
                Codes.EXPIRATION_TIME,
                "expirationTime: expected at most 300 s after issuedAt, saw a later time",
                changed(Json.object()
                        .put("expirationTime", "2026-03-02T10:05:00.124Z")
                        .build()));
    }

    @Test
    void not_before_is_respected() {
        assertDenied(
                Codes.NOT_YET_VALID,
                "notBefore: expected a time that has come, saw a later one",
                changed(Json.object()
                        .put("notBefore", "2026-03-02T10:00:01.000Z")
                        .build()));
    }

    /** I11. */
    @Test
    void accounts_are_compared_as_their_network_compares_them() {
        shop.paid("p1", SOLANA, "BSmWDgE9ex6dZYbiTsJGcwMEgFp8q4aWh92hdErQPeVW");
        shop.paid("p2", BASE, "0xa11ce");

        assertNotEntitled(shop.enter(shop.proof(SOLANA, "bsmwdge9ex6dzybitsjgcwmegfp8q4awh92hderqpevw")));
        assertGranted(shop.enter(shop.proof(BASE, ALICE)));
    }

    /** I12. */
    @Test
    void an_account_with_a_key_enters_by_any_network_of_its_namespace() {
        shop.paid("p1", BASE, ALICE);

        assertGranted(shop.enter(shop.proof(MAINNET, ALICE)));
        assertNotEntitled(shop.enter(shop.proof(SOLANA, ALICE)));
    }

    /** I12. */
    @Test
    void a_contract_of_the_same_name_on_another_network_is_another_holder() {
        shop.world.ethereum.owner(BASE, WALLET, ALICE);
        shop.world.ethereum.owner(MAINNET, WALLET, BOB);
        shop.paid("p1", BASE, WALLET);

        assertNotEntitled(shop.enter(header(shop.proof(shop.message(MAINNET, WALLET), BOB))));
        assertGranted(shop.enter(header(shop.proof(shop.message(BASE, WALLET), ALICE))));
        assertEquals(List.of(MAINNET + " " + WALLET, BASE + " " + WALLET), shop.world.ethereum.asked());
    }

    /** I12: the network is in what is signed. */
    @Test
    void a_proof_is_for_the_network_that_was_signed() {
        Json.Obj proof = shop.proof(shop.message(BASE, ALICE), ALICE);

        assertDenied(
                Codes.SIGNATURE,
                "signature: expected one of the account, saw another",
                shop.enter(header(proof.with("chainId", MAINNET.toString()))));
    }

    @Test
    void networks_that_the_settings_name_are_the_only_ones() {
        Shop strict =
                Shop.of(settings -> settings.plan("weather", Plan.forEver()).network(BASE));
        Json.Obj proof = strict.proof(Shop.message(strict.declared(SOLANA), MAINNET, ALICE), ALICE);

        assertDenied(
                Codes.UNSUPPORTED_CHAIN,
                "chainId: expected one of the challenge, saw eip155:1",
                strict.enter(header(proof)));
    }

    /** I14: nothing can be hidden in a line, and what we stated is what was signed. */
    @ParameterizedTest
    @CsvSource({
        "statement, invalid_siwx_payload, 'statement: expected one line of text, saw another value'",
        "resources, invalid_siwx_payload, "
                + "'resources: expected 1 to 2048 printable characters without spaces, saw another value'",
        "requestId, invalid_siwx_payload, "
                + "'requestId: expected 1 to 128 printable characters without spaces, saw another value'",
        "uri, invalid_siwx_uri_mismatch, "
                + "'uri: expected 1 to 2048 printable characters without spaces, saw another value'",
        "nonce, invalid_siwx_nonce, "
                + "'nonce: expected 1 to 64 printable characters without spaces, saw another value'"
    })
    void a_line_break_in_a_field_is_refused(String field, String code, String message) {
        Json injected = Json.of("https://api.example.com/\nNonce: 1");

        assertDenied(
                new ErrorCode(code),
                message,
                changed(Json.object()
                        .put(field, field.equals("resources") ? Json.array(injected) : injected)
                        .build()));
    }

    /** I14. */
    @Test
    void a_statement_that_is_not_ours_is_refused() {
        assertDenied(
                Codes.NONCE,
                "nonce: expected one of ours with what it was given for, saw another",
                changed(Json.object().put("statement", "I give everything away").build()));
    }

    /** I14: the message is made of the fields; one that merely holds the nonce is another message. */
    @Test
    void a_signature_over_another_text_is_refused() {
        Json.Obj proof = shop.proof(shop.message(BASE, ALICE), ALICE);
        String nonce = proof.text("nonce").orElseThrow();

        assertDenied(
                Codes.SIGNATURE,
                "signature: expected one of the account, saw another",
                shop.enter(header(proof.with("signature", Keys.signature(ALICE, "please sign " + nonce)))));
    }

    /** I01b. */
    @ParameterizedTest
    @CsvSource({
        "nonce, '', invalid_siwx_nonce",
        "nonce, '1234567', invalid_siwx_nonce",
        "issuedAt, 2026-03-02T10:00:00.123, invalid_siwx_issued_at",
        "issuedAt, 2026-03-02 10:00:00Z, invalid_siwx_issued_at",
        "issuedAt, 2026-06-30T23:59:60Z, invalid_siwx_issued_at",
        "issuedAt, 2026-02-30T10:00:00Z, invalid_siwx_issued_at",
        "issuedAt, 2026-03-02T24:00:00Z, invalid_siwx_issued_at",
        "issuedAt, +10000-01-01T00:00:00Z, invalid_siwx_issued_at",
        "issuedAt, 10000-01-01T00:00:00Z, invalid_siwx_issued_at",
        "expirationTime, 2026-03-02T10:05:00.123, invalid_siwx_expiration_time",
        "expirationTime, 2026-03-02T10:05:60Z, invalid_siwx_expiration_time",
        "expirationTime, 10000-01-01T00:00:00Z, invalid_siwx_expiration_time",
        "notBefore, yesterday, invalid_siwx_not_before",
        "version, 2, invalid_siwx_version",
        "chainId, eip155, invalid_siwx_chain_id",
        "chainId, ach:us, invalid_siwx_unsupported_chain",
        "type, ed25519, invalid_siwx_type",
        "address, alice, invalid_siwx_address",
        "signature, '', invalid_siwx_malformed_signature",
        "signature, 0x00, invalid_siwx_signature"
    })
    void a_field_that_is_wrong_has_its_own_code(String field, String value, String code) {
        Access.Denied denied = assertInstanceOf(
                Access.Denied.class, changed(Json.object().put(field, value).build()));

        assertEquals(new ErrorCode(code), denied.code());
        assertEquals(Map.of(), denied.answers());
    }

    /** I01b. */
    @ParameterizedTest
    @CsvSource({
        "domain, invalid_siwx_domain_mismatch",
        "address, invalid_siwx_address",
        "uri, invalid_siwx_uri_mismatch",
        "version, invalid_siwx_version",
        "chainId, invalid_siwx_chain_id",
        "type, invalid_siwx_type",
        "nonce, invalid_siwx_nonce",
        "issuedAt, invalid_siwx_issued_at",
        "expirationTime, invalid_siwx_expiration_time",
        "signature, invalid_siwx_malformed_signature"
    })
    void a_field_that_is_missing_or_no_text_has_its_own_code(String field, String code) {
        Json.Obj proof = shop.proof(shop.message(BASE, ALICE), ALICE);

        for (Json.Obj wrong :
                List.of(proof.without(field), proof.with(field, Json.of(1)), proof.with(field, Json.Null.NULL))) {
            Access.Denied denied = assertInstanceOf(Access.Denied.class, shop.enter(header(wrong)));
            assertEquals(new ErrorCode(code), denied.code());
        }
    }

    /** I01b: whatever comes is 402 with a code. */
    @ParameterizedTest
    @ValueSource(strings = {"", "not base64", "e30", "W10=", "bnVsbA==", "eyJhIjoxfQ==x", "eyJhIjox", "Ii8iLA=="})
    void a_header_that_is_no_proof_is_refused(String header) {
        Access.Denied denied = assertInstanceOf(Access.Denied.class, shop.enter(header));

        assertTrue(denied.code().value().startsWith("invalid_siwx_"), denied::toString);
        assertTrue(
                Set.of(
                                "proof: expected base64 of a JSON object within 8 KiB, saw another text",
                                "proof: expected an object, saw another value")
                        .contains(denied.message()),
                denied::message);
    }

    @Test
    void a_header_of_more_than_8_kib_is_not_decoded() {
        assertDenied(
                Codes.PAYLOAD,
                "proof: expected base64 of a JSON object within 8 KiB, saw another text",
                shop.enter("e".repeat(8 * 1024 + 4)));
    }

    @Test
    void a_refused_proof_does_not_use_up_its_nonce() {
        shop.paid("p1", BASE, ALICE);
        Json.Obj proof = shop.proof(shop.message(BASE, ALICE), ALICE);
        assertDenied(
                Codes.SIGNATURE,
                "signature: expected one of the account, saw another",
                shop.enter(header(proof.with("signature", "0x00"))));

        assertGranted(shop.enter(header(proof)));
    }

    /** I13: what is cheap to refuse never reaches the rail. */
    @Test
    void the_rail_is_asked_last() {
        SignInMessage message = shop.message(BASE, WALLET);
        Json.Obj proof = shop.proof(message, BOB);
        shop.enter(header(proof.with("nonce", "a1b2c3d4e5f67890a1b2c3d4e5f67890")));
        shop.enter(header(proof.with("domain", "evil.example")));
        shop.enter(header(proof.with("expirationTime", "2026-03-02T09:00:00.000Z")));
        shop.enter(shop.proof(BASE, ALICE));

        assertEquals(List.of(), shop.world.ethereum.asked());
    }

    /** I13. */
    @Test
    void a_proof_that_the_rail_refused_is_not_asked_about_again() {
        String proof = header(shop.proof(shop.message(BASE, WALLET), BOB));
        for (int i = 0; i < 5; i++) {
            assertDenied(Codes.SIGNATURE, "signature: expected one of the account, saw another", shop.enter(proof));
        }

        assertEquals(1, shop.world.ethereum.asked().size());
    }

    /** I13. */
    @Test
    void a_flood_of_contract_wallets_reaches_the_rail_300_times_in_a_minute_and_keeps_nobody_else_out() {
        shop.paid("p1", BASE, ALICE);
        for (int i = 0; i < 1000; i++) {
            shop.enter(header(shop.proof(shop.message(BASE, WALLET), BOB)));
        }
        assertEquals(300, shop.world.ethereum.asked().size());
        assertDenied(
                Codes.VERIFIER,
                "signature: too many wallets are being looked up; come again in a minute",
                shop.enter(header(shop.proof(shop.message(BASE, WALLET), BOB))));
        assertGranted(shop.enter(shop.proof(BASE, ALICE)));

        shop.world.clock.advance(Duration.ofMinutes(1));
        shop.enter(header(shop.proof(shop.message(BASE, WALLET), BOB)));
        assertEquals(301, shop.world.ethereum.asked().size());
    }

    /** I13. */
    @Test
    void a_known_caller_has_30_lookups_in_a_minute() {
        for (int i = 0; i < 40; i++) {
            String proof = header(shop.proof(shop.message(BASE, WALLET), BOB));
            shop.side.enter(new Visit(
                    "",
                    "GET",
                    "weather",
                    "",
                    Map.of(),
                    "/weather",
                    "",
                    "mallory",
                    dev.x402.spec.ResourceInfo.of(Shop.ORIGIN + "/weather"),
                    Optional.empty(),
                    Map.of(Proof.HEADER, proof)));
        }

        assertEquals(30, shop.world.ethereum.asked().size());
    }

    @Test
    void a_rail_that_is_down_is_no_refusal_of_the_wallet() {
        shop.world.ethereum.goesDown();

        assertDenied(
                Codes.VERIFIER,
                "signature: eip155:8453 could not be asked; come again",
                shop.enter(header(shop.proof(shop.message(BASE, WALLET), ALICE))));
    }

    /** Visitors who never answer, and answers that prove nothing, leave nothing behind. */
    @Test
    void only_a_proof_that_proves_is_written_down() {
        World world = new World();
        Shop small = new Shop(
                world,
                dev.x402.core.seller.InMemoryExtensionStore.of(world.clock, 1, 1_000_000),
                settings -> settings.plan("weather", Plan.forEver()));
        for (int i = 0; i < 100; i++) {
            small.enter(header(small.proof(small.message(BASE, ALICE), BOB)));
        }

        assertNotEntitled(small.enter(small.proof(BASE, ALICE)));
    }

    /** A crowd with keys of their own fills a room of strangers, and keeps nobody out who paid. */
    @Test
    void a_crowd_of_strangers_keeps_no_payer_out() {
        World world = new World();
        Shop small = new Shop(
                world,
                dev.x402.core.seller.InMemoryExtensionStore.of(world.clock, 2, 1_000_000),
                settings -> settings.plan("weather", Plan.forEver()));
        small.paid("p1", BASE, ALICE);
        for (int i = 0; i < 2; i++) {
            assertNotEntitled(small.enter(small.proof(BASE, "0xAB0B" + i)));
        }
        assertDenied(
                Codes.VERIFIER,
                "nonce: there is no room to use another; come again",
                small.enter(small.proof(BASE, BOB)));

        assertGranted(small.session(Shop.token(assertGranted(small.enter(small.proof(BASE, ALICE))))));
    }

    @Test
    void a_sign_in_for_which_there_is_no_room_costs_no_call() {
        World world = new World();
        Shop small = new Shop(
                world,
                dev.x402.core.seller.InMemoryExtensionStore.of(world.clock, 1, 1_000_000),
                settings -> settings.plan("weather", Plan.calls(3)));
        small.paid("p1", BASE, ALICE);
        String token = small.signIn(BASE, ALICE);
        assertDenied(
                Codes.VERIFIER,
                "nonce: there is no room to use another; come again",
                small.enter(small.proof(BASE, ALICE)));

        assertGranted(small.session(token));
        assertNotEntitled(small.session(token));
    }

    @Test
    void an_address_that_no_message_can_hold_becomes_the_origin() {
        Json.Obj declared =
                shop.declared(Shop.visit("", "GET", "weather", "/weather?" + "a".repeat(2000), Map.of()), BASE);

        assertEquals(
                Optional.of("https://api.example.com/"),
                ((Json.Obj) declared.find("info").orElseThrow()).text("uri"));
    }

    @Test
    void nothing_secret_is_printed() {
        String proof = shop.proof(BASE, ALICE);
        Access access = shop.enter(proof);
        String token = Shop.token(access);

        assertFalse(access.toString().contains(token));
        assertFalse(Proof.read(proof).toString().contains("0x"));
        assertEquals(
                "settings for https://x.example",
                SignInSettings.builder("https://x.example").toString());
    }

    private Access changed(Json.Obj members) {
        Json.Obj proof = shop.proof(shop.message(BASE, ALICE), ALICE);
        for (Map.Entry<String, Json> member : members.members().entrySet()) {
            proof = proof.with(member.getKey(), member.getValue());
        }
        return shop.enter(header(proof));
    }
}
