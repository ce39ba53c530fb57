package dev.x402.spec;

import static java.util.Map.entry;

import java.util.Map;

/** What other implementations call the specification's codes. Where it has none, those of the reference SDK. */
final class ErrorAliases {
    private static final String SOLANA = "invalid_exact_solana_";
    private static final String SVM = "invalid_exact_svm_";

    private static final Map<String, ErrorCode> OURS = Map.ofEntries(
            entry("invalid_exact_evm_insufficient_balance", ErrorCode.INSUFFICIENT_FUNDS),
            entry("insufficient_balance", ErrorCode.INSUFFICIENT_FUNDS),
            entry("invalid_exact_evm_signature", ErrorCode.INVALID_EXACT_EVM_PAYLOAD_SIGNATURE),
            entry("invalid_signature", ErrorCode.INVALID_EXACT_EVM_PAYLOAD_SIGNATURE),
            entry("invalid_exact_evm_recipient_mismatch", ErrorCode.INVALID_EXACT_EVM_PAYLOAD_RECIPIENT_MISMATCH),
            entry("recipient_mismatch", ErrorCode.INVALID_EXACT_EVM_PAYLOAD_RECIPIENT_MISMATCH),
            entry(
                    "invalid_exact_evm_authorization_value",
                    ErrorCode.INVALID_EXACT_EVM_PAYLOAD_AUTHORIZATION_VALUE_MISMATCH),
            entry(
                    "invalid_exact_evm_payload_authorization_value",
                    ErrorCode.INVALID_EXACT_EVM_PAYLOAD_AUTHORIZATION_VALUE_MISMATCH),
            entry("invalid_payment_amount", ErrorCode.INVALID_EXACT_EVM_PAYLOAD_AUTHORIZATION_VALUE_MISMATCH),
            entry("invalid_payment_early", ErrorCode.INVALID_EXACT_EVM_PAYLOAD_AUTHORIZATION_VALID_AFTER),
            entry("invalid_payment_expired", ErrorCode.INVALID_EXACT_EVM_PAYLOAD_AUTHORIZATION_VALID_BEFORE),
            entry("invalid_exact_evm_network_mismatch", ErrorCode.INVALID_NETWORK),
            entry("invalid_exact_svm_network_mismatch", ErrorCode.INVALID_NETWORK),
            entry("network_mismatch", ErrorCode.INVALID_NETWORK),
            entry("chain_id_mismatch", ErrorCode.INVALID_NETWORK),
            entry("unsupported_chain", ErrorCode.INVALID_NETWORK),
            entry("unsupported_network", ErrorCode.INVALID_NETWORK),
            entry("invalid_exact_evm_scheme", ErrorCode.INVALID_SCHEME),
            entry("invalid_exact_svm_unsupported_scheme", ErrorCode.UNSUPPORTED_SCHEME),
            entry("invalid_format", ErrorCode.INVALID_PAYLOAD),
            entry("invalid_json", ErrorCode.INVALID_PAYLOAD),
            entry("missing_parameters", ErrorCode.INVALID_PAYLOAD),
            entry("accepted_requirements_mismatch", ErrorCode.NO_MATCHING_REQUIREMENTS),
            entry("No matching payment requirements", ErrorCode.NO_MATCHING_REQUIREMENTS),
            entry("No matching payment requirements found", ErrorCode.NO_MATCHING_REQUIREMENTS),
            entry("nonce_already_used", new ErrorCode("invalid_exact_evm_nonce_already_used")),
            entry("permit2_allowance_insufficient", new ErrorCode("permit2_allowance_required")));

    private ErrorAliases() {}

    static ErrorCode resolve(String text) {
        String named = text.startsWith(SOLANA) ? SVM + text.substring(SOLANA.length()) : text;
        ErrorCode ours = OURS.get(named);
        return ours == null ? new ErrorCode(named) : ours;
    }
}
