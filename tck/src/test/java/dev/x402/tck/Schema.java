package dev.x402.tck;

import dev.x402.spec.Json;
import java.util.ArrayList;
import java.util.List;

/** Checks a JSON value by the few words of JSON Schema that the report's schema uses. */
final class Schema {
    private Schema() {}

    static List<String> problems(Json.Obj schema, Json value) {
        List<String> problems = new ArrayList<>();
        check("", schema, value, problems);
        return problems;
    }

    private static void check(String at, Json.Obj schema, Json value, List<String> problems) {
        schema.find("enum").ifPresent(allowed -> {
            if (!((Json.Arr) allowed).elements().contains(value)) {
                problems.add(at + " is not among those allowed");
            }
        });
        schema.text("type")
                .filter(type -> !type.equals(type(value)))
                .ifPresent(type -> problems.add(at + " is no " + type));
        schema.text("pattern")
                .filter(pattern ->
                        !(value instanceof Json.Str str && str.value().matches(pattern)))
                .ifPresent(pattern -> problems.add(at + " does not match " + pattern));
        if (value instanceof Json.Arr arr && schema.find("items").orElse(null) instanceof Json.Obj items) {
            for (int i = 0; i < arr.elements().size(); i++) {
                check(at + "/" + i, items, arr.elements().get(i), problems);
            }
        }
        if (value instanceof Json.Obj obj) {
            members(at, schema, obj, problems);
        }
    }

    private static void members(String at, Json.Obj schema, Json.Obj value, List<String> problems) {
        if (schema.find("required").orElse(null) instanceof Json.Arr required) {
            required.elements().stream()
                    .map(name -> ((Json.Str) name).value())
                    .filter(name -> value.find(name).isEmpty())
                    .forEach(name -> problems.add(at + "/" + name + " is missing"));
        }
        Json.Obj known = schema.find("properties").map(Json.Obj.class::cast).orElse(Json.Obj.EMPTY);
        Json others = schema.find("additionalProperties").orElse(Json.of(true));
        value.members().forEach((name, member) -> {
            if (known.find(name).orElse(null) instanceof Json.Obj own) {
                check(at + "/" + name, own, member, problems);
            } else if (others instanceof Json.Obj all) {
                check(at + "/" + name, all, member, problems);
            } else if (others.equals(Json.of(false))) {
                problems.add(at + "/" + name + " is not known");
            }
        });
    }

    private static String type(Json value) {
        if (value instanceof Json.Num num) {
            return num.value().stripTrailingZeros().scale() <= 0 ? "integer" : "number";
        }
        return value instanceof Json.Obj
                ? "object"
                : value instanceof Json.Arr ? "array" : value instanceof Json.Str ? "string" : "boolean";
    }
}
