package dev.x402.scheme.ach;

import dev.x402.spec.ErrorCode;

/** Reasons of this scheme, where the specification (section 9) has none. */
final class Codes {
    static final ErrorCode SIGNATURE = new ErrorCode("invalid_exact_ach_payload_signature");
    static final ErrorCode AMOUNT = new ErrorCode("invalid_exact_ach_payload_amount_mismatch");
    static final ErrorCode RECIPIENT = new ErrorCode("invalid_exact_ach_payload_recipient_mismatch");
    static final ErrorCode FUNDING = new ErrorCode("invalid_exact_ach_payload_funding_mismatch");
    static final ErrorCode EXPIRED = new ErrorCode("invalid_exact_ach_payload_valid_until");
    static final ErrorCode NONCE_USED = new ErrorCode("invalid_exact_ach_nonce_already_used");

    static final ErrorCode MANDATE_UNKNOWN = new ErrorCode("ach_mandate_unknown");
    static final ErrorCode MANDATE_FOREIGN = new ErrorCode("ach_mandate_foreign");
    static final ErrorCode MANDATE_EXPIRED = new ErrorCode("ach_mandate_expired");
    static final ErrorCode MANDATE_REVOKED = new ErrorCode("ach_mandate_revoked");
    static final ErrorCode MANDATE_EXCEEDED = new ErrorCode("ach_mandate_exceeded");
    static final ErrorCode ACCOUNT_BLOCKED = new ErrorCode("ach_account_blocked");
    static final ErrorCode SEC_MISMATCH = new ErrorCode("ach_sec_account_mismatch");
    static final ErrorCode OVER_LIMIT = new ErrorCode("ach_amount_over_limit");
    static final ErrorCode NOT_GUARANTEED = new ErrorCode("ach_guarantee_exceeded");

    private Codes() {}
}
