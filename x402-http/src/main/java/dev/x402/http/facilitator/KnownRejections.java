package dev.x402.http.facilitator;

import dev.x402.spec.ErrorCode;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reasons that facilitators give only before they send anything. From x402 v2, section 9, and the reference SDK. */
final class KnownRejections {
    static final Set<ErrorCode> CODES = Stream.of(
                    "insufficient_funds",
                    "invalid_network",
                    "invalid_payload",
                    "invalid_payment_requirements",
                    "invalid_scheme",
                    "unsupported_scheme",
                    "unsupported_payload_type",
                    "invalid_x402_version",
                    "asset_not_deployed_contract",
                    "eip6492_factory_not_allowed",
                    "invalid_exact_evm_scheme",
                    "invalid_exact_evm_network_mismatch",
                    "invalid_exact_evm_missing_eip712_domain",
                    "invalid_exact_evm_signature",
                    "invalid_exact_evm_payload_signature",
                    "invalid_exact_evm_recipient_mismatch",
                    "invalid_exact_evm_payload_recipient_mismatch",
                    "invalid_exact_evm_payload_authorization_valid_before",
                    "invalid_exact_evm_payload_authorization_valid_after",
                    "invalid_exact_evm_payload_authorization_value",
                    "invalid_exact_evm_payload_authorization_value_mismatch",
                    "invalid_exact_evm_eip3009_not_supported",
                    "invalid_exact_evm_token_name_mismatch",
                    "invalid_exact_evm_token_version_mismatch",
                    "invalid_exact_evm_insufficient_balance",
                    "invalid_exact_svm_unsupported_scheme",
                    "invalid_exact_svm_network_mismatch",
                    "invalid_exact_svm_payload_missing_fee_payer",
                    "invalid_exact_svm_fee_payer_mismatch",
                    "invalid_exact_svm_fee_payer_not_managed_by_facilitator",
                    "invalid_exact_svm_payload_transaction_could_not_be_decoded",
                    "invalid_exact_svm_payload_signature_invalid",
                    "invalid_exact_svm_payload_no_transfer_instruction",
                    "invalid_exact_svm_payload_mint_mismatch",
                    "invalid_exact_svm_payload_recipient_mismatch",
                    "invalid_exact_svm_payload_amount_mismatch")
            .map(ErrorCode::parse)
            .collect(Collectors.toUnmodifiableSet());

    private KnownRejections() {}
}
