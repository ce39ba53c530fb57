package dev.x402.scheme.exact.evm;

import dev.x402.spec.ErrorCode;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeContext;
import dev.x402.spi.Verification;
import java.math.BigInteger;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What can be judged without the chain: shape, offer, time, amount, signature, in this order. */
final class Judge {
    /** How long an authorization must live on to be worth sending; as in the reference SDK. */
    static final BigInteger MARGIN_SECONDS = BigInteger.valueOf(6);

    /** How much longer than the offer asks an authorization may live: clocks differ, and a longer one is only a risk. */
    static final BigInteger SLACK_SECONDS = BigInteger.valueOf(600);

    private static final Set<String> FLOWS = Set.of("authorization", "upfront");
    private static final BigInteger FIRST_MILLISECONDS = BigInteger.TEN.pow(11); // the year 5138 in seconds

    private final SchemeContext context;
    private final Clock clock;
    private final Recovery recovery;
    private final ConcurrentHashMap<String, Token> tokens = new ConcurrentHashMap<>();

    Judge(SchemeContext context, Recovery recovery) {
        this.context = context;
        this.clock = context.clock();
        this.recovery = recovery;
    }

    /** The one of the two that came out. */
    sealed interface Judgement {
        /** Everything but the chain's word is there. */
        record Sound(SignedTransfer transfer) implements Judgement {}

        /** It will not do. */
        record Refused(Verification.Invalid why) implements Judgement {}
    }

    Judgement judge(Payment payment) {
        PaymentRequirements terms = payment.requirements();
        if (ExactPayload.isPermit2(payment.payload().payload())
                && payment.payload().payload().find("authorization").isEmpty()) {
            return refused(Codes.PAYLOAD_TYPE, "payload: expected an authorization by EIP-3009, saw Permit2");
        }
        ExactPayload payload;
        try {
            payload = ExactPayload.parse(payment.payload().payload());
        } catch (MalformedMessageException malformed) {
            return refused(ErrorCode.INVALID_PAYLOAD, String.valueOf(malformed.getMessage()));
        }
        Optional<Judgement.Refused> refused = offer(payment).or(() -> terms(terms));
        if (refused.isPresent()) {
            return refused.get();
        }
        Optional<Token> known = token(terms);
        if (known.isEmpty()) {
            return refused(
                    Codes.NOT_EIP3009,
                    "asset: expected one whose EIP-712 domain is known here, saw another on " + terms.network());
        }
        Token token = known.get();
        return domain(terms, token)
                .or(() -> parties(terms, payload.authorization()))
                .or(() -> time(terms, payload.authorization()))
                .or(() -> amount(terms, payload.authorization()))
                .<Judgement>map(refusal -> refusal)
                .orElseGet(() -> signature(token, payload));
    }

    /** The transfer of a payment that was judged before; its time is not looked at again. */
    SignedTransfer trusted(Payment payment) {
        ExactPayload payload = ExactPayload.parse(payment.payload().payload());
        Signature signature = Signature.parse(payload.signature().toArray());
        Optional<Token> token = token(payment.requirements());
        if (signature == null || token.isEmpty()) {
            throw new IllegalStateException(
                    "payment on " + payment.requirements().network()
                            + ": its signature or asset is not known here; it was verified by another configuration");
        }
        return new SignedTransfer(token.get(), payload.authorization(), signature);
    }

    /** The token of an offer, when its asset is registered and moved by EIP-3009. */
    Optional<Token> token(PaymentRequirements offer) {
        String key = offer.network() + "/"
                + Address.find(offer.asset()).map(Address::lower).orElse("");
        Token known = tokens.get(key);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Token> token = Address.find(offer.asset())
                .flatMap(address -> context.asset(offer.assetId()))
                .flatMap(Token::of)
                .filter(found -> Address.find(offer.asset()).equals(Optional.of(found.contract())));
        token.ifPresent(found -> tokens.put(key, found)); // bounded by the registered assets
        return token;
    }

    /** What is wrong with the offer itself, whoever pays it. */
    static Optional<Judgement.Refused> terms(PaymentRequirements terms) {
        Optional<Address> payTo = Address.find(terms.payTo());
        if (Token.chainId(terms.network()).isEmpty()) {
            return refusal(ErrorCode.INVALID_NETWORK, "network: expected such as eip155:8453, saw " + terms.network());
        }
        if (Address.find(terms.asset()).isEmpty()) {
            return refusal(ErrorCode.INVALID_PAYMENT_REQUIREMENTS, "asset: expected 0x and 40 hexadecimal digits");
        }
        if (payTo.isEmpty() || payTo.get().isZero() || payTo.equals(Address.find(terms.asset()))) {
            return refusal(
                    ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                    "payTo: expected 0x and 40 hexadecimal digits, neither zero nor the asset");
        }
        if (terms.amount().isZero() || terms.amount().value().bitLength() > 256) {
            return refusal(
                    ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                    "amount: expected 1 to 2^256-1, saw " + (terms.amount().isZero() ? "0" : "more"));
        }
        String method = text(terms, Token.METHOD, Token.EIP3009);
        if (!method.equals(Token.EIP3009)) {
            return refusal(Codes.PAYLOAD_TYPE, "extra.assetTransferMethod: expected eip3009, saw another");
        }
        if (!FLOWS.contains(text(terms, "paymentFlow", "authorization"))) {
            return refusal(
                    ErrorCode.INVALID_PAYMENT_REQUIREMENTS,
                    "extra.paymentFlow: expected authorization or upfront, saw another");
        }
        return Optional.empty();
    }

    private static Optional<Judgement.Refused> offer(Payment payment) {
        PaymentRequirements terms = payment.requirements();
        PaymentRequirements accepted = payment.payload().accepted();
        if (!terms.scheme().equals(ExactEvmScheme.NAME) || !accepted.scheme().equals(ExactEvmScheme.NAME)) {
            return refusal(ErrorCode.INVALID_SCHEME, "scheme: expected exact, saw another");
        }
        if (!terms.network().equals(accepted.network())) {
            return refusal(
                    ErrorCode.INVALID_NETWORK,
                    "accepted.network: expected " + terms.network() + ", saw " + accepted.network());
        }
        if (!Address.find(terms.asset()).equals(Address.find(accepted.asset()))
                || !Address.find(terms.payTo()).equals(Address.find(accepted.payTo()))
                || !terms.amount().equals(accepted.amount())) {
            return refusal(
                    ErrorCode.NO_MATCHING_REQUIREMENTS,
                    "accepted: expected the asset, payTo and amount of the requirements, saw others");
        }
        return Optional.empty();
    }

    private static Optional<Judgement.Refused> domain(PaymentRequirements terms, Token token) {
        Optional<String> name = terms.extraOrEmpty().text(Token.NAME);
        Optional<String> version = terms.extraOrEmpty().text(Token.VERSION);
        if (name.isEmpty() || version.isEmpty()) {
            return refusal(Codes.MISSING_DOMAIN, "extra: expected name and version of the token's EIP-712 domain");
        }
        if (!name.get().equals(token.name())) {
            return refusal(Codes.NAME, "extra.name: expected " + token.name() + ", saw another");
        }
        return version.get().equals(token.version())
                ? Optional.empty()
                : refusal(Codes.VERSION, "extra.version: expected " + token.version() + ", saw another");
    }

    private static Optional<Judgement.Refused> parties(PaymentRequirements terms, Authorization authorization) {
        if (!Address.find(terms.payTo()).equals(Optional.of(authorization.to()))) {
            return refusal(Codes.RECIPIENT, "payload.authorization.to: expected payTo, saw another account");
        }
        return authorization.from().equals(authorization.to())
                ? refusal(ErrorCode.INVALID_PAYLOAD, "payload.authorization.from: expected another account than payTo")
                : Optional.empty();
    }

    private Optional<Judgement.Refused> time(PaymentRequirements terms, Authorization authorization) {
        BigInteger now = BigInteger.valueOf(clock.instant().getEpochSecond());
        String hint = authorization.validBefore().compareTo(FIRST_MILLISECONDS) >= 0
                ? "; seconds are expected, these look like milliseconds"
                : "";
        if (authorization.validAfter().compareTo(now) > 0) {
            return refusal(
                    Codes.VALID_AFTER,
                    "payload.authorization.validAfter: expected at most the time now, saw a later one" + hint);
        }
        if (authorization.validBefore().compareTo(now.add(MARGIN_SECONDS)) < 0) {
            return refusal(
                    Codes.VALID_BEFORE,
                    "payload.authorization.validBefore: expected at least " + MARGIN_SECONDS
                            + " seconds from now, saw less");
        }
        BigInteger longest = BigInteger.valueOf(terms.maxTimeoutSeconds()).add(SLACK_SECONDS);
        return authorization.validBefore().compareTo(now.add(longest)) > 0
                ? refusal(
                        Codes.VALID_BEFORE,
                        "payload.authorization.validBefore: expected at most " + longest
                                + " seconds from now, which is maxTimeoutSeconds and " + SLACK_SECONDS + ", saw more"
                                + hint)
                : Optional.empty();
    }

    private static Optional<Judgement.Refused> amount(PaymentRequirements terms, Authorization authorization) {
        return authorization.value().equals(terms.amount().value())
                ? Optional.empty()
                : refusal(
                        Codes.VALUE,
                        "payload.authorization.value: expected exactly " + terms.amount() + ", saw "
                                + authorization.value());
    }

    private Judgement signature(Token token, ExactPayload payload) {
        Signature signature = Signature.parse(payload.signature().toArray());
        if (signature == null) {
            return refused(
                    Codes.SIGNATURE,
                    "payload.signature: expected r, a low s and v of 0, 1, 27 or 28, or 64 bytes by EIP-2098, saw "
                            + payload.signature().size() + " bytes that are not");
        }
        Address signer = recovery.recover(token.digest(payload.authorization()), signature);
        if (signer == null
                || signer.isZero()
                || !signer.equals(payload.authorization().from())) {
            return refused(
                    Codes.SIGNATURE,
                    "payload.signature: expected one of payload.authorization.from over these terms, saw another;"
                            + " contract accounts are not served");
        }
        return new Judgement.Sound(new SignedTransfer(token, payload.authorization(), signature));
    }

    private static String text(PaymentRequirements terms, String member, String absent) {
        return terms.extraOrEmpty()
                .find(member)
                .filter(value -> value != Json.Null.NULL)
                .map(value -> value instanceof Json.Str str ? str.value() : "")
                .orElse(absent);
    }

    private static Judgement refused(ErrorCode code, String message) {
        return new Judgement.Refused(new Verification.Invalid(code, message, false));
    }

    private static Optional<Judgement.Refused> refusal(ErrorCode code, String message) {
        return Optional.of(new Judgement.Refused(new Verification.Invalid(code, message, false)));
    }
}
