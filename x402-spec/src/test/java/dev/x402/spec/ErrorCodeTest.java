package dev.x402.spec;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErrorCodeTest {
    @ParameterizedTest
    @CsvSource({
        "invalid_exact_evm_authorization_value,invalid_exact_evm_payload_authorization_value_mismatch",
        "invalid_exact_evm_payload_authorization_value,invalid_exact_evm_payload_authorization_value_mismatch",
        "invalid_payment_amount,invalid_exact_evm_payload_authorization_value_mismatch",
        "invalid_exact_evm_signature,invalid_exact_evm_payload_signature",
        "invalid_signature,invalid_exact_evm_payload_signature",
        "invalid_exact_evm_recipient_mismatch,invalid_exact_evm_payload_recipient_mismatch",
        "recipient_mismatch,invalid_exact_evm_payload_recipient_mismatch",
        "invalid_exact_evm_insufficient_balance,insufficient_funds",
        "invalid_payment_expired,invalid_exact_evm_payload_authorization_valid_before",
        "invalid_payment_early,invalid_exact_evm_payload_authorization_valid_after",
        "invalid_exact_evm_network_mismatch,invalid_network",
        "invalid_exact_solana_network_mismatch,invalid_network",
        "network_mismatch,invalid_network",
        "chain_id_mismatch,invalid_network",
        "unsupported_chain,invalid_network",
        "invalid_exact_solana_payload_memo_count,invalid_exact_svm_payload_memo_count",
        "invalid_exact_evm_scheme,invalid_scheme",
        "invalid_exact_svm_unsupported_scheme,unsupported_scheme",
        "invalid_format,invalid_payload",
        "accepted_requirements_mismatch,no_matching_requirements",
        "No matching payment requirements,no_matching_requirements",
        "nonce_already_used,invalid_exact_evm_nonce_already_used",
        "permit2_allowance_insufficient,permit2_allowance_required"
    })
    void parses_the_code_of_another_implementation_to_ours(String alias, String ours) {
        assertEquals(ours, ErrorCode.parse(alias).value());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "insufficient_funds",
                "invalid_exact_evm_payload_authorization_valid_after",
                "invalid_exact_evm_payload_authorization_valid_before",
                "invalid_exact_evm_payload_authorization_value_mismatch",
                "invalid_exact_evm_payload_signature",
                "invalid_exact_evm_payload_recipient_mismatch",
                "invalid_network",
                "invalid_payload",
                "invalid_payment_requirements",
                "invalid_scheme",
                "unsupported_scheme",
                "invalid_x402_version",
                "invalid_transaction_state",
                "unexpected_verify_error",
                "unexpected_settle_error"
            })
    void keeps_the_codes_of_the_specification(String code) throws IllegalAccessException, NoSuchFieldException {
        assertEquals(code, ErrorCode.parse(code).value());
        assertEquals(
                ErrorCode.parse(code),
                ErrorCode.class
                        .getField(code.toUpperCase(java.util.Locale.ROOT))
                        .get(null));
    }

    @Test
    void keeps_a_code_that_nobody_knows() {
        assertEquals(
                "my_own_code: detail", ErrorCode.parse("my_own_code: detail").value());
    }
}
