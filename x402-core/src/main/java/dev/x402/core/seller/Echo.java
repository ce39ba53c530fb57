package dev.x402.core.seller;

import dev.x402.core.Flow;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.plugins.Plugins;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Compares what a payer repeats with what the server said: nothing of it may change, members may be added. */
final class Echo {
    private final Plugins plugins;
    private final Sides sides;

    Echo(Plugins plugins, Sides sides) {
        this.plugins = plugins;
        this.sides = sides;
    }

    /** Whether these terms are the offer's. */
    boolean accepts(Offer offer, PaymentRequirements accepted) {
        PaymentRequirements ours = offer.requirements();
        return ours.kind().equals(accepted.kind())
                && ours.amount().equals(accepted.amount())
                && ours.maxTimeoutSeconds() == accepted.maxTimeoutSeconds()
                && Flow.of(ours).equals(Flow.of(accepted))
                && plugins.canonicalAsset(ours.network(), accepted.asset()).equals(Optional.of(ours.asset()))
                && plugins.canonicalAccount(ours.network(), accepted.payTo()).equals(Optional.of(ours.payTo()))
                && repeats(without(ours.extraOrEmpty(), offer.dynamicExtra()), accepted.extraOrEmpty());
    }

    /** The key of an extension that came back changed; what did not come back is no change. */
    Optional<String> changed(Json.Obj declared, Json.Obj echoed) {
        for (Map.Entry<String, Json> extension : declared.members().entrySet()) {
            Json seen = echoed.members().get(extension.getKey());
            if (seen != null && !repeats(said(extension.getKey(), extension.getValue()), info(seen))) {
                return Optional.of(extension.getKey());
            }
        }
        return Optional.empty();
    }

    private Json said(String key, Json declaration) {
        return info(declaration) instanceof Json.Obj members
                ? without(members, sides.dynamicInfo(key))
                : info(declaration);
    }

    private static Json info(Json extension) {
        return extension instanceof Json.Obj members ? members.find("info").orElse(members) : extension;
    }

    private static Json.Obj without(Json.Obj members, Set<String> names) {
        Json.Obj rest = members;
        for (String name : names) {
            rest = rest.without(name);
        }
        return rest;
    }

    /** Whether everything that was said stands in what came: absent, null and the empty object are alike. */
    private static boolean repeats(Json said, Json came) {
        if (!(said instanceof Json.Obj members)) {
            return said.equals(came) || (isNothing(said) && isNothing(came));
        }
        if (!(came instanceof Json.Obj others)) {
            return isNothing(said) && isNothing(came);
        }
        return members.members().entrySet().stream()
                .allMatch(member ->
                        repeats(member.getValue(), others.find(member.getKey()).orElse(Json.Null.NULL)));
    }

    static boolean isNothing(Json value) {
        return value == Json.Null.NULL
                || (value instanceof Json.Obj members
                        && members.members().values().stream().allMatch(Echo::isNothing));
    }
}
