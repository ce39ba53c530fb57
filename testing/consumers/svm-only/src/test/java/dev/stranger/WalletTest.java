package dev.stranger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import dev.x402.scheme.exact.svm.HttpSvmRpc;
import dev.x402.scheme.exact.svm.LocalSvmSigner;
import dev.x402.scheme.exact.svm.SvmFacilitatorConfig;
import dev.x402.scheme.exact.svm.SvmRpc;
import dev.x402.scheme.exact.svm.SvmSettlementPolicy;
import dev.x402.spec.PaymentPayload;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Attempt;
import dev.x402.spi.Movement;
import dev.x402.spi.Payment;
import dev.x402.spi.SchemeFacilitator;
import dev.x402.spi.Signed;
import dev.x402.spi.Verification;
import dev.x402.spi.plugins.Plugins;
import dev.x402.testbed.svm.SvmAccounts;
import dev.x402.testbed.svm.SvmNode;
import java.math.BigInteger;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class WalletTest {
    private static final String PAYEE = SvmAccounts.PAYEE.address();

    /** With what the scheme brings and nothing else: a key pays, another one carries, a real virtual machine moves money. */
    @Test
    void a_dollar_is_paid() {
        Clock clock = Clock.systemUTC();
        try (SvmNode node = SvmNode.start();
                Plugins plugins = Plugins.builder()
                        .discover()
                        .port(
                                SvmRpc.class,
                                HttpSvmRpc.builder(clock)
                                        .node(Wallet.KIND.network(), node.uri())
                                        .build())
                        .port(
                                SvmFacilitatorConfig.class,
                                SvmFacilitatorConfig.of(SvmSettlementPolicy.of(
                                        Wallet.KIND.network(),
                                        LocalSvmSigner.parse(
                                                SvmAccounts.FEE_PAYERS.get(0).secretKey()))))
                        .build()) {
            SchemeFacilitator facilitator = plugins.facilitator(Wallet.KIND);
            PaymentRequirements offer = Wallet.dollarTo(
                    PAYEE, SvmAccounts.FEE_PAYERS.get(0).address(), node.chain().blockhash());
            Payment payment = Payment.of(
                    PaymentPayload.of(
                            null,
                            offer,
                            new Wallet(SvmAccounts.PAYERS.get(0).secretKey())
                                    .pay(offer)
                                    .payload()),
                    offer);
            BigInteger before = node.usdc().balance(PAYEE);
            Instant by = clock.instant().plus(Duration.ofSeconds(20));
            assertInstanceOf(Verification.Valid.class, facilitator.verify(payment, by));

            Movement movement = new Movement(
                    1, List.of(payment), List.of(new Attempt(0, Optional.empty(), Optional.empty())));
            Attempt signed = movement.last().with((Signed) facilitator.prepare(movement, by));
            facilitator.submit(new Movement(1, List.of(payment), List.of(signed)), signed, by);
            assertEquals(before.add(BigInteger.valueOf(1_000_000)), node.usdc().balance(PAYEE));
        }
    }
}
