package dev.x402.fuzz;

import java.util.List;

/** What is fuzzed. */
final class Targets {
    static final List<Class<?>> ALL = List.of(
            PaymentHeaderFuzz.class,
            PaymentRequiredHeaderFuzz.class,
            PaymentResponseHeaderFuzz.class,
            FacilitatorRequestFuzz.class,
            AnswersFuzz.class,
            RequirementsFuzz.class,
            JsonTextFuzz.class,
            VersionOneFuzz.class,
            WordsFuzz.class,
            MoneyFuzz.class,
            ConfigFuzz.class,
            DeclarationFuzz.class,
            ExactEvmPayloadFuzz.class,
            ExactSvmPayloadFuzz.class,
            VerifyEndpointFuzz.class,
            SettleEndpointFuzz.class,
            SolanaEndpointFuzz.class,
            SellerFuzz.class,
            SignInFuzz.class,
            PathsFuzz.class,
            ServletFuzz.class,
            PaymentIdentifierFuzz.class);

    private Targets() {}
}
