package dev.x402.bazaar;

import static java.util.Objects.requireNonNull;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.MalformedMessageException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Says once what a handler takes and gives.
 *
 * <p>Others find it by that (x402 v2, extension bazaar). The method and the values of the path are added to each challenge by {@link BazaarExtension}.
 */
public final class Declaration {
    /** A payment repeats it, in a header that has to hold the proof too. */
    private static final int LARGEST = 3 * 1024;

    private Declaration() {}

    /** A handler of GET, HEAD or DELETE; its input is the parameters of the query. */
    public static Builder query() {
        return new Builder("http", "queryParams").said("method", "GET", methods(Declared.QUERY_METHODS));
    }

    /**
     * A handler of POST, PUT or PATCH; its input is the body.
     *
     * @param bodyType {@code json}, {@code form-data} or {@code text}
     */
    public static Builder body(String bodyType) {
        return new Builder("http", "body")
                .said("method", "POST", methods(Declared.BODY_METHODS))
                .said("bodyType", bodyType, constant(bodyType));
    }

    /** A tool of an MCP server; its input is the arguments. */
    public static Builder tool(String name) {
        return new Builder("mcp", "inputSchema").said("tool", name, constant(name));
    }

    /**
     * A declaration that was written by hand, as the extensions of a route.
     *
     * @param declaration with {@code info} and {@code schema}
     * @throws IllegalArgumentException naming the place when it is over the bounds or does not fit its own schema
     */
    public static Json.Obj checked(Json.Obj declaration) {
        requireNonNull(declaration, "declaration");
        try {
            Declared.read(declaration);
        } catch (MalformedMessageException e) {
            throw new IllegalArgumentException("bazaar: " + e.getMessage(), e);
        }
        int bytes = Codec.JSON.write(declaration).length;
        if (bytes > LARGEST) {
            throw new IllegalArgumentException("bazaar: expected at most " + LARGEST
                    + " bytes, for a payment repeats them in a header of 8 KiB, saw " + bytes
                    + "; shorten the examples or the schema");
        }
        return Json.Obj.EMPTY.with(BazaarExtension.KEY, declaration);
    }

    private static Json.Obj methods(Set<String> methods) {
        return Json.object()
                .put("type", "string")
                .put("enum", Json.texts(List.copyOf(new TreeSet<>(methods))))
                .build();
    }

    private static Json.Obj constant(String value) {
        return Json.object().put("type", "string").put("const", value).build();
    }

    private static Json.Obj ofType(String type) {
        return Json.object().put("type", type).build();
    }

    /** Collects a declaration; not safe for threads. */
    public static final class Builder {
        private final String inputName;
        private final boolean tool;
        private final Json.Builder info = Json.object();
        private final Json.Builder properties = Json.object();
        private final List<String> required = new ArrayList<>();
        private final Json.Builder definitions = Json.object();
        private Json.@Nullable Obj output;
        private Json.@Nullable Obj outputSchema;

        private Builder(String type, String inputName) {
            this.inputName = inputName;
            this.tool = type.equals("mcp");
            said("type", type, constant(type));
        }

        private Builder said(String name, Json value, Json.Obj schema) {
            info.put(name, value);
            properties.put(name, schema);
            required.add(name);
            return this;
        }

        private Builder said(String name, String value, Json.Obj schema) {
            return said(name, Json.of(value), schema);
        }

        /** What the handler takes: its schema, and an example that fits. */
        public Builder input(Json.Obj schema, Json example) {
            requireNonNull(schema, "schema");
            requireNonNull(example, "example");
            if (!tool) {
                return said(inputName, example, hoisted(schema));
            }
            said(inputName, schema, ofType("object"));
            info.put("example", example);
            properties.put("example", hoisted(schema));
            return this;
        }

        /** The same, of a Java type such as a record. */
        public Builder input(Type type, Json example) {
            return input(JsonSchemas.of(type), example);
        }

        /** What the handler answers: its schema, and an example that fits; {@code application/json} unless it is text. */
        public Builder output(Json.Obj schema, Json example) {
            requireNonNull(schema, "schema");
            requireNonNull(example, "example");
            output = Json.object()
                    .put("type", example instanceof Json.Str ? "text" : "json")
                    .put("example", example)
                    .build();
            outputSchema = Json.object()
                    .put("type", "object")
                    .put(
                            "properties",
                            Json.object()
                                    .put("type", ofType("string"))
                                    .put("example", hoisted(schema))
                                    .build())
                    .put("required", Json.texts(List.of("type")))
                    .build();
            return this;
        }

        /** The same, of a Java type such as a record. */
        public Builder output(Type type, Json example) {
            return output(JsonSchemas.of(type), example);
        }

        /** What a tool does, for people and for agents. */
        public Builder description(String text) {
            info.put("description", requireNonNull(text, "text"));
            properties.put("description", ofType("string"));
            return this;
        }

        /** How a tool is reached: {@code streamable-http}, which is meant unless set, or {@code sse}. */
        public Builder transport(String name) {
            info.put("transport", requireNonNull(name, "name"));
            properties.put("transport", constant(name));
            return this;
        }

        /** Definitions stand at the root, where references lead. */
        private Json.Obj hoisted(Json.Obj schema) {
            if (schema.members().get("$defs") instanceof Json.Obj found) {
                Json.Obj before = definitions.build();
                found.members().forEach((name, definition) -> {
                    if (before.find(name)
                            .filter(other -> !other.equals(definition))
                            .isPresent()) {
                        throw new IllegalArgumentException(
                                "$defs/" + name + ": expected one definition of this name, saw two");
                    }
                    definitions.put(name, definition);
                });
            }
            return schema.without("$defs").without("$schema");
        }

        /**
         * The extensions of a route, with this declaration under the key {@code bazaar}.
         *
         * @throws IllegalArgumentException naming the place when it is over the bounds or does not fit its own schema
         */
        public Json.Obj build() {
            Json.Obj input = Json.object()
                    .put("type", "object")
                    .put("properties", properties.build())
                    .put("required", Json.texts(required))
                    .put("additionalProperties", false)
                    .build();
            Json.Obj found = definitions.build();
            Json.Obj schema = Json.object()
                    .put("$schema", BoundedSchema.DIALECT)
                    .put("type", "object")
                    .put(
                            "properties",
                            Json.object()
                                    .put("input", input)
                                    .put("output", outputSchema)
                                    .build())
                    .put("required", Json.texts(List.of("input")))
                    .put("$defs", found.isEmpty() ? null : found)
                    .build();
            return checked(Json.object()
                    .put(
                            "info",
                            Json.object()
                                    .put("input", info.build())
                                    .put("output", output)
                                    .build())
                    .put("schema", schema)
                    .build());
        }
    }
}
