package dev.x402.bazaar;

import dev.x402.spec.Codec;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import dev.x402.spec.MalformedMessageException;
import java.util.List;
import java.util.Set;

/**
 * A declaration that was read and fits its own schema.
 *
 * @param type {@code http} or {@code mcp}
 * @param operation the method, or the name of the tool
 * @param template of the path; empty when there is none that is valid
 * @param json the declaration: {@code info}, {@code schema}, and {@code routeTemplate} if it is valid
 */
record Declared(String type, String operation, String template, Json.Obj json) {
    static final Set<String> QUERY_METHODS = Set.of("GET", "HEAD", "DELETE");
    static final Set<String> BODY_METHODS = Set.of("POST", "PUT", "PATCH");

    private static final int LARGEST = 8 * 1024;
    private static final int DEEPEST = 12;
    private static final Set<String> BODY_TYPES = Set.of("json", "form-data", "text");
    private static final Set<String> TRANSPORTS = Set.of("streamable-http", "sse");

    /**
     * Reads what a stranger declares.
     *
     * @throws MalformedMessageException naming the place when it is over the bounds or does not fit its own schema
     */
    static Declared read(Json declaration) {
        checkDepth(declaration, 1);
        int bytes = Codec.JSON.write(declaration).length;
        if (bytes > LARGEST) {
            throw new MalformedMessageException("", "at most " + LARGEST + " bytes", bytes + " bytes");
        }
        JsonCursor at = declaration.cursor();
        JsonCursor info = at.member("info");
        JsonCursor input = info.member("input");
        String type = input.member("type").text();
        String operation = switch (type) {
            case "http" -> http(input);
            case "mcp" -> mcp(input);
            default -> throw input.member("type").malformed("http or mcp");
        };
        info.optional("output").ifPresent(JsonCursor::object);
        JsonCursor schema = at.member("schema");
        schema.member("properties").member("input").object();
        BoundedSchema.read(schema).problem(info.value()).ifPresent(problem -> {
            int colon = problem.indexOf(": ");
            throw new MalformedMessageException(
                    "/info" + problem.substring(0, colon),
                    "what /schema says",
                    "'" + PlainText.line(problem.substring(colon + 2), 120) + "'");
        });
        String template =
                at.object().text("routeTemplate").filter(RouteTemplate::isValid).orElse("");
        Json.Builder kept = Json.object().put("info", info.value()).put("schema", schema.value());
        return new Declared(
                type,
                operation,
                template,
                kept.put("routeTemplate", template.isEmpty() ? null : template).build());
    }

    /** Objects and arrays within each other; a page of a catalogue wraps four more round it. */
    private static void checkDepth(Json value, int depth) {
        List<Json> inner = value instanceof Json.Obj obj
                ? List.copyOf(obj.members().values())
                : value instanceof Json.Arr arr ? arr.elements() : null;
        if (inner == null) {
            return;
        }
        if (depth > DEEPEST) {
            throw new MalformedMessageException("", "at most " + DEEPEST + " levels", "more");
        }
        inner.forEach(member -> checkDepth(member, depth + 1));
    }

    private static String http(JsonCursor input) {
        JsonCursor at = input.member("method");
        String method = at.text();
        boolean body = input.optional("bodyType").isPresent();
        if (!(body ? BODY_METHODS : QUERY_METHODS).contains(method)) {
            throw at.malformed(
                    body ? "POST, PUT or PATCH beside a bodyType" : "GET, HEAD or DELETE without a bodyType");
        }
        if (body) {
            one(input.member("bodyType"), BODY_TYPES, "json, form-data or text");
            input.member("body");
        }
        for (String name : List.of("queryParams", "headers", "pathParams")) {
            input.optional(name).ifPresent(JsonCursor::object);
        }
        return method;
    }

    private static String mcp(JsonCursor input) {
        JsonCursor tool =
                input.optional("tool").or(() -> input.optional("toolName")).orElseGet(() -> input.member("tool"));
        if (tool.id().length() > 128) {
            throw tool.malformed("a name of at most 128 characters");
        }
        input.member("inputSchema").object();
        input.optional("transport").ifPresent(at -> one(at, TRANSPORTS, "streamable-http or sse"));
        return tool.id();
    }

    private static void one(JsonCursor at, Set<String> words, String expected) {
        if (!words.contains(at.text())) {
            throw at.malformed(expected);
        }
    }
}
