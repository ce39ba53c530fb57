package dev.x402.scheme.exact.evm;

import dev.x402.spec.ErrorCode;

/** Reasons of this scheme: the specification's where it has one (section 9), else the reference SDK's. */
final class Codes {
    static final ErrorCode VALID_AFTER = new ErrorCode("invalid_exact_evm_payload_authorization_valid_after");
    static final ErrorCode VALID_BEFORE = new ErrorCode("invalid_exact_evm_payload_authorization_valid_before");
    static final ErrorCode VALUE = new ErrorCode("invalid_exact_evm_payload_authorization_value_mismatch");
    static final ErrorCode SIGNATURE = new ErrorCode("invalid_exact_evm_payload_signature");
    static final ErrorCode RECIPIENT = new ErrorCode("invalid_exact_evm_payload_recipient_mismatch");

    static final ErrorCode PAYLOAD_TYPE = new ErrorCode("unsupported_payload_type");
    static final ErrorCode MISSING_DOMAIN = new ErrorCode("invalid_exact_evm_missing_eip712_domain");
    static final ErrorCode NAME = new ErrorCode("invalid_exact_evm_token_name_mismatch");
    static final ErrorCode VERSION = new ErrorCode("invalid_exact_evm_token_version_mismatch");
    static final ErrorCode NOT_EIP3009 = new ErrorCode("invalid_exact_evm_eip3009_not_supported");
    static final ErrorCode NO_CONTRACT = new ErrorCode("asset_not_deployed_contract");
    static final ErrorCode NONCE_USED = new ErrorCode("invalid_exact_evm_nonce_already_used");
    static final ErrorCode SIMULATION = new ErrorCode("invalid_exact_evm_transaction_simulation_failed");
    static final ErrorCode TRANSACTION = new ErrorCode("invalid_exact_evm_transaction_failed");
    static final ErrorCode TRANSFER_EVENT = new ErrorCode("invalid_exact_evm_transfer_event_mismatch");

    private Codes() {}
}
