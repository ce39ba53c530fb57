package dev.x402.siwx;

import dev.x402.spec.ErrorCode;

/** Why a sign-in or a session does not let in. */
final class Codes {
    static final ErrorCode PAYLOAD = new ErrorCode("invalid_siwx_payload");
    static final ErrorCode DOMAIN = new ErrorCode("invalid_siwx_domain_mismatch");
    static final ErrorCode URI = new ErrorCode("invalid_siwx_uri_mismatch");
    static final ErrorCode VERSION = new ErrorCode("invalid_siwx_version");
    static final ErrorCode CHAIN_ID = new ErrorCode("invalid_siwx_chain_id");
    static final ErrorCode UNSUPPORTED_CHAIN = new ErrorCode("invalid_siwx_unsupported_chain");
    static final ErrorCode TYPE = new ErrorCode("invalid_siwx_type");
    static final ErrorCode ADDRESS = new ErrorCode("invalid_siwx_address");
    static final ErrorCode NONCE = new ErrorCode("invalid_siwx_nonce");
    static final ErrorCode ISSUED_AT = new ErrorCode("invalid_siwx_issued_at");
    static final ErrorCode IN_FUTURE = new ErrorCode("invalid_siwx_issued_at_in_future");
    static final ErrorCode EXPIRATION_TIME = new ErrorCode("invalid_siwx_expiration_time");
    static final ErrorCode EXPIRED = new ErrorCode("invalid_siwx_expired");
    static final ErrorCode NOT_BEFORE = new ErrorCode("invalid_siwx_not_before");
    static final ErrorCode NOT_YET_VALID = new ErrorCode("invalid_siwx_not_yet_valid");
    static final ErrorCode MALFORMED_SIGNATURE = new ErrorCode("invalid_siwx_malformed_signature");
    static final ErrorCode SIGNATURE = new ErrorCode("invalid_siwx_signature");
    static final ErrorCode VERIFIER = new ErrorCode("invalid_siwx_verifier_error");
    static final ErrorCode SESSION = new ErrorCode("invalid_siwx_session");
    static final ErrorCode IDENTITY = new ErrorCode("invalid_siwx_identity");

    /** Who it is was proven; nothing that they bought opens this. */
    static final ErrorCode NOT_ENTITLED = new ErrorCode("siwx_not_entitled");

    private Codes() {}
}
