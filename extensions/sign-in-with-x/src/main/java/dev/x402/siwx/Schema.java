package dev.x402.siwx;

import dev.x402.spec.Json;
import java.util.List;

/** The JSON Schema of a proof, as the specification of the extension has it. */
final class Schema {
    private static final Json.Obj TEXT = Json.object().put("type", "string").build();
    private static final Json.Obj TIME = TEXT.with("format", "date-time");
    private static final Json.Obj ADDRESS = TEXT.with("format", "uri");

    static final Json.Obj OF_PROOF = Json.object()
            .put("$schema", "https://json-schema.org/draft/2020-12/schema")
            .put("type", "object")
            .put(
                    "properties",
                    Json.object()
                            .put("domain", TEXT)
                            .put("address", TEXT)
                            .put("statement", TEXT)
                            .put("uri", ADDRESS)
                            .put("version", TEXT)
                            .put("chainId", TEXT)
                            .put("type", TEXT)
                            .put("nonce", TEXT)
                            .put("issuedAt", TIME)
                            .put("expirationTime", TIME)
                            .put("notBefore", TIME)
                            .put("requestId", TEXT)
                            .put(
                                    "resources",
                                    Json.object()
                                            .put("type", "array")
                                            .put("items", ADDRESS)
                                            .build())
                            .put("signature", TEXT)
                            .build())
            .put(
                    "required",
                    Json.texts(List.of(
                            "domain",
                            "address",
                            "uri",
                            "version",
                            "chainId",
                            "type",
                            "nonce",
                            "issuedAt",
                            "expirationTime",
                            "signature")))
            .build();

    private Schema() {}
}
