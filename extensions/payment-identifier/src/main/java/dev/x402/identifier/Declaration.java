package dev.x402.identifier;

import dev.x402.spec.Json;

/** What the challenge says under the key. */
final class Declaration {
    private static final String REQUIRED = "required";

    private static final Json.Obj SCHEMA = Json.object()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("type", "object")
            .put(
                    "properties",
                    Json.object()
                            .put(REQUIRED, Json.object().put("type", "boolean").build())
                            .put(
                                    "id",
                                    Json.object()
                                            .put("type", "string")
                                            .put("minLength", Identifier.SHORTEST)
                                            .put("maxLength", Identifier.LONGEST)
                                            .put("pattern", "^[a-zA-Z0-9_-]+$")
                                            .build())
                            .build())
            .put(REQUIRED, Json.array(Json.of(REQUIRED)))
            .build();

    private Declaration() {}

    static Json.Obj of(boolean required) {
        return Json.object()
                .put("info", Json.object().put(REQUIRED, required).build())
                .put("schema", SCHEMA)
                .build();
    }

    /**
     * Whether a declaration of ours asks for a name.
     *
     * @throws IllegalArgumentException when it does not say
     */
    static boolean asks(Json declared) {
        if (declared instanceof Json.Obj members
                && members.find("info").orElse(Json.Null.NULL) instanceof Json.Obj info
                && info.find(REQUIRED).orElse(Json.Null.NULL) instanceof Json.Bool required) {
            return required.value();
        }
        throw new IllegalArgumentException(
                "extensions." + PaymentIdentifier.KEY
                        + ".info.required: expected true or false, saw neither; declare PaymentIdentifier.required() or optional()");
    }
}
