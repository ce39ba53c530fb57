package dev.x402.tck;

import dev.x402.spec.AtomicAmount;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.Asset;
import dev.x402.spi.Facilitator;
import dev.x402.spi.Payment;
import dev.x402.spi.PaymentScheme;
import dev.x402.spi.Rail;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the kit must know of a plugin: the scheme, its ports, and hands on its rail.
 *
 * <p>One fixture serves one rule. Methods may be called from several threads at once. Accounts are canonical.
 */
public interface SchemeFixture extends AutoCloseable {
    /** A plugin that brings rails or assets and no scheme, or just a jar. */
    static SchemeFixture dataOnly(Artifact artifact, Collection<Rail> rails, Collection<Asset> assets) {
        return new DataFixture(artifact, rails, assets);
    }

    /** The scheme, new. */
    PaymentScheme scheme();

    /** The port of this type, which the scheme's sides ask for; such as a signer or a fake chain. */
    <T> Optional<T> port(Class<T> type);

    /** An offer that the payer can pay, before the payee's side completes it. */
    PaymentRequirements offer();

    /** The account that the payer's side pays from. */
    String payer();

    /** An account that could be paid, and is neither the payer nor the offer's payee. */
    String stranger();

    /** What the account has of the offer's asset, as far as it has landed. */
    AtomicAmount balance(String account);

    /** Gives the account so much of the offer's asset. */
    void fund(String account, AtomicAmount amount);

    /** What the plugin can do and the fixture lets the kit do. */
    Set<Capability> capabilities();

    /** The rails that the plugin brings. */
    default Collection<Rail> rails() {
        return List.of();
    }

    /** The assets that the plugin brings. */
    default Collection<Asset> assets() {
        return List.of();
    }

    /** What the kit may do to the rail; nothing unless overridden. */
    default RailControl rail() {
        return new RailControl() {};
    }

    /** Leaves of {@code payload} that nobody signs; JSON pointers with the reason, which the report shows. */
    default Map<String, String> unsigned() {
        return Map.of();
    }

    /** An honest payment in other spellings that mean the same, by what is other. */
    default Map<String, Payment> spellings(Payment honest) {
        return Map.of();
    }

    /** Payments made of an honest one that the scheme must refuse, by what is wrong. */
    default Map<String, Payment> forgeries(Payment honest) {
        return Map.of();
    }

    /** How long before {@code liveUntil} the facilitator already refuses. */
    default Duration expiryMargin() {
        return Duration.ZERO;
    }

    /** Another asset of the network, if there is one. */
    default Optional<String> otherAsset() {
        return Optional.empty();
    }

    /** Texts that must never be shown, such as the payer's private key in hexadecimal digits. */
    default List<String> secrets() {
        return List.of();
    }

    /** The jar or folder that the plugin is shipped in: that of the scheme's class, unless overridden. */
    default Artifact artifact() {
        return Artifact.of(scheme().getClass());
    }

    /** The facilitator that the rules for verifying and settling judge: the given one, unless overridden. */
    default Facilitator facilitator(Facilitator local) {
        return local;
    }

    /** Releases the rail. */
    @Override
    default void close() {}
}
