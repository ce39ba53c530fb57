package dev.x402.bazaar;

import dev.x402.spec.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Declarations of somebody who means no good, from a seed. */
final class HostileDeclarations {
    private static final List<String> KEYWORDS = List.of(
            "type",
            "properties",
            "required",
            "allOf",
            "anyOf",
            "oneOf",
            "not",
            "if",
            "then",
            "else",
            "items",
            "prefixItems",
            "contains",
            "enum",
            "const",
            "pattern",
            "patternProperties",
            "$ref",
            "$dynamicRef",
            "$id",
            "$defs",
            "$anchor",
            "$schema",
            "additionalProperties",
            "propertyNames",
            "unevaluatedProperties",
            "dependentSchemas",
            "dependentRequired",
            "minLength",
            "maxLength",
            "multipleOf",
            "uniqueItems",
            "minContains",
            "format",
            "default",
            "__proto__",
            "\u202e",
            "");
    private static final List<String> TEXTS = List.of(
            "#",
            "#/$defs/a",
            "#/$defs/b",
            "#/properties/input",
            "https://169.254.169.254/schema",
            "file:///etc/passwd",
            "(a+)+$",
            "((a{99}){99}){99}",
            "(?=x)",
            "[",
            "^(([a-z])+.)+[A-Z]([a-z])+$",
            "string",
            "object",
            "array",
            "number",
            "GET",
            "POST",
            "http",
            "mcp",
            "json",
            "../..",
            "/users/%252e%252e/:id",
            "/users/:id",
            "https://json-schema.org/draft/2020-12/schema",
            "<script>alert(1)</script>",
            "\u0000\u202e\ud83d\ude00",
            "a".repeat(1_500),
            "");

    private final Random random;

    HostileDeclarations(long seed) {
        this.random = new Random(seed);
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** The next one: near to a valid one, so that it gets far. */
    Json next() {
        Json.Obj valid = Market.declared(one(List.of("GET", "POST", "HEAD", "DELETE")));
        if (random.nextInt(10) == 0) {
            valid = Market.declaredTool(one(TEXTS));
        }
        return switch (random.nextInt(6)) {
            case 0 -> value(5);
            case 1 -> valid.with("schema", schema(5));
            case 2 -> valid.with("schema", bomb());
            case 3 -> valid.with("info", value(5)).with("routeTemplate", value(1));
            case 4 -> valid.with("schema", inProperties(schema(4))).with("routeTemplate", one(TEXTS));
            default -> valid.with("routeTemplate", one(TEXTS));
        };
    }

    private static Json.Obj inProperties(Json input) {
        return Json.object()
                .put("properties", Json.object().put("input", input).build())
                .build();
    }

    /** References, repetitions and alternatives that multiply. */
    private Json bomb() {
        int width = 2 + random.nextInt(8);
        int depth = 2 + random.nextInt(20);
        Json.Builder definitions = Json.object();
        String combine = one(List.of("allOf", "anyOf", "oneOf"));
        for (int i = 0; i < depth; i++) {
            int below = random.nextInt(12) == 0 ? i : i - 1;
            Json part = i == 0
                    ? schema(1)
                    : Json.object().put("$ref", "#/$defs/d" + below).build();
            definitions.put(
                    "d" + i,
                    Json.object()
                            .put(combine, new Json.Arr(java.util.Collections.nCopies(width, part)))
                            .build());
        }
        Json.Obj last = Json.object().put("$ref", "#/$defs/d" + (depth - 1)).build();
        return inProperties(last).with("$defs", definitions.build());
    }

    private Json schema(int depth) {
        Json.Builder made = Json.object();
        int size = random.nextInt(5);
        for (int i = 0; i < size; i++) {
            made.put(
                    one(KEYWORDS), depth == 0 ? value(1) : random.nextBoolean() ? schema(depth - 1) : value(depth - 1));
        }
        return made.build();
    }

    private Json value(int depth) {
        List<Supplier<Json>> leaves = List.of(
                () -> Json.Null.NULL,
                () -> Json.of(random.nextBoolean()),
                () -> Json.of(random.nextInt() >>> random.nextInt(31)),
                () -> new Json.Num(new BigDecimal("1e" + (random.nextInt(160) - 80))),
                () -> Json.of(one(TEXTS)));
        if (depth == 0 || random.nextInt(3) == 0) {
            return one(leaves).get();
        }
        if (random.nextBoolean()) {
            List<Json> elements = new ArrayList<>();
            for (int i = random.nextInt(6); i > 0; i--) {
                elements.add(value(depth - 1));
            }
            return new Json.Arr(elements);
        }
        return random.nextBoolean()
                ? schema(depth - 1)
                : Json.object().put(one(TEXTS), value(depth - 1)).build();
    }
}
