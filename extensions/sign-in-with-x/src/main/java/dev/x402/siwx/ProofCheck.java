package dev.x402.siwx;

import dev.x402.spec.Network;
import dev.x402.spi.Bytes;
import dev.x402.spi.PaymentExtension.Context;
import dev.x402.spi.PaymentExtension.Store;
import dev.x402.spi.PaymentExtension.Visit;
import dev.x402.spi.PaymentScheme.Accounts;
import dev.x402.spi.RailUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Checks a proof, cheap before dear; its nonce is used up only by one that proves. */
final class ProofCheck {
    private static final Duration TOLERANCE = Duration.ofSeconds(30);

    private final SignInSettings settings;
    private final Context context;
    private final Challenge challenge;
    private final Nonces nonces;
    private final RailChecks rail;

    ProofCheck(SignInSettings settings, Context context, Challenge challenge, Nonces nonces) {
        this.settings = settings;
        this.context = context;
        this.challenge = challenge;
        this.nonces = nonces;
        this.rail = new RailChecks(context.clock());
    }

    /**
     * Who signed in, by a nonce that is still to be used up.
     *
     * @param end of the nonce
     */
    record Proven(SignedIn who, String nonce, Instant end) {}

    /**
     * Who signed in.
     *
     * @throws Unproven when nobody did
     */
    Proven check(Visit visit, String header) {
        Proof proof = Proof.read(header);
        SignInMessage message = proof.message();
        Accounts accounts = bound(proof);
        Instant end = timed(message);
        if (!challenge.isOurs(visit.tenant(), message)) {
            throw new Unproven(Codes.NONCE, "nonce: expected one of ours with what it was given for, saw another");
        }
        Network network = message.network();
        String account = context.canonicalAccount(network, message.address())
                .orElseThrow(() ->
                        new Unproven(Codes.ADDRESS, "address: expected an account of " + network + ", saw another"));
        Optional<Bytes> key = HolderKey.named(message.resources() == null ? List.of() : message.resources());
        if (settings.boundSessions() && key.isEmpty()) {
            throw new Unproven(
                    Codes.PAYLOAD, "resources: expected the key of the session at the end, saw none; it is required");
        }
        if (nonces.isUsed(message.nonce())) {
            throw used();
        }
        String text = message.text(accounts.family());
        Optional<Boolean> byKey = byItsKey(accounts, network, account, text, proof.signature());
        boolean proven = byKey.isPresent()
                ? byKey.get()
                : rail.proves(visit.caller(), accounts, network, account, text, proof.signature());
        if (!proven) {
            throw new Unproven(Codes.SIGNATURE, "signature: expected one of the account, saw another");
        }
        return new Proven(new SignedIn(network, account, byKey.isPresent(), key), message.nonce(), end);
    }

    private Accounts bound(Proof proof) {
        SignInMessage message = proof.message();
        if (!message.domain().equals(settings.origin().domain())) {
            throw new Unproven(
                    Codes.DOMAIN, "domain: expected " + settings.origin().domain() + ", saw another");
        }
        if (!settings.origin().begins(message.uri())) {
            throw new Unproven(Codes.URI, "uri: expected an address at " + settings.origin() + ", saw another");
        }
        if (!message.version().equals(SignInMessage.VERSION)) {
            throw new Unproven(Codes.VERSION, "version: expected \"1\", saw another");
        }
        Network network = message.network();
        Accounts accounts = settings.networks().isEmpty() || settings.networks().contains(network)
                ? context.accounts(network).orElse(null)
                : null;
        if (accounts == null) {
            throw new Unproven(Codes.UNSUPPORTED_CHAIN, "chainId: expected one of the challenge, saw " + network);
        }
        if (!accounts.type().equals(proof.type())) {
            throw new Unproven(Codes.TYPE, "type: expected " + accounts.type() + " on " + network + ", saw another");
        }
        return accounts;
    }

    /** When the message ends. */
    private Instant timed(SignInMessage message) {
        Instant now = context.clock().instant();
        Instant issuedAt = Moment.read(message.issuedAt(), "issuedAt", Codes.ISSUED_AT);
        if (message.expirationTime() == null) {
            throw new Unproven(Codes.EXPIRATION_TIME, "expirationTime: expected a time, saw nothing");
        }
        Instant end = Moment.read(message.expirationTime(), "expirationTime", Codes.EXPIRATION_TIME);
        if (issuedAt.isAfter(now.plus(TOLERANCE))) {
            throw new Unproven(
                    Codes.IN_FUTURE,
                    "issuedAt: expected at most " + TOLERANCE.toSeconds() + " s from now, saw a later time");
        }
        if (!end.isAfter(now)) {
            throw new Unproven(Codes.EXPIRED, "expirationTime: expected a time to come, saw one that is over");
        }
        if (end.isAfter(issuedAt.plus(settings.challengeFor()))) {
            throw new Unproven(
                    Codes.EXPIRATION_TIME,
                    "expirationTime: expected at most "
                            + settings.challengeFor().toSeconds() + " s after issuedAt, saw a later time");
        }
        if (message.notBefore() != null
                && Moment.read(message.notBefore(), "notBefore", Codes.NOT_BEFORE)
                        .isAfter(now)) {
            throw new Unproven(Codes.NOT_YET_VALID, "notBefore: expected a time that has come, saw a later one");
        }
        return end;
    }

    /** Whether the account's own key signed, asked with a deadline that is over; empty: only the rail can tell. */
    private static Optional<Boolean> byItsKey(
            Accounts accounts, Network network, String account, String text, String signature) {
        try {
            return Optional.of(accounts.proves(network, account, text, signature, Instant.EPOCH));
        } catch (RailUnavailableException e) {
            return Optional.empty();
        }
    }

    /**
     * Uses the nonce up.
     *
     * @param guest whether it lets nobody in
     * @throws Unproven when another did
     */
    void consume(Proven proven, boolean guest) {
        Store.Written written = nonces.use(proven.nonce(), proven.end(), guest);
        if (written == Store.Written.CHANGED) {
            throw used();
        }
        if (written == Store.Written.FULL) {
            throw new Unproven(Codes.VERIFIER, "nonce: there is no room to use another; come again");
        }
    }

    private static Unproven used() {
        return new Unproven(Codes.NONCE, "nonce: expected one that was not used, saw one that was");
    }
}
