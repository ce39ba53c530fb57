package dev.x402.bazaar;

import dev.x402.spec.Json;
import dev.x402.spec.PaymentRequirements;
import dev.x402.spi.PaymentExtension;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The seller's side: says of each request which method it is, and which values its path has. */
final class Declaring implements PaymentExtension.ServerSide {
    @Override
    public Optional<Json> declare(PaymentExtension.Visit visit, List<PaymentRequirements> offers) {
        return visit.declared().map(declared -> narrowed(visit, declared));
    }

    private static Json narrowed(PaymentExtension.Visit visit, Json declared) {
        if (!(declared instanceof Json.Obj all)
                || !(all.members().get("info") instanceof Json.Obj info)
                || !(info.members().get("input") instanceof Json.Obj input)
                || !(all.members().get("schema") instanceof Json.Obj schema)
                || !input.text("type").equals(Optional.of("http"))) {
            return declared;
        }
        Json.Obj said = input;
        Json.Obj asked = schema;
        if (methods(input).contains(visit.method())) {
            said = said.with("method", visit.method());
            asked = property(
                    asked,
                    "method",
                    Json.object()
                            .put("type", "string")
                            .put("enum", Json.array(Json.of(visit.method())))
                            .build());
        }
        Optional<String> template = RouteTemplate.of(visit.template());
        if (template.isPresent()) {
            Json.Builder values = Json.object();
            Json.Builder strings = Json.object();
            new TreeMap<>(visit.parameters()).forEach((name, value) -> {
                values.put(name, value);
                strings.put(name, Json.object().put("type", "string").build());
            });
            said = said.with("pathParams", values.build());
            asked = property(
                    asked,
                    "pathParams",
                    Json.object()
                            .put("type", "object")
                            .put("properties", strings.build())
                            .build());
            all = all.with("routeTemplate", template.get());
        }
        return all.with("info", info.with("input", said)).with("schema", asked);
    }

    private static java.util.Set<String> methods(Json.Obj input) {
        return input.find("bodyType").isPresent() ? Declared.BODY_METHODS : Declared.QUERY_METHODS;
    }

    /** The schema with another property of its input, where it describes these. */
    private static Json.Obj property(Json.Obj schema, String name, Json.Obj property) {
        return changed(schema, List.of("properties", "input", "properties"), name, property);
    }

    private static Json.Obj changed(Json.Obj at, List<String> path, String name, Json value) {
        if (path.isEmpty()) {
            return at.with(name, value);
        }
        Map<String, Json> members = at.members();
        return members.get(path.get(0)) instanceof Json.Obj inner
                ? at.with(path.get(0), changed(inner, path.subList(1, path.size()), name, value))
                : at;
    }
}
