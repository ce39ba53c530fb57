package dev.x402.tck;

import dev.x402.spec.Network;
import dev.x402.spi.PaymentScheme.Accounts;
import dev.x402.spi.Rail;
import java.util.List;
import java.util.Optional;

/** Rules for a plugin whose accounts prove themselves by messages; none apply where it cannot. */
public interface AccountRules extends RuleKit {
    /** What is signed is proven. */
    @SpecRule(
            id = "X402-ACCOUNT-01",
            level = Level.MUST,
            spec = "PaymentScheme.Accounts.sign",
            derived = "who signs in with a key and cannot be told from a stranger pays twice",
            intent = "every text that the own account signs is proven, by another instance too",
            does = "signs a plain, a foreign and a long text and has them proven, also by a new scheme",
            causes = {"the text is cut", "signer and verifier encode it differently", "line ends are changed"},
            needs = {Capability.CLIENT})
    default void account_01_whatIsSignedIsProven(Bench bench) {
        Accounts accounts = accounts(bench);
        Accounts others = bench.otherAccounts();
        for (String text : List.of(
                Message.TEXT,
                Message.TEXT + "\n\n- \u00fcber \u2713 \ud83d\ude00",
                Message.TEXT + " a".repeat(2_000))) {
            String step = "signed a message of " + text.length() + " characters and had it proven";
            bench.doing(step);
            String signature = accounts.sign(network(bench), text);
            bench.check(proves(accounts, bench, text, signature), step, "proven", "not proven");
            bench.check(
                    proves(others, bench, text, signature),
                    step + " by another instance of the scheme",
                    "proven",
                    "not proven");
        }
    }

    /** Who signs in is who pays. */
    @SpecRule(
            id = "X402-ACCOUNT-02",
            level = Level.MUST,
            spec = "PaymentScheme.Accounts.own",
            derived = "a server compares who signs in with who paid, in the rail's spelling",
            intent = "the own account is the payer, in canonical spelling",
            does = "asks for the own account and its canonical spelling",
            causes = {"an address without its checksum", "another key than the payer's side uses"},
            needs = {Capability.CLIENT})
    default void account_02_theOwnAccountIsThePayer(Bench bench) {
        Accounts accounts = accounts(bench);
        Network network = network(bench);
        String own = own(bench, accounts);
        String payer = bench.fixture().payer();
        bench.check(own.equals(payer), "asked for the own account on " + network, payer, own);
        for (Rail rail : bench.fixture().rails()) {
            Optional<String> spelling = rail.canonicalAccount(network, own);
            bench.check(
                    spelling.isEmpty() || spelling.get().equals(own),
                    "asked the rail for the canonical spelling of the own account",
                    own,
                    spelling.orElse(""));
        }
    }

    /** A text is proven to the last character. */
    @SpecRule(
            id = "X402-ACCOUNT-03",
            level = Level.MUST,
            spec = "PaymentScheme.Accounts.proves",
            derived = "a signature for another time, nonce or site must not be good here",
            intent = "a signature proves no text but the signed one",
            does = "changes the text's ends, case, line ends and each of its lines",
            causes = {"the text is stripped or folded before it is hashed", "only a part of it is hashed"},
            needs = {Capability.CLIENT})
    default void account_03_noOtherTextIsProven(Bench bench) {
        Accounts accounts = accounts(bench);
        String signature = signed(bench, accounts);
        Message.others().forEach((how, text) -> {
            String step = "had a signature proven for a text " + how;
            bench.doing(step);
            bench.check(!proves(accounts, bench, text, signature), step, "not proven", "proven");
        });
    }

    /** A signature is of one account. */
    @SpecRule(
            id = "X402-ACCOUNT-04",
            level = Level.MUST,
            spec = "PaymentScheme.Accounts.proves",
            derived = "who paid is let in, and nobody else",
            intent = "a signature proves no account but the signer's",
            does = "has the own signature proven for the payee's and the stranger's account",
            causes = {"the account of the message is not compared with the signer"},
            needs = {Capability.CLIENT})
    default void account_04_noOtherAccountIsProven(Bench bench) {
        Accounts accounts = accounts(bench);
        String signature = signed(bench, accounts);
        for (String other :
                List.of(bench.fixture().stranger(), bench.fixture().offer().payTo())) {
            String step = "had a signature proven for the account " + other;
            bench.doing(step);
            bench.check(
                    !accounts.proves(network(bench), other, Message.TEXT, signature, bench.by()),
                    step,
                    "not proven",
                    "proven");
        }
    }

    /** A signature is compared whole. */
    @SpecRule(
            id = "X402-ACCOUNT-05",
            level = Level.MUST,
            spec = "PaymentScheme.Accounts.proves",
            derived = "a signature that may be changed can be used again as a new one, or forged",
            intent = "a changed signature proves nothing",
            does = "changes characters all along the signature, cuts it, doubles it, and takes another text's",
            causes = {"a part is compared", "s above half of the order is taken", "the text behind the signature is cut"
            },
            needs = {Capability.CLIENT})
    default void account_05_noOtherSignatureProves(Bench bench) {
        Accounts accounts = accounts(bench);
        String signature = signed(bench, accounts);
        Message.changed(signature, accounts.sign(network(bench), Message.TEXT + "."))
                .forEach((how, other) -> {
                    String step = "had a signature proven " + how;
                    bench.doing(step);
                    bench.check(!proves(accounts, bench, Message.TEXT, other), step, "not proven", "proven");
                });
    }

    /** What is no account, signature or text proves nothing. */
    @SpecRule(
            id = "X402-ACCOUNT-06",
            level = Level.MUST,
            spec = "PaymentScheme.Accounts.proves",
            derived = "all three come from a stranger's header; hostile text is no bug of the caller",
            intent = "text without form is not proven, and nothing is thrown",
            does = "shows empty, long, spaced and broken texts as account, signature and message",
            causes = {"a decoder that throws", "strip() before comparing", "half of a character has no bytes"},
            needs = {Capability.CLIENT})
    default void account_06_hostileTextProvesNothing(Bench bench) {
        Accounts accounts = accounts(bench);
        String own = own(bench, accounts);
        String signature = signed(bench, accounts);
        for (HostileText text : HostileText.around(own)) {
            refused(bench, accounts, "an account: " + text.what(), text.value(), Message.TEXT, signature);
        }
        for (HostileText text : HostileText.around(signature)) {
            refused(bench, accounts, "a signature: " + text.what(), own, Message.TEXT, text.value());
        }
        for (HostileText text : HostileText.around(Message.TEXT)) {
            refused(bench, accounts, "a message: " + text.what(), own, text.value(), signature);
        }
    }

    /** A key needs no rail. */
    @SpecRule(
            id = "X402-ACCOUNT-07",
            level = Level.MUST,
            spec = "PaymentScheme.Accounts.proves",
            derived = "who has a key is known by it; a rail that is asked first is asked by every stranger",
            intent = "a key's signature is proven, and a text without form refused, while the rail is away",
            does = "cuts the rail off and shows the own signature, and hostile ones",
            causes = {"the rail is asked whether the account is a contract before the key is tried"},
            needs = {Capability.CLIENT, Capability.OUTAGES})
    default void account_07_aKeyNeedsNoRail(Bench bench) {
        Accounts accounts = accounts(bench);
        String own = own(bench, accounts);
        String signature = signed(bench, accounts);
        bench.fixture().rail().outage(true);
        String step = "had the own signature proven while the rail is away";
        bench.doing(step);
        bench.check(proves(accounts, bench, Message.TEXT, signature), step, "proven", "not proven");
        for (HostileText text : HostileText.around(signature)) {
            refused(bench, accounts, "a signature, the rail away: " + text.what(), own, Message.TEXT, text.value());
        }
        bench.fixture().rail().outage(false);
    }

    /** Other networks are other plugins' business. */
    @SpecRule(
            id = "X402-ACCOUNT-08",
            level = Level.MUST,
            spec = "PaymentScheme.Accounts",
            derived = "nothing widens the networks that a plugin registered",
            intent = "nothing is owned, signed or proven on a network of another family",
            does = "asks for the own account on a network of the kit's, signs there, and has a signature proven there",
            causes = {"the network's argument is ignored"},
            needs = {Capability.CLIENT})
    default void account_08_foreignNetworksAreNotAnswered(Bench bench) {
        Accounts accounts = accounts(bench);
        String own = own(bench, accounts);
        String signature = signed(bench, accounts);
        Network foreign = Network.parse("x402tck:0");
        String step = "asked for the own account on " + foreign;
        bench.doing(step);
        Optional<String> seen = accounts.own(foreign);
        bench.check(seen.isEmpty(), step, "none", seen.orElse(""));
        String shown = "had a signature proven on " + foreign;
        bench.doing(shown);
        bench.check(!accounts.proves(foreign, own, Message.TEXT, signature, bench.by()), shown, "not proven", "proven");
        String signing = "signed on " + foreign;
        bench.doing(signing);
        boolean refused;
        try {
            accounts.sign(foreign, Message.TEXT);
            refused = false;
        } catch (IllegalStateException noKey) {
            refused = true;
        }
        bench.check(refused, signing, "IllegalStateException", "a signature");
    }

    /** Names that stand in messages. */
    @SpecRule(
            id = "X402-ACCOUNT-09",
            level = Level.MUST,
            spec = "PaymentScheme.Accounts.family",
            derived = "family and type stand in what people sign and programs compare",
            intent = "family and kind of signature are one printable word each, and no secret is shown",
            does = "reads family, type and toString",
            causes = {"a space at the end", "a record that prints its key"},
            needs = {Capability.CLIENT})
    default void account_09_namesAreWords(Bench bench) {
        Accounts accounts = accounts(bench);
        bench.doing("read family, type and toString");
        for (String word : List.of(accounts.family(), accounts.type())) {
            bench.check(
                    word.matches("[A-Za-z0-9._-]{1,32}"),
                    "read family and type",
                    "a word of 1 to 32 letters",
                    "\"" + word + "\"");
        }
        String shown = String.valueOf(accounts);
        for (String secret : bench.fixture().secrets()) {
            bench.check(!shown.contains(secret), "read toString", "no secret", "a secret");
        }
    }

    /** A closed side. */
    @SpecRule(
            id = "X402-ACCOUNT-10",
            level = Level.MUST,
            spec = "PaymentScheme.Accounts.close",
            derived = "close is called by who opened, also after a failure and also twice",
            intent = "closing is harmless, twice as well",
            does = "closes them twice",
            causes = {"closing throws the second time"},
            needs = {Capability.CLIENT})
    default void account_10_closingIsHarmless(Bench bench) {
        accounts(bench);
        Accounts accounts = bench.otherAccounts();
        bench.doing("closed the accounts twice");
        accounts.close();
        accounts.close();
    }

    private static Accounts accounts(Bench bench) {
        return bench.accounts()
                .orElseThrow(() -> bench.notApplicable("the plugin's accounts prove nothing by messages"));
    }

    private static Network network(Bench bench) {
        return bench.fixture().offer().network();
    }

    private static String own(Bench bench, Accounts accounts) {
        return accounts.own(network(bench))
                .orElseThrow(() -> bench.notApplicable("the plugin has no key for messages"));
    }

    private static String signed(Bench bench, Accounts accounts) {
        own(bench, accounts);
        String signature = bench.control("signing a message", () -> accounts.sign(network(bench), Message.TEXT));
        bench.control(
                bench.control("proving it", () -> proves(accounts, bench, Message.TEXT, signature)),
                "the untouched signature was not proven");
        return signature;
    }

    private static boolean proves(Accounts accounts, Bench bench, String text, String signature) {
        return accounts.proves(network(bench), own(bench, accounts), text, signature, bench.by());
    }

    private static void refused(
            Bench bench, Accounts accounts, String what, String account, String text, String signature) {
        String step = "showed " + what;
        bench.doing(step);
        boolean proven;
        try {
            proven = accounts.proves(network(bench), account, text, signature, bench.by());
        } catch (RuntimeException crash) {
            throw new RuleViolation(step, "not proven", "threw " + Thrown.told(crash));
        }
        bench.check(!proven, step, "not proven", "proven");
    }
}
