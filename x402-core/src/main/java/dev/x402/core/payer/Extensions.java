package dev.x402.core.payer;

import dev.x402.core.Fault;
import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequired;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PaymentExtension.ClientSide;
import dev.x402.spi.SchemePayload;
import dev.x402.spi.plugins.Plugins;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges what the payer adds into what the server declared: the server's members win. */
final class Extensions {
    private static final Logger LOG = LoggerFactory.getLogger(Extensions.class);

    private final Plugins plugins;

    Extensions(Plugins plugins) {
        this.plugins = plugins;
    }

    static Json.Obj declared(PaymentRequired required) {
        Json.Obj extensions = required.extensions();
        return extensions == null ? Json.Obj.EMPTY : extensions;
    }

    /** What plugins answer to what the server declared. */
    Json.Obj answers(PaymentRequired required, PaymentRequirements chosen) {
        Json.Obj answers = Json.Obj.EMPTY;
        for (Map.Entry<String, ClientSide> side : plugins.extensionClients().entrySet()) {
            Json declaration = declared(required).members().get(side.getKey());
            if (declaration != null) {
                answers = merged(answers, answer(side.getKey(), side.getValue(), declaration, chosen));
            }
        }
        return answers;
    }

    /** The server's members, then the scheme's, then the answers; null when there is none and none was declared. */
    static Json.@Nullable Obj merged(PaymentRequired required, SchemePayload signed, Json.Obj answers) {
        Json.Obj all = merged(merged(declared(required), signed.extensions()), answers);
        return all.isEmpty() ? required.extensions() : all;
    }

    private static Json.Obj answer(String key, ClientSide side, Json declaration, PaymentRequirements chosen) {
        try {
            return side.answer(declaration, chosen)
                    .map(answer -> Json.Obj.EMPTY.with(key, answer))
                    .orElse(Json.Obj.EMPTY);
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("extension {} failed to answer; its declaration is repeated as it came: {}", key, Fault.of(e));
            return Json.Obj.EMPTY;
        }
    }

    private static Json.Obj merged(Json.Obj servers, Json.Obj payers) {
        Map<String, Json> members = new LinkedHashMap<>(servers.members());
        payers.members().forEach((name, value) -> members.merge(name, value, Extensions::winner));
        return new Json.Obj(members);
    }

    private static Json winner(Json servers, Json payers) {
        return servers instanceof Json.Obj ours && payers instanceof Json.Obj theirs ? merged(ours, theirs) : servers;
    }
}
