package dev.x402.tck;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentExtension.Access;
import dev.x402.spi.PaymentExtension.ClientSide;
import dev.x402.spi.PaymentExtension.FacilitatorSide;
import dev.x402.spi.PaymentExtension.Refusal;
import dev.x402.spi.PaymentExtension.Sale;
import dev.x402.spi.PaymentExtension.ServerSide;
import dev.x402.spi.PaymentExtension.Visit;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Rules for an extension: what it declares, answers, lets in and refuses. */
public interface ExtensionRules extends RuleKit {
    /**
     * A new extension, for one rule.
     *
     * @param env clock, randomness and seed, which the fixture hands on
     * @throws Exception when it cannot be made; the rule is then inconclusive
     */
    ExtensionFixture extension(TckEnvironment env) throws Exception;

    @Override
    default SchemeFixture fixture(TckEnvironment env) throws Exception {
        return new JudgedExtension(extension(env));
    }

    /** The key is legal and lasts. */
    @SpecRule(
            id = "X402-EXTENSION-01",
            level = Level.MUST,
            spec = "v2 §5.1.2",
            derived = "everything of an extension stands under its key, which is compared as it is",
            intent = "the key is [A-Za-z0-9._-]{1,64}, and the same in each instance",
            does = "asks two instances for their keys",
            causes = {"a key from configuration", "a key with a space"})
    default void extension_01_theKeyIsLegalAndLasts(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        String key = on.key();
        bench.check(
                key.matches("[A-Za-z0-9._-]{1,64}"), "asked for the key", "[A-Za-z0-9._-]{1,64}", "\"" + key + "\"");
        String other = on.fixture().extension().key();
        bench.check(key.equals(other), "asked another instance for the key", key, other);
    }

    /** Without its ports a side is empty. */
    @SpecRule(
            id = "X402-EXTENSION-02",
            level = Level.MUST,
            spec = "SPI, PaymentExtension",
            derived = "an application that has the jar for one side must not break for want of another's port",
            intent = "a side whose port was not given is empty, and nothing is thrown",
            does = "asks for each side where no port is given",
            causes = {"port(…).orElseThrow()", "null in place of an empty optional"})
    default void extension_02_withoutPortsSidesAreEmpty(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        PaymentExtension extension = on.extension();
        present(bench, "the payer's side without ports", extension.client(on.closedPorts()));
        present(bench, "the seller's side without ports", extension.server(on.closedPorts()));
        present(bench, "the facilitator's side without ports", extension.facilitator(on.closedPorts()));
    }

    private static void present(Bench bench, String what, Optional<? extends AutoCloseable> side) {
        bench.check(side != null, "asked for " + what, "a side or none", "null");
        side.ifPresent(bench::opened);
    }

    /** Closing is harmless. */
    @SpecRule(
            id = "X402-EXTENSION-03",
            level = Level.MUST,
            spec = "SPI, lifecycle",
            derived = "who closes a registry need not know what was closed before",
            intent = "closing a side is harmless, twice as well",
            does = "closes each side that is claimed, twice",
            causes = {"a resource is released again"})
    default void extension_03_closingIsHarmless(Bench bench) throws Exception {
        ExtensionBench on = ExtensionBench.on(bench);
        for (AutoCloseable side : sides(on)) {
            bench.doing("closed a side twice");
            side.close();
            side.close();
        }
    }

    /** A declaration has the form that all implementations read. */
    @SpecRule(
            id = "X402-EXTENSION-04",
            level = Level.MUST,
            spec = "v2 §5.1.2",
            derived = "peers read info and check the echo by it; a challenge stands in a header of 64 KiB",
            intent = "a declaration is an object with an object info, of 16 KiB at most, and comes back as it was",
            does = "declares, writes and reads it",
            causes = {"the info is the whole declaration", "a list of everything that is sold"},
            needs = Capability.SERVER)
    default void extension_04_declarationsHaveTheirForm(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        Json declared = on.declaration(on.server());
        bench.check(
                declared instanceof Json.Obj members && members.members().get("info") instanceof Json.Obj,
                "declared",
                "an object with an object info",
                String.valueOf(declared));
        byte[] written = Codec.JSON.write(declared);
        bench.check(written.length <= 16 * 1024, "wrote the declaration", "16384 bytes at most", written.length + "");
        bench.check(
                Codec.JSON.read(written).equals(declared), "wrote and read the declaration", "the same", "another one");
    }

    /** A declaration stands still but for what is said to move. */
    @SpecRule(
            id = "X402-EXTENSION-05",
            level = Level.MUST,
            spec = "v2 §5.1.2",
            derived = "the echo is compared with a declaration that is made again when the payment comes",
            intent = "only members named as dynamicInfo differ between two declarations, also of two instances",
            does = "declares twice, and by another instance",
            causes = {"a time or nonce that is not named", "the order of a set", "a key made at start-up"},
            needs = Capability.SERVER)
    default void extension_05_declarationsStandStill(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        ServerSide one = on.server();
        Json first = ExtensionBench.without(on.declaration(one), one.dynamicInfo());
        bench.pass(Duration.ofSeconds(7));
        ServerSide another = on.anotherServer();
        for (ServerSide side : List.of(one, another)) {
            Json again = ExtensionBench.without(on.declaration(side), side.dynamicInfo());
            bench.check(
                    again.equals(first),
                    "declared again, by " + (side == one ? "the same instance" : "another instance"),
                    "the same but for " + new TreeSet<>(one.dynamicInfo()),
                    "another declaration");
        }
    }

    /** What is offered is not the extension's. */
    @SpecRule(
            id = "X402-EXTENSION-06",
            level = Level.MUST,
            spec = "v2 §5.1.2",
            derived = "whose money goes where is never decided by the class path",
            intent = "declaring leaves the offers as they are, in price, payee and order",
            does = "declares with a list of offers that could be changed",
            causes = {"offers are sorted in place", "an offer is replaced by a cheaper one"},
            needs = Capability.SERVER)
    default void extension_06_offersAreLeftAlone(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        PaymentRequirements offer = on.offer();
        PaymentRequirements dearer = new PaymentRequirements(
                offer.scheme(),
                offer.network(),
                new AtomicAmount(offer.amount().value().add(BigInteger.ONE)),
                offer.asset(),
                offer.payTo(),
                offer.maxTimeoutSeconds(),
                offer.extraOrEmpty(),
                offer.unknown());
        List<PaymentRequirements> offers = new ArrayList<>(List.of(dearer, offer));
        on.server().declare(on.fixture().visit(), offers);
        bench.check(
                offers.equals(List.of(dearer, offer)), "declared with a list of offers", "the same offers", "others");
    }

    /** Proofs and answers have names of their own. */
    @SpecRule(
            id = "X402-EXTENSION-07",
            level = Level.MUST,
            spec = "v2 §5.1",
            derived = "over HTTP they are headers, beside those of the protocol",
            intent = "names of proofs and answers are [A-Za-z0-9-]{1,64}, and none is the protocol's",
            does = "reads the names that both sides tell",
            causes = {"an underscore or space in a header's name", "the payment's own header is read"})
    default void extension_07_namesAreItsOwn(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        Set<String> names = new TreeSet<>();
        if (on.claims(Capability.SERVER)) {
            names.addAll(on.server().proofs());
        }
        if (on.claims(Capability.CLIENT)) {
            names.addAll(on.client().answers());
        }
        Set<String> taken = Set.of(
                "payment-required",
                "payment-signature",
                "payment-response",
                "extension-responses",
                "x-payment",
                "x-payment-response",
                "host",
                "connection",
                "content-length",
                "transfer-encoding");
        for (String name : names) {
            bench.check(
                    name.matches("[A-Za-z0-9-]{1,64}") && !taken.contains(name.toLowerCase(Locale.ROOT)),
                    "read the names of proofs and answers",
                    "[A-Za-z0-9-]{1,64} that the protocol does not use",
                    "\"" + name + "\"");
        }
    }

    /** The own answer is accepted. */
    @SpecRule(
            id = "X402-EXTENSION-08",
            level = Level.MUST,
            spec = "v2 §5.2",
            derived = "a seller who refuses what the payer's side of the same extension answers sells nothing",
            intent = "what the payer's side answers to a declaration is refused neither before nor after verifying",
            does = "declares, answers, and asks for a refusal both times",
            causes = {"two formats of one member", "the answer is looked for outside of info"},
            needs = {Capability.CLIENT, Capability.SERVER})
    default void extension_08_theOwnAnswerIsAccepted(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        Json declared = on.declaration();
        Json echo = on.echo(declared);
        Visit visit = on.visit(declared);
        Optional<Refusal> early = on.server().refuse(visit, on.payload(Optional.of(echo)));
        bench.check(early.isEmpty(), "asked for a refusal of the own answer", "none", told(early));
        Optional<Refusal> late = on.server().reserve(visit, on.payload(Optional.of(echo)));
        bench.check(late.isEmpty(), "reserved by the own answer", "no refusal", told(late));
    }

    /** An answer adds. */
    @SpecRule(
            id = "X402-EXTENSION-09",
            level = Level.MUST,
            spec = "v2 §5.1.2",
            quote =
                    "The client must include at least the info received; it may append additional info but cannot delete or overwrite existing info.",
            intent = "an answer adds members, and says nothing else where the server said something",
            does = "answers a declaration and compares what both say",
            causes = {"the answer is built from a template", "a null where the server's member was"},
            needs = Capability.CLIENT)
    default void extension_09_anAnswerAdds(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        Json declared = on.declaration();
        Optional<Json> answer = on.client().answer(declared, on.offer());
        bench.check(
                answer.map(added -> isAddition(declared, added)).orElse(true),
                "answered a declaration",
                "members of the server's as they are, and more",
                "a member of the server's with another value");
    }

    private static boolean isAddition(Json servers, Json payers) {
        if (!(servers instanceof Json.Obj ours) || !(payers instanceof Json.Obj theirs)) {
            return servers.equals(payers);
        }
        return theirs.members().entrySet().stream()
                .allMatch(member -> ours.find(member.getKey())
                        .map(said -> isAddition(said, member.getValue()))
                        .orElse(true));
    }

    /** A hostile declaration is answered or left. */
    @SpecRule(
            id = "X402-EXTENSION-10",
            level = Level.MUST,
            spec = "v2 §5.1.2",
            derived = "declarations come from servers that nobody knows",
            intent = "whatever is declared, answering throws nothing",
            does = "answers declarations in which each member in turn is nonsense, or as large as can be",
            causes = {"a cast without a look", "a pattern that backtracks"},
            needs = Capability.CLIENT)
    default void extension_10_hostileDeclarationsAreAnswered(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        ClientSide client = on.client();
        for (Json declared : on.garbage(on.declaration())) {
            bench.doing("answered a declaration that is nonsense: " + declared);
            Optional<Json> answer = client.answer(declared, on.offer());
            bench.check(answer != null, "answered nonsense", "an answer or none", "null");
        }
    }

    /** Hostile servers get no proof and do no harm. */
    @SpecRule(
            id = "X402-EXTENSION-11",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.ClientSide",
            derived = "a proof signs in: it is for who asked for it in the extension's own words",
            intent = "a challenge that does not declare the extension gets no proof, and nonsense no exception",
            does = "shows challenges without the extension and with nonsense, and hostile answers",
            causes = {"any challenge is signed", "a header is parsed without a look"},
            needs = Capability.CLIENT)
    default void extension_11_nothingIsProvenUnasked(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        ClientSide client = on.client();
        String url = on.fixture().visit().resource().url();
        for (Json.Obj extensions : List.of(
                Json.Obj.EMPTY,
                Json.Obj.EMPTY.with(
                        "x402tck-other",
                        Json.object().put("info", Json.Obj.EMPTY).build()))) {
            Map<String, String> proofs = client.prove(url, on.challenge(extensions), bench.by());
            bench.check(
                    proofs.isEmpty(),
                    "asked for a proof by a challenge without the extension",
                    "none",
                    "a proof named " + new TreeSet<>(proofs.keySet()));
        }
        for (Json declared : on.garbage(on.declaration())) {
            bench.doing("asked for a proof by a challenge that is nonsense: " + declared);
            client.prove(url, on.challenge(Json.Obj.EMPTY.with(on.key(), declared)), bench.by());
        }
        for (HostileText text : HostileText.around("token")) {
            bench.doing("received an answer that is " + text.what());
            Map<String, String> answers = new LinkedHashMap<>();
            client.answers().forEach(name -> answers.put(name, text.value()));
            client.received(url, answers);
            client.received(text.value(), answers);
            client.present(text.value());
        }
    }

    /** What one origin gave is shown to that one alone. */
    @SpecRule(
            id = "X402-EXTENSION-12",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.ClientSide",
            derived = "who may show another's token is the other",
            intent = "what came from one origin is presented to no other",
            does = "gives answers from one origin and asks what is presented to origins that resemble it",
            causes = {"the host is compared without scheme or port", "an address is compared by its beginning"},
            needs = Capability.CLIENT)
    default void extension_12_originsAreApart(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        ClientSide client = on.client();
        String token = "x402tck-token-0123456789abcdefghijklmnopqrs";
        String own = on.fixture().visit().resource().url();
        bench.doing("asked for a proof by an honest challenge");
        client.prove(own, on.challenge(Json.Obj.EMPTY.with(on.key(), on.declaration())), bench.by());
        Map<String, String> answers = new LinkedHashMap<>();
        client.answers().forEach(name -> answers.put(name, token));
        client.received(own, answers);
        for (String other : List.of(
                "https://other.example/reports/monday",
                "http://seller.example/reports/monday",
                "https://seller.example:8443/reports/monday",
                "https://seller.example.evil.example/reports/monday",
                "https://seller.example@evil.example/reports/monday",
                "https://evil.example/https://seller.example/reports/monday",
                "https://evil.example\\@seller.example/",
                "https://www.seller.example/reports/monday")) {
            String step = "asked what is presented to " + other;
            bench.doing(step);
            bench.check(
                    client.present(other).values().stream().noneMatch(value -> value.contains(token)),
                    step,
                    "nothing that another origin gave",
                    "its token");
        }
    }

    /** Refusing writes nothing. */
    @SpecRule(
            id = "X402-EXTENSION-13",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.ServerSide",
            derived = "a payment that is not verified is anybody's: what it writes is free of charge",
            intent = "before a payment is verified nothing of it is written, and asking twice answers the same",
            does = "asks for refusals of an honest payload and of nonsense, twice each, and looks at the store",
            causes = {"the reservation is made too early", "a count of attempts"},
            needs = Capability.SERVER)
    default void extension_13_refusingWritesNothing(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        Json declared = on.declaration();
        Json echo = on.echo(declared);
        ServerSide server = on.server();
        Visit visit = on.visit(declared);
        long before = on.store().writes();
        List<Optional<Json>> echoes = new ArrayList<>(List.of(Optional.empty(), Optional.of(echo)));
        ExtensionBench.bombs().forEach(bomb -> echoes.add(Optional.of(bomb)));
        for (Optional<Json> one : echoes) {
            Optional<Refusal> first = server.refuse(visit, on.payload(one));
            Optional<Refusal> second = server.refuse(visit, on.payload(one));
            bench.check(
                    first.equals(second),
                    "asked for a refusal twice",
                    "the same answer",
                    told(first) + ", " + told(second));
        }
        long written = on.store().writes() - before;
        bench.check(written == 0, "asked for refusals", "nothing written", written + " writes");
    }

    /** A hostile echo is refused or let be. */
    @SpecRule(
            id = "X402-EXTENSION-14",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.ServerSide",
            derived = "what throws asks the payer to come again: a payload that cannot be right comes for ever",
            intent = "whatever is echoed, refusing and reserving answer with a value, in a short and clean message",
            does = "asks for refusals of payloads in which each member in turn is nonsense, or as large as can be",
            causes = {"a cast without a look", "the message repeats what came", "a text is parsed before it is measured"
            },
            needs = Capability.SERVER)
    default void extension_14_hostileEchoesAreAnswered(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        Json declared = on.declaration();
        ServerSide server = on.server();
        Visit visit = on.visit(declared);
        for (Json echo : on.garbage(on.echo(declared))) {
            bench.doing("asked for a refusal of a payload whose echo is nonsense: " + echo);
            clean(bench, server.refuse(visit, on.payload(Optional.of(echo))));
            bench.doing("reserved by a payload whose echo is nonsense: " + echo);
            clean(bench, server.reserve(visit, on.payload(Optional.of(echo))));
        }
    }

    private static void clean(Bench bench, Optional<Refusal> refusal) {
        refusal.ifPresent(said -> {
            boolean clean = said.message().length() <= 1_000
                    && said.message().chars().noneMatch(Character::isISOControl)
                    && said.code().value().matches("[a-z0-9_]{1,100}");
            bench.check(
                    clean,
                    "read a refusal",
                    "a code of [a-z0-9_] and a message of 1000 printable characters at most",
                    "code \"" + said.code().value().replaceAll("[^ -~]", "?") + "\" and a message of "
                            + said.message().length());
        });
    }

    /** Reserving again is no second reservation. */
    @SpecRule(
            id = "X402-EXTENSION-15",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.ServerSide",
            derived = "a payer whose answer was lost sends the identical payment, which must get what it bought",
            intent = "the identical payment is reserved as often as it comes, by whichever instance",
            does = "reserves twice, by another instance, and asks for a refusal afterwards",
            causes = {"found is taken for another's", "what is bound has a time in it", "memory outside of the store"},
            needs = Capability.SERVER)
    default void extension_15_reservingAgainIsFine(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        Json declared = on.declaration();
        Optional<Json> echo = Optional.of(on.echo(declared));
        Visit visit = on.visit(declared);
        bench.control(on.server().reserve(visit, on.payload(echo)).isEmpty(), "the first reservation was refused");
        bench.pass(Duration.ofSeconds(30));
        Optional<Refusal> again = on.server().reserve(visit, on.payload(echo));
        bench.check(again.isEmpty(), "reserved by the identical payment", "no refusal", told(again));
        Optional<Refusal> elsewhere = on.anotherServer().reserve(visit, on.payload(echo));
        bench.check(elsewhere.isEmpty(), "reserved by the identical payment elsewhere", "no refusal", told(elsewhere));
        Optional<Refusal> early = on.anotherServer().refuse(visit, on.payload(echo));
        bench.check(early.isEmpty(), "asked for a refusal of the identical payment", "none", told(early));
    }

    /** Nonsense lets nobody in. */
    @SpecRule(
            id = "X402-EXTENSION-16",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.ServerSide",
            derived = "who enters does not pay",
            intent = "proofs that are nonsense let nobody in, before and after a sale, and nothing is thrown",
            does = "visits without proofs and with hostile ones",
            causes = {"an empty proof is found", "null equals null", "a proof is decoded before it is measured"},
            needs = Capability.SERVER)
    default void extension_16_nonsenseLetsNobodyIn(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        ServerSide server = on.server();
        Json declared = on.declaration();
        for (int round = 0; round < 2; round++) {
            entersNot(bench, server, on.visit(Map.of()), "no proof");
            for (String name : server.proofs()) {
                for (String text : List.of("null", "undefined", "{}", "e30=", "Bearer", "\u0000", "x402tck-token")) {
                    entersNot(bench, server, on.visit(Map.of(name, text)), "a proof that is \"" + text + "\"");
                }
                for (HostileText text : HostileText.around("eyJhIjoxfQ==")) {
                    entersNot(bench, server, on.visit(Map.of(name, text.value())), "a proof that is " + text.what());
                }
            }
            on.sales(on.payment(Optional.of(on.echo(declared)))).subList(0, 2).forEach(server::became);
        }
    }

    private static void entersNot(Bench bench, ServerSide server, Visit visit, String what) {
        bench.doing("visited with " + what);
        Access access = server.enter(visit);
        bench.check(
                access instanceof Access.Unknown || access instanceof Access.Denied,
                "visited with " + what,
                "Unknown or Denied",
                access == null ? "null" : "Granted");
    }

    /** News that come twice are one piece of news. */
    @SpecRule(
            id = "X402-EXTENSION-17",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.ServerSide",
            derived = "each change is told at least once: after a crash it is told again",
            intent = "what became of a payment may be told twice, also of one whose echo is nonsense",
            does = "tells settled, final and reversed twice each, and compares what is remembered",
            causes = {"uses are added each time", "what throws is told again for ever"},
            needs = Capability.SERVER)
    default void extension_17_newsMayComeTwice(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        ServerSide server = on.server();
        Json declared = on.declaration();
        Json honest = on.echo(declared);
        for (Sale sale : on.sales(on.payment(Optional.of(honest)))) {
            server.became(sale);
            Map<String, Bytes> once = on.store().content();
            server.became(sale);
            bench.check(
                    on.store().content().equals(once),
                    "told twice what became of a payment",
                    "the same remembered as after once",
                    "something else");
        }
        for (Json echo : on.garbage(honest)) {
            bench.doing("told what became of a payment whose echo is nonsense: " + echo);
            on.sales(on.payment(Optional.of(echo))).forEach(server::became);
        }
        on.sales(on.payment(Optional.empty())).forEach(server::became);
    }

    /** What is added to a receipt is an object. */
    @SpecRule(
            id = "X402-EXTENSION-18",
            level = Level.MUST,
            spec = "v2 §5.3",
            derived = "the money moved: a receipt must come whatever the payer wrote",
            intent = "whatever is echoed, a contribution to the receipt is an object or nothing",
            does = "asks for contributions to receipts of payments whose echo is nonsense",
            causes = {"a cast without a look", "the echo is given back"},
            needs = Capability.SERVER)
    default void extension_18_contributionsAreObjects(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        ServerSide server = on.server();
        Json honest = on.echo(on.declaration());
        List<Json> echoes = new ArrayList<>(on.garbage(honest));
        echoes.add(honest);
        for (Json echo : echoes) {
            bench.doing("asked what is added to a receipt where the echo is " + echo);
            Optional<Json> added = server.contribute(on.payment(Optional.of(echo)), echo, on.settled());
            bench.check(
                    added.map(Json.Obj.class::isInstance).orElse(true),
                    "asked what is added to a receipt",
                    "an object or nothing",
                    String.valueOf(added));
        }
    }

    /** A facilitator answers whatever came. */
    @SpecRule(
            id = "X402-EXTENSION-19",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.FacilitatorSide",
            derived = "the payload is the payer's; what it says of a seller is no evidence",
            intent = "whatever is echoed, the facilitator's side answers with a small object or nothing",
            does = "asks for answers to payments whose echo is nonsense, verified and settled",
            causes = {"a cast without a look", "a schema of the payer's is compiled", "the echo is given back"},
            needs = Capability.FACILITATOR)
    default void extension_19_facilitatorsAnswer(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        FacilitatorSide side = on.facilitator();
        for (Json echo : on.garbage(on.echo(on.declaration()))) {
            for (boolean settled : List.of(false, true)) {
                bench.doing("asked a facilitator's side for its answer to " + echo);
                Optional<Json> answer = side.answer(on.payment(Optional.of(echo)), echo, settled);
                bench.check(
                        answer.map(said -> said instanceof Json.Obj && Codec.JSON.write(said).length <= 4096)
                                .orElse(true),
                        "asked a facilitator's side for its answer",
                        "an object of 4096 bytes at most, or nothing",
                        String.valueOf(answer));
            }
        }
    }

    /** A facilitator answers soon. */
    @SpecRule(
            id = "X402-EXTENSION-20",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.FacilitatorSide",
            derived = "the answer stands between a payer and its payment",
            intent = "an answer to the largest echo takes a second of CPU at most",
            does = "asks for answers to echoes as large as the codec lets through and measures the thread's CPU time",
            causes = {"a pattern that backtracks", "every schema is compiled", "a catalogue is searched"},
            needs = Capability.FACILITATOR)
    default void extension_20_facilitatorsAnswerSoon(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        FacilitatorSide side = on.facilitator();
        var threads = ManagementFactory.getThreadMXBean();
        for (Json bomb : ExtensionBench.bombs()) {
            long before = threads.getCurrentThreadCpuTime();
            side.answer(on.payment(Optional.of(bomb)), bomb, true);
            long millis = (threads.getCurrentThreadCpuTime() - before) / 1_000_000;
            bench.check(millis <= 1_000, "asked for an answer to " + bomb, "1000 ms of CPU at most", millis + " ms");
        }
    }

    /** Nothing secret is shown. */
    @SpecRule(
            id = "X402-EXTENSION-21",
            level = Level.MUST,
            spec = "SPI, PaymentExtension",
            derived = "what is shown by toString stands in logs",
            intent = "no secret and no proof is shown by toString or in a message",
            does = "reads the texts of extension, sides and accesses",
            causes = {"a record with a token in it", "a message quotes the proof"})
    default void extension_21_nothingSecretIsShown(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        String proof = "x402tck-proof-0123456789abcdef";
        StringBuilder shown = new StringBuilder().append(on.extension());
        List<String> secrets = new ArrayList<>(on.fixture().secrets());
        secrets.add(proof);
        if (on.claims(Capability.CLIENT)) {
            ClientSide client = on.client();
            Map<String, String> answers = new LinkedHashMap<>();
            client.answers().forEach(name -> answers.put(name, proof));
            client.received(on.fixture().visit().resource().url(), answers);
            on.fixture()
                    .declared()
                    .ifPresent(declared -> client.prove(
                            on.fixture().visit().resource().url(),
                            on.challenge(Json.Obj.EMPTY.with(on.key(), declared)),
                            bench.by()));
            shown.append(client);
        }
        if (on.claims(Capability.SERVER)) {
            ServerSide server = on.server();
            shown.append(server);
            for (String name : server.proofs()) {
                Access access = server.enter(on.visit(Map.of(name, proof)));
                shown.append(access);
                if (access instanceof Access.Denied denied) {
                    shown.append(denied.message()).append(denied.code());
                }
            }
        }
        if (on.claims(Capability.FACILITATOR)) {
            shown.append(on.facilitator());
        }
        for (String secret : secrets) {
            bench.check(
                    !shown.toString().contains(secret),
                    "read the texts of extension, sides and accesses",
                    "no secret",
                    "a secret of " + secret.length() + " characters");
        }
    }

    /** Sides are safe for threads. */
    @SpecRule(
            id = "X402-EXTENSION-22",
            level = Level.MUST,
            spec = "SPI, PaymentExtension.ServerSide",
            derived = "one side serves every request of a server",
            intent = "declaring and answering from many threads gives what one thread gives",
            does = "declares and answers 400 times from 8 threads and compares with one declaration",
            causes = {"a buffer or digest in a field"},
            needs = Capability.SERVER)
    default void extension_22_sidesAreSafeForThreads(Bench bench) {
        ExtensionBench on = ExtensionBench.on(bench);
        ServerSide server = on.server();
        Set<String> dynamic = server.dynamicInfo();
        Json expected = ExtensionBench.without(on.declaration(), dynamic);
        Json echo = on.echo(on.declaration());
        Optional<Refusal> refusal = server.refuse(on.visit(on.declaration()), on.payload(Optional.of(echo)));
        List<Boolean> same = Crowd.run(8, number -> {
            boolean equal = true;
            for (int i = 0; i < 50; i++) {
                Json declared = on.declaration(server);
                equal &= ExtensionBench.without(declared, dynamic).equals(expected);
                equal &= server.refuse(on.visit(declared), on.payload(Optional.of(echo)))
                        .equals(refusal);
            }
            return equal;
        });
        bench.check(
                !same.contains(false),
                "declared and asked for refusals from 8 threads",
                "the same as from one",
                "something else");
    }

    private static List<AutoCloseable> sides(ExtensionBench on) {
        List<AutoCloseable> sides = new ArrayList<>();
        if (on.claims(Capability.CLIENT)) {
            sides.add(on.client());
        }
        if (on.claims(Capability.SERVER)) {
            sides.add(on.server());
        }
        if (on.claims(Capability.FACILITATOR)) {
            sides.add(on.facilitator());
        }
        return sides;
    }

    private static String told(Optional<Refusal> refusal) {
        return refusal.map(said -> "refused as " + said.code().value()).orElse("no refusal");
    }
}
