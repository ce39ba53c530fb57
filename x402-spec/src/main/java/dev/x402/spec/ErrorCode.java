package dev.x402.spec;

import static java.util.Objects.requireNonNull;

/**
 * A reason in a failed answer (x402 v2, section 9).
 *
 * <p>Open: codes of schemes and of other implementations are kept as they came, but for known aliases, which
 * {@link #parse} turns into ours.
 *
 * @param value such as {@code insufficient_funds}
 */
public record ErrorCode(String value) {
    /** The payer has not enough of the asset. */
    public static final ErrorCode INSUFFICIENT_FUNDS = new ErrorCode("insufficient_funds");
    /** The authorisation is not valid yet. */
    public static final ErrorCode INVALID_EXACT_EVM_PAYLOAD_AUTHORIZATION_VALID_AFTER =
            new ErrorCode("invalid_exact_evm_payload_authorization_valid_after");
    /** The authorisation has expired, or expires too soon. */
    public static final ErrorCode INVALID_EXACT_EVM_PAYLOAD_AUTHORIZATION_VALID_BEFORE =
            new ErrorCode("invalid_exact_evm_payload_authorization_valid_before");
    /** The authorised amount is not the amount of the offer. */
    public static final ErrorCode INVALID_EXACT_EVM_PAYLOAD_AUTHORIZATION_VALUE_MISMATCH =
            new ErrorCode("invalid_exact_evm_payload_authorization_value_mismatch");
    /** The signature is not the payer's. */
    public static final ErrorCode INVALID_EXACT_EVM_PAYLOAD_SIGNATURE =
            new ErrorCode("invalid_exact_evm_payload_signature");
    /** The authorised payee is not the payee of the offer. */
    public static final ErrorCode INVALID_EXACT_EVM_PAYLOAD_RECIPIENT_MISMATCH =
            new ErrorCode("invalid_exact_evm_payload_recipient_mismatch");
    /** The network is not served, or not the offer's. */
    public static final ErrorCode INVALID_NETWORK = new ErrorCode("invalid_network");
    /** The payment has not the form of its type. */
    public static final ErrorCode INVALID_PAYLOAD = new ErrorCode("invalid_payload");
    /** The requirements have not the form of their type. */
    public static final ErrorCode INVALID_PAYMENT_REQUIREMENTS = new ErrorCode("invalid_payment_requirements");
    /** The scheme is not known. */
    public static final ErrorCode INVALID_SCHEME = new ErrorCode("invalid_scheme");
    /** The scheme is not served on this network. */
    public static final ErrorCode UNSUPPORTED_SCHEME = new ErrorCode("unsupported_scheme");
    /** The version is not 2. */
    public static final ErrorCode INVALID_X402_VERSION = new ErrorCode("invalid_x402_version");
    /** The transaction ended without moving the money. */
    public static final ErrorCode INVALID_TRANSACTION_STATE = new ErrorCode("invalid_transaction_state");
    /** Verification broke. */
    public static final ErrorCode UNEXPECTED_VERIFY_ERROR = new ErrorCode("unexpected_verify_error");
    /** Settlement broke. */
    public static final ErrorCode UNEXPECTED_SETTLE_ERROR = new ErrorCode("unexpected_settle_error");
    /** The payment was used already, or is used now. */
    public static final ErrorCode DUPLICATE_SETTLEMENT = new ErrorCode("duplicate_settlement");
    /** The outcome is not known yet: ask again with the identical payment. */
    public static final ErrorCode SETTLEMENT_PENDING = new ErrorCode("settlement_pending");
    /** The accepted offer is none of ours. */
    public static final ErrorCode NO_MATCHING_REQUIREMENTS = new ErrorCode("no_matching_requirements");
    /** An extension's members came back changed. */
    public static final ErrorCode EXTENSION_ECHO_MISMATCH = new ErrorCode("extension_echo_mismatch");
    /** A facilitator answered what is not an answer. */
    public static final ErrorCode FACILITATOR_RESPONSE_INVALID = new ErrorCode("facilitator_response_invalid");
    /** No facilitator could be asked. */
    public static final ErrorCode FACILITATOR_UNAVAILABLE = new ErrorCode("facilitator_unavailable");
    /** The store of claims could not be asked. */
    public static final ErrorCode RESERVATION_UNAVAILABLE = new ErrorCode("reservation_unavailable");
    /** A header or body is over its limit. */
    public static final ErrorCode PAYLOAD_TOO_LARGE = new ErrorCode("payload_too_large");
    /** Too many requests. */
    public static final ErrorCode RATE_LIMITED = new ErrorCode("rate_limited");

    public ErrorCode {
        requireNonNull(value, "value");
    }

    /** The code of this text; a known alias of another implementation becomes ours. */
    public static ErrorCode parse(String text) {
        return ErrorAliases.resolve(text);
    }

    /** The code as it is written. */
    @Override
    public String toString() {
        return value;
    }
}
