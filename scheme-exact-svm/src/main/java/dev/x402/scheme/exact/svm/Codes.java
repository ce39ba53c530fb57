package dev.x402.scheme.exact.svm;

import dev.x402.spec.ErrorCode;

/** Reasons of this scheme, as the reference SDK spells them; the specification has none for it. */
final class Codes {
    static final ErrorCode MISSING_FEE_PAYER = new ErrorCode("invalid_exact_svm_payload_missing_fee_payer");
    static final ErrorCode FOREIGN_FEE_PAYER = new ErrorCode("invalid_exact_svm_fee_payer_not_managed_by_facilitator");
    static final ErrorCode UNDECODABLE = new ErrorCode("invalid_exact_svm_payload_transaction_could_not_be_decoded");
    static final ErrorCode LOOKUP_TABLES = new ErrorCode("invalid_exact_svm_smart_wallet_alt_resolution_not_available");
    static final ErrorCode EXCESSIVE_SIGNERS = new ErrorCode("invalid_exact_svm_payload_excessive_signers");
    static final ErrorCode FEE_PAYER = new ErrorCode("invalid_exact_svm_fee_payer_mismatch");
    static final ErrorCode FEE_PAYER_NOT_ISOLATED =
            new ErrorCode("invalid_exact_svm_smart_wallet_fee_payer_not_isolated");
    static final ErrorCode FEE_PAYER_PAYS =
            new ErrorCode("invalid_exact_svm_payload_transaction_fee_payer_transferring_funds");
    static final ErrorCode SIGNATURE = new ErrorCode("invalid_exact_svm_payload_signature_invalid");
    static final ErrorCode LENGTH = new ErrorCode("invalid_exact_svm_payload_transaction_instructions_length");
    static final ErrorCode LIMIT =
            new ErrorCode("invalid_exact_svm_payload_transaction_instructions_compute_limit_instruction");
    static final ErrorCode LIMIT_TOO_HIGH =
            new ErrorCode("invalid_exact_svm_payload_transaction_instructions_compute_limit_instruction_too_high");
    static final ErrorCode PRICE =
            new ErrorCode("invalid_exact_svm_payload_transaction_instructions_compute_price_instruction");
    static final ErrorCode PRICE_TOO_HIGH =
            new ErrorCode("invalid_exact_svm_payload_transaction_instructions_compute_price_instruction_too_high");
    static final ErrorCode NO_TRANSFER = new ErrorCode("invalid_exact_svm_payload_no_transfer_instruction");
    static final ErrorCode MINT = new ErrorCode("invalid_exact_svm_payload_mint_mismatch");
    static final ErrorCode RECIPIENT = new ErrorCode("invalid_exact_svm_payload_recipient_mismatch");
    static final ErrorCode AMOUNT = new ErrorCode("invalid_exact_svm_payload_amount_mismatch");
    static final ErrorCode MEMO_COUNT = new ErrorCode("invalid_exact_svm_payload_memo_count");
    static final ErrorCode MEMO = new ErrorCode("invalid_exact_svm_payload_memo_mismatch");
    static final ErrorCode SIMULATION = new ErrorCode("invalid_exact_svm_transaction_simulation_failed");
    static final ErrorCode TRANSACTION = new ErrorCode("invalid_exact_svm_transaction_failed");

    /** Of ours: the reference SDK looks at no extension. */
    static final ErrorCode MINT_EXTENSION = new ErrorCode("invalid_exact_svm_unsupported_mint_extension");

    /** Of ours: the reference SDK calls it a failed simulation. */
    static final ErrorCode BLOCKHASH = new ErrorCode("invalid_exact_svm_payload_blockhash_expired");

    private Codes() {}
}
