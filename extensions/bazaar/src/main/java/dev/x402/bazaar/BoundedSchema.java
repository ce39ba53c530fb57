package dev.x402.bazaar;

import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.x402.spec.Json;
import dev.x402.spec.JsonCursor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A stranger's JSON Schema (2020-12), bounded before anything is made of it.
 *
 * <p>References lead to its own definitions and never round in a circle, patterns are matched in linear time, and the
 * looks that validating takes are counted: nothing is fetched, and nothing takes long.
 */
final class BoundedSchema {
    static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";

    private static final long MOST_WORK = 200_000;
    private static final long LARGEST = 4_096;
    private static final Set<String> SCHEMAS = Set.of("properties", "dependentSchemas");
    private static final Set<String> DEFINITIONS = Set.of("$defs", "definitions");
    private static final Set<String> LISTS = Set.of("allOf", "anyOf", "oneOf", "prefixItems");
    private static final Set<String> NESTED =
            Set.of("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames");
    private static final Set<String> TYPES =
            Set.of("null", "boolean", "object", "array", "number", "string", "integer");
    private static final Set<String> NUMBERS =
            Set.of("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf");
    private static final Set<String> COUNTS = Set.of(
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "minContains",
            "maxContains",
            "minProperties",
            "maxProperties");
    private static final Set<String> REFUSED = Set.of(
            "$id",
            "$anchor",
            "$dynamicAnchor",
            "$dynamicRef",
            "$recursiveAnchor",
            "$recursiveRef",
            "$vocabulary",
            "patternProperties",
            "unevaluatedItems",
            "unevaluatedProperties");

    private final Map<String, BoundedPattern> patterns = new HashMap<>();
    private final Map<String, Part> definitions = new LinkedHashMap<>();
    private final Json schema;

    /** How large a schema is by itself, and what it refers to. */
    private static final class Part {
        private final Map<String, JsonCursor> references = new LinkedHashMap<>();
        private final Map<String, Integer> uses = new HashMap<>();
        private long own;
        private long all = UNKNOWN;

        private static final long UNKNOWN = -1;
        private static final long OPEN = -2;
    }

    private BoundedSchema(JsonCursor at) {
        Part root = new Part();
        schema = read(at, root, true);
        weigh(at, root);
    }

    /**
     * Reads a schema, keeping what validates and leaving out what merely describes.
     *
     * @throws dev.x402.spec.MalformedMessageException when it is over the bounds
     */
    static BoundedSchema read(JsonCursor at) {
        at.object();
        return new BoundedSchema(at);
    }

    private Json read(JsonCursor at, Part part, boolean root) {
        if (at.value() instanceof Json.Bool) {
            part.own++;
            return at.value();
        }
        Json.Builder kept = Json.object();
        for (Map.Entry<String, Json> keyword : at.object().members().entrySet()) {
            String name = keyword.getKey();
            part.own++;
            if (REFUSED.contains(name)) {
                throw at.member(name).malformed("no " + name);
            }
            if (name.equals("$schema")) {
                checkDialect(at.member(name), root);
            } else if (DEFINITIONS.contains(name)) {
                if (root) {
                    kept.put(name, definitions(at.member(name), name));
                }
            } else if (name.equals("$ref")) {
                kept.put(name, reference(at.member(name), part));
            } else if (name.equals("pattern")) {
                patterns.put(at.member(name).text(), BoundedPattern.read(at.member(name)));
                kept.put(name, keyword.getValue());
            } else if (name.equals("enum") || name.equals("const")) {
                kept.put(name, plain(JsonCursor.at(at.pointer() + '/' + name, keyword.getValue()), part));
            } else if (compares(name, JsonCursor.at(at.pointer() + '/' + name, keyword.getValue()))) {
                kept.put(name, keyword.getValue());
            } else {
                applied(name, at, part).ifPresent(inner -> kept.put(name, inner));
            }
        }
        return kept.build();
    }

    /** Whether it is a keyword with a plain value, which is then of its form. */
    private static boolean compares(String name, JsonCursor at) {
        if (name.equals("type")) {
            List<String> types = at.value() instanceof Json.Arr ? at.texts() : List.of(at.text());
            if (!TYPES.containsAll(types)) {
                throw at.malformed("a type such as string");
            }
        } else if (name.equals("required")) {
            at.texts();
        } else if (name.equals("dependentRequired")) {
            at.object().members().keySet().forEach(key -> at.member(key).texts());
        } else if (name.equals("uniqueItems")) {
            at.bool();
        } else if (COUNTS.contains(name)) {
            at.integer(0);
        } else if (NUMBERS.contains(name)) {
            if (!(at.value() instanceof Json.Num number)
                    || (name.equals("multipleOf") && number.value().signum() <= 0)) {
                throw at.malformed("a number");
            }
        } else {
            return false;
        }
        return true;
    }

    private Optional<Json> applied(String name, JsonCursor at, Part part) {
        if (NESTED.contains(name)) {
            return Optional.of(read(at.member(name), part, false));
        }
        if (LISTS.contains(name)) {
            List<Json> inner = at.member(name).elements().stream()
                    .map(element -> read(element, part, false))
                    .toList();
            return Optional.of(new Json.Arr(inner));
        }
        if (SCHEMAS.contains(name)) {
            JsonCursor map = at.member(name);
            Json.Builder inner = Json.object();
            map.object().members().keySet().forEach(key -> inner.put(key, read(map.member(key), part, false)));
            return Optional.of(inner.build());
        }
        return Optional.empty();
    }

    private static void checkDialect(JsonCursor at, boolean root) {
        String dialect = at.text();
        if (!root || !(dialect.equals(DIALECT) || dialect.equals(DIALECT + '#'))) {
            throw at.malformed(root ? DIALECT : "$schema at the root alone");
        }
    }

    private Json definitions(JsonCursor at, String name) {
        Json.Builder kept = Json.object();
        at.object().members().keySet().forEach(key -> {
            Part part = new Part();
            kept.put(key, read(at.member(key), part, false));
            definitions.put("#/" + name + '/' + key, part);
        });
        return kept.build();
    }

    private static Json reference(JsonCursor at, Part part) {
        String target = at.text();
        if (!target.matches("#/(\\$defs|definitions)/[A-Za-z0-9._-]{1,128}")) {
            throw at.malformed("a reference to #/$defs/ and a plain name");
        }
        part.references.put(target, at);
        part.uses.merge(target, 1, Integer::sum);
        return at.value();
    }

    /** Values that are compared: no objects, for the validator would read them as schemas. */
    private static Json plain(JsonCursor at, Part part) {
        if (at.value() instanceof Json.Obj) {
            throw at.malformed("no object");
        }
        if (at.value() instanceof Json.Arr) {
            at.elements().forEach(element -> plain(element, part));
        }
        part.own++;
        return at.value();
    }

    /** What a part comes to when every reference is written out. */
    private long weigh(JsonCursor at, Part part) {
        if (part.all == Part.OPEN) {
            throw at.malformed("no recursion");
        }
        if (part.all == Part.UNKNOWN) {
            part.all = Part.OPEN;
            long sum = part.own;
            for (Map.Entry<String, JsonCursor> reference : part.references.entrySet()) {
                Part target = definitions.get(reference.getKey());
                if (target == null) {
                    throw reference.getValue().malformed("a reference to a definition that is there");
                }
                sum += part.uses.getOrDefault(reference.getKey(), 1) * weigh(reference.getValue(), target);
            }
            if (sum > LARGEST) {
                throw at.malformed("at most " + LARGEST + " keywords with every reference written out");
            }
            part.all = sum;
        }
        return part.all;
    }

    /** What is wrong with a value: where and what; empty when it fits. */
    Optional<String> problem(Json value) {
        Work work = new Work(MOST_WORK);
        try {
            return new ValidatorFactory()
                            .withJsonNodeFactory(new TreeNode.Factory(work))
                            .withDisabledSchemaValidation(true) // its keywords were read one by one
                            .withEvaluatorFactory(new Patterns(patterns, work))
                            .validate(new TreeNode(schema, "", work), new TreeNode(value, "", work))
                            .getErrors()
                            .stream()
                            .findFirst()
                            .map(error -> error.getInstanceLocation() + ": " + error.getError());
        } catch (Work.TooMuch e) {
            return Optional.of(": expected less to validate");
        }
    }

    /** The keyword {@code pattern}, in linear time. */
    private record Patterns(Map<String, BoundedPattern> read, Work work) implements EvaluatorFactory {
        @Override
        public Optional<Evaluator> create(
                dev.harrel.jsonschema.SchemaParsingContext context, String keyword, JsonNode node) {
            BoundedPattern pattern = keyword.equals("pattern") && node.isString() ? read.get(node.asString()) : null;
            return pattern == null
                    ? Optional.empty()
                    : Optional.of(
                            (evaluation, instance) -> !instance.isString() || pattern.finds(instance.asString(), work)
                                    ? Evaluator.Result.success()
                                    : Evaluator.Result.failure("does not match the pattern"));
        }
    }
}
