package dev.x402.tck;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.Json;
import dev.x402.spec.Kind;
import dev.x402.spec.Network;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spec.ResourceInfo;
import dev.x402.spi.PaymentExtension;
import dev.x402.spi.PaymentExtension.Visit;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the kit must know of an extension: its ports, what a route declares, and its offers.
 *
 * <p>One fixture serves one rule. Methods may be called from several threads at once.
 */
public interface ExtensionFixture extends AutoCloseable {
    /** The extension, new. */
    PaymentExtension extension();

    /** The sides that the extension has: of {@code CLIENT}, {@code SERVER} and {@code FACILITATOR}. */
    Set<Capability> capabilities();

    /** The port of this type; a {@link PaymentExtension.Store} is the kit's and never asked for. */
    default <T> Optional<T> port(Class<T> type) {
        return Optional.empty();
    }

    /** What a route says under the extension's key; nothing unless overridden. */
    default Optional<Json> declared() {
        return Optional.empty();
    }

    /** What is offered for the resource; on a network of the kit's unless overridden. */
    default PaymentRequirements offer() {
        return PaymentRequirements.of(
                new Kind("exact", Network.parse("x402tck:1")),
                AtomicAmount.of(1_000),
                "coin",
                "payee",
                60,
                Json.Obj.EMPTY);
    }

    /** A request for the resource without a payment or a proof. */
    default Visit visit() {
        return new Visit(
                "",
                "GET",
                "report",
                "/reports/{day}",
                Map.of("day", "monday"),
                "/reports/monday",
                "",
                "",
                ResourceInfo.of("https://seller.example/reports/monday"),
                declared(),
                Map.of());
    }

    /** What a payer of another implementation answers, where the extension has no payer's side. */
    default Optional<Json> answer(Json declared) {
        return Optional.empty();
    }

    /** The account that paid. */
    default String payer() {
        return "payer";
    }

    /** The rails that make accounts canonical. */
    default Collection<Rail> rails() {
        return List.of();
    }

    /** How accounts of this network are proven. */
    default Optional<PaymentScheme.Accounts> accounts(Network network) {
        return Optional.empty();
    }

    /** Texts that must never be shown, such as a key of the payer's. */
    default List<String> secrets() {
        return List.of();
    }

    /** The jar or folder that the extension is shipped in: that of its class, unless overridden. */
    default Artifact artifact() {
        return Artifact.of(extension().getClass());
    }

    /** Releases the ports. */
    @Override
    default void close() {}
}
